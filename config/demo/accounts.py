"""The demo's accounts: one per role, opened on the demo portfolio, terms accepted. Demo settings only.

Passwords are derived from the demo's own key, so that `demo_accounts` can print them at any time without any of them
being kept in clear.
"""

import base64
import datetime
import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from employers.companies.models import GroupContract
from members.coverage.models import Cover
from members.households.models import Person
from members.populate.cast import PERSONS
from portals.access import isolation
from portals.access.models import Basis, Grant
from portals.accounts import identifiers, temporary_passwords
from portals.accounts.models import Account, Space
from portals.accounts.queries import account_of
from portals.accounts.rules import two_years_after
from portals.terms.actions import accept
from portals.terms.models import Capacity
from portals.terms.queries import current_terms
from providers.agreements.models import Agreement

LOOPBACK = "127.0.0.1"
BASES = {
    Space.MEMBER: Basis.COVER,
    Space.EMPLOYER: Basis.GROUP_CONTRACT,
    Space.PROFESSIONAL: Basis.AGREEMENT,
}


@dataclass(frozen=True)
class Part:
    """A role of the demo and whom it stands for. `never_signed_in`: temporary password, terms not accepted."""

    role: str
    space: Space
    tenant_id: int
    subject_id: int
    email: str
    display_name: str
    note: str
    organisation_name: str = ""
    never_signed_in: bool = False


@dataclass(frozen=True)
class DemoAccount:
    """One line of `demo_accounts --json`."""

    role: str
    identifier: str
    password: str
    totp_secret: str | None
    space: str
    note: str


MEMBER_NOTES = {
    "member": "Famille, cinq années d’historique",
    "member-other": "Un autre foyer",
    "dependant-adult": "Conjoint de l’adhérente du premier foyer",
    "member-new": "Jamais connectée : mot de passe provisoire, CGU à accepter",
    "member-terminated": "Contrat terminé, encore dans les deux ans",
}


def open_demo_accounts() -> None:
    """Open what is missing. Run again, it leaves accounts alone, but renews a temporary password that never served."""
    with isolation.system():
        for part in parts():
            account = account_of(part.space, part.subject_id)
            if account is None:
                _open(part)
            elif part.never_signed_in and account.last_login is None:
                account.temporary_password_until = timezone.now() + temporary_passwords.LIFETIME
                account.save(update_fields=["temporary_password_until"])


def demo_accounts() -> list[DemoAccount]:
    """The accounts that exist, in the order of their roles. `totp_secret` is empty: no second factor is asked yet."""
    with isolation.system():
        found = [(part, account_of(part.space, part.subject_id)) for part in parts()]
    return [
        DemoAccount(part.role, account.identifier, password_of(part.role), None, part.space.value, part.note)
        for part, account in found
        if account is not None
    ]


def password_of(role: str) -> str:
    """The password of a role in this demo: long enough for the rules, the same until the demo's directory goes."""
    digest = hmac.digest(settings.SECRET_KEY.encode(), f"demo-account:{role}".encode(), hashlib.sha256)
    letters = base64.b32encode(digest).decode().lower()
    return "-".join(letters[start : start + 5] for start in range(0, 20, 5))


def parts() -> Iterator[Part]:
    """Whom the demo's accounts stand for, in the portfolio that is loaded."""
    persons = {person.person_ref: person for person in Person.objects.filter(person_ref__in=PERSONS.values())}
    for role, note in MEMBER_NOTES.items():
        if person := persons.get(PERSONS[role]):
            yield Part(
                role=role,
                space=Space.MEMBER,
                tenant_id=person.household_id,
                subject_id=person.pk,
                email=person.email,
                display_name=f"{person.given_names.split()[0]} {person.family_name}",
                note=note,
                never_signed_in=role == "member-new",
            )
    yield from _companies()
    yield from _professionals()


def _companies() -> Iterator[Part]:
    running = GroupContract.objects.filter(end_date=None).select_related("company").order_by("company_id", "id")
    companies = list({contract.company_id: contract.company for contract in running}.values())[:2]
    notes = ("Administratrice de l’espace d’une entreprise", "Une autre entreprise")
    for role, company, note in zip(("employer-admin", "employer-other"), companies, notes, strict=False):
        yield Part(
            role=role,
            space=Space.EMPLOYER,
            tenant_id=company.pk,
            subject_id=company.pk,
            email=company.email,
            display_name="Nadia Robin" if role == "employer-admin" else "Hugo Lemaire",
            organisation_name=company.name,
            note=note,
        )


def _professionals() -> Iterator[Part]:
    running = Agreement.objects.filter(end_date=None).select_related("professional").order_by("id")[:2]
    notes = ("Professionnel conventionné", "Un confrère")
    for role, agreement, note in zip(("provider", "provider-other"), running, notes, strict=False):
        professional = agreement.professional
        name = f"{professional.given_name} {professional.family_name}".strip()
        yield Part(
            role=role,
            space=Space.PROFESSIONAL,
            tenant_id=professional.pk,
            subject_id=professional.pk,
            email=agreement.email,
            display_name=name,
            organisation_name=professional.practice_name or name,
            note=note,
        )


@transaction.atomic
def _open(part: Part) -> None:
    account = Account(
        identifier=identifiers.draw(),
        email=part.email or f"{part.role}@example.org",
        space=part.space,
        display_name=part.display_name,
        organisation_name=part.organisation_name,
        must_choose_password=part.never_signed_in,
    )
    account.set_password(password_of(part.role))
    if part.never_signed_in:
        account.temporary_password_until = timezone.now() + temporary_passwords.LIFETIME
    else:
        account.password_changed_at = timezone.now()
    account.save()
    Grant.objects.create(
        account=account,
        space=part.space,
        basis=BASES[part.space],
        tenant_id=part.tenant_id,
        subject_id=part.subject_id,
        access_until=_last_day(part),
    )
    terms = current_terms()
    if terms is not None and not part.never_signed_in:
        accept(
            by=account, ticked=True, version=terms, capacity=Capacity.ADULT, representative_name="", address=LOOPBACK
        )


def _last_day(part: Part) -> datetime.date | None:
    """Two years after the end of cover, as the member space's own door counts them."""
    if part.space != Space.MEMBER:
        return None
    covers = Cover.objects.filter(person=part.subject_id)
    if covers.running_on(timezone.localdate()).exists():
        return None
    last = covers.aggregate(last=Max("end_date"))["last"]
    return last and two_years_after(last)
