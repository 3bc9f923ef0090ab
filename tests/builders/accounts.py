"""Accounts with their grants, the terms that they accepted, and their way in."""

import hashlib
import time
from typing import Any

from django.test import Client
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY
from stdnum import luhn

from employers.companies.models import Company
from members.households.models import Person
from portals.access import isolation
from portals.access.models import Basis, Grant
from portals.accounts import sessions
from portals.accounts.models import Account, AccountState, Space
from portals.terms.models import Acceptance, Capacity, TermsVersion
from portals.terms.wording import DECLARATION, LABEL
from privacy.staff.charter.models import CharterAcknowledgement, CharterVersion
from providers.agreements.models import Professional
from tests.builders.numbers import COVERED_SINCE, number

PASSWORD = "quatre-mouettes-sur-la-digue"
HOLDERS: dict[type, tuple[Space, Basis]] = {
    Person: (Space.MEMBER, Basis.COVER),
    Company: (Space.EMPLOYER, Basis.GROUP_CONTRACT),
    Professional: (Space.PROFESSIONAL, Basis.AGREEMENT),
}


def terms_version(**fields: Any) -> TermsVersion:
    """A new version of the terms of use, in force since its publication unless told otherwise."""
    latest = TermsVersion.objects.order_by("number").last()
    text = fields.pop("text", f"<h2>Article 1</h2><p>Texte d’essai n° {number()}.</p>")
    published_at = fields.pop("published_at", timezone.now())
    return TermsVersion.objects.create(
        **{
            "number": latest.number + 1 if latest else 1,
            "text": text,
            "summary": "<p>L’essentiel.</p>",
            "changes": "<p>Ce qui change.</p>",
            "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
            "published_at": published_at,
            "effective_at": published_at,
            **fields,
        }
    )


def current_terms() -> TermsVersion:
    """The version in force; made when there is none."""
    in_force = TermsVersion.objects.filter(effective_at__lte=timezone.now()).order_by("number").last()
    return in_force or terms_version()


def account(of: Person | Company | Professional, *, password: str = PASSWORD, **fields: Any) -> Account:
    """A validated account that has accepted the terms in force, with an open grant; its password is `PASSWORD`.

    `closes_on`, `ended_on`, `since` and `role` go to the grant. With a `state` before acceptance nothing is accepted.
    """
    space, basis = HOLDERS[type(of)]
    grant = {key: fields.pop(key) for key in ("closes_on", "ended_on", "since", "revoked_at", "role") if key in fields}
    chosen = {
        "identifier": identifier(),
        "email": of.email if isinstance(of, Person) else f"compte{number()}@example.org",
        "space": space,
        "state": AccountState.VALIDATED,
        "display_name": display_name(of),
        "organisation_name": "" if isinstance(of, Person) else display_name(of),
        "password_changed_at": timezone.now(),
        **fields,
    }
    with isolation.system():
        made = Account(**chosen)
        made.set_password(password)
        made.save()
        if made.state != AccountState.STARTED:
            accept(made)
        tenant_id = of.household_id if isinstance(of, Person) else of.pk
        Grant.objects.create(
            account=made, space=space, basis=basis, tenant_id=tenant_id, subject_id=of.pk,
            **{"since": COVERED_SINCE, "role": "administrator" if space == Space.EMPLOYER else "", **grant},
        )  # fmt: skip
    return made


def staff(*, engaged: bool = True, **fields: Any) -> Account:
    """A validated account of the staff that has accepted the terms; its password is `PASSWORD`. No group, no right.

    `engaged`: it acknowledged the staff charter too.
    """
    made = Account(
        **{
            "identifier": identifier(),
            "email": f"personnel{number()}@example.org",
            "space": Space.STAFF,
            "state": AccountState.VALIDATED,
            "display_name": "Agent d’essai",
            "is_staff": True,
            "password_changed_at": timezone.now(),
            **fields,
        }
    )
    made.set_password(PASSWORD)
    made.save()
    accept(made)
    if engaged:
        engage(made)
    return made


def engage(account: Account) -> None:
    """The account acknowledges the last version of the staff charter, without which no right of staff switches on."""
    version = CharterVersion.objects.order_by("-number").first()
    if version is not None:
        CharterAcknowledgement.objects.create(
            account=account, version=version, text_sha256=version.text_sha256, words="Lu."
        )


def accept(account: Account, version: TermsVersion | None = None) -> Acceptance:
    """The account accepts a version of the terms, the one in force by default."""
    terms = version or current_terms()
    account.accepted_terms = terms
    account.save(update_fields=["accepted_terms"])
    return Acceptance.objects.create(
        account=account,
        version=terms,
        text_sha256=terms.text_sha256,
        label=LABEL,
        declaration=DECLARATION,
        capacity=Capacity.ADULT,
        address="127.0.0.1",
    )


def sign_in(client: Client, account: Account, *, verified: bool = True) -> Client:
    """The client as the sign-in page leaves it: use this, and not `force_login`, which starts no clock.

    `verified`: with a second factor, or with the password alone.
    """
    client.force_login(account)
    session = client.session
    session[sessions.BEGAN] = session[sessions.SEEN] = int(time.time())
    if verified:
        session[DEVICE_ID_SESSION_KEY] = "signed in by a test"
    session.save()
    return client


def identifier() -> str:
    """A ten-digit identifier with its check digit."""
    stem = f"{100_000_000 + number() * 7919 % 900_000_000}"
    return stem + luhn.calc_check_digit(stem)


def display_name(of: Person | Company | Professional) -> str:
    """How the holder of an account reads themselves."""
    if isinstance(of, Person):
        return f"{of.given_names} {of.family_name}"
    if isinstance(of, Company):
        return of.name
    return f"{of.given_name} {of.family_name}"
