"""Who stands in each state of `tests/permissions.toml`, and how they come in."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.utils import timezone

from members.representation import deciding
from members.representation.models import Quality
from portals.access import isolation
from portals.access.entry import ACTING_GRANT
from portals.access.models import Basis, CompanyRole, Grant, Motive, Restriction, RestrictionKind
from portals.accounts.models import Account, AccountState
from tests import builders
from tests.cast import Cast

A_YEAR = datetime.timedelta(days=365)


@dataclass(frozen=True)
class Visitor:
    """Nobody, or an account. `acting_by`: the grant of whom it has chosen to act for."""

    account: Account | None = None
    verified: bool = True
    acting_by: int | None = None

    def enter(self) -> Client:
        client = Client()
        if self.account is None:
            return client
        builders.sign_in(client, self.account, verified=self.verified)
        if self.acting_by is not None:
            session = client.session
            session[ACTING_GRANT] = self.acting_by
            session.save()
        return client


def people_of(cast: Cast) -> dict[str, Visitor]:
    """Everybody, by the name of their state."""
    return {
        "anonymous": Visitor(),
        "password_to_choose": Visitor(_member("Nouvelle", state=AccountState.STARTED, must_choose_password=True)),
        "password_only": Visitor(builders.account(cast.rival), verified=False),
        "terms_to_accept": Visitor(_unread()),
        "member": Visitor(cast.alice_account),
        "representative": _guardian_of_alice(cast),
        "other_member": Visitor(cast.bob_account),
        "read_only": Visitor(_left(two_years_are_over=False)),
        "suspended": Visitor(_suspended()),
        "access_ended": Visitor(_left(two_years_are_over=True)),
        "company": Visitor(cast.company_account),
        "accountant": Visitor(builders.account(cast.company, role=CompanyRole.ACCOUNTANT)),
        "filing_agent": _filing_agent_of(cast),
        "professional": Visitor(cast.professional_account),
        "staff": Visitor(builders.staff()),
    }


def _member(family_name: str, **fields: Any) -> Account:
    return builders.account(builders.person(builders.household(), family_name=family_name), **fields)


def _unread() -> Account:
    unread = _member("Lectrice")
    unread.accepted_terms = None
    unread.save(update_fields=["accepted_terms"])
    return unread


def _left(*, two_years_are_over: bool) -> Account:
    """Somebody whose cover ended: inside the two years, or on the day on which they are over."""
    today = timezone.localdate()
    if two_years_are_over:
        return _member("Ancien", closes_on=today)
    return _member("Partie", ended_on=today - A_YEAR, closes_on=today + A_YEAR)


def _suspended() -> Account:
    """A member with every service suspended, since now and without term."""
    suspended = _member("Suspendu")
    Restriction.objects.create(
        account=suspended,
        kind=RestrictionKind.SUSPENSION,
        motive=Motive.BREACH,
        reason="Essai.",
        by=builders.staff(),
    )
    return suspended


def _guardian_of_alice(cast: Cast) -> Visitor:
    """A guardian who is not insured and has chosen to act for Alice: what is hers is open to them."""
    today = timezone.localdate()
    staff = builders.staff()
    guardian = deciding.open_representative_account(
        by=staff, email="tutelle@example.org", display_name="Maude Tutelaire"
    )
    guardian.state, guardian.must_choose_password = AccountState.VALIDATED, False
    guardian.save(update_fields=["state", "must_choose_password"])
    builders.accept(guardian)
    deciding.add_person(
        by=staff, account=guardian, person=cast.alice, quality=Quality.GUARDIAN, start_date=today,
        end_date=today + A_YEAR,
    )  # fmt: skip
    return _acting(guardian)


def _filing_agent_of(cast: Cast) -> Visitor:
    """An accountant's firm with a mandate of the company, which it has chosen to act for."""
    firm = builders.company(name="Cabinet Déclarant")
    agent = builders.account(firm)
    with isolation.system():
        own = Grant.objects.get(account=agent)
        own.basis, own.role = Basis.MANDATE, CompanyRole.HR_MANAGER
        own.tenant_id = own.subject_id = cast.company.pk
        own.closes_on = timezone.localdate() + A_YEAR
        own.save()
    return _acting(agent)


def _acting(account: Account) -> Visitor:
    with isolation.system():
        return Visitor(account, acting_by=Grant.objects.get(account=account).pk)
