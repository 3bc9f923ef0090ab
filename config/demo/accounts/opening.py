"""Opening the demo's accounts, once: a second start finds them as their owners left them."""

import datetime
import secrets
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from config.demo.accounts.attachment import write_beneficiaries
from config.demo.accounts.credentials import identifier_of, password_of, totp_key_of, totp_secret_of
from config.demo.accounts.data_rights import write_rights
from config.demo.accounts.departures import write_departures
from config.demo.accounts.employee_files import write_employee_file
from config.demo.accounts.employee_links import write_employee_links
from config.demo.accounts.letters import write_letters
from config.demo.accounts.looks import write_looks, write_lookups, write_staff_looks
from config.demo.accounts.medical import name_assistant, name_readers, write_cases
from config.demo.accounts.parts import ALSO, Part, companies, parts, protected_persons
from config.demo.accounts.practice import write_practice
from config.demo.accounts.requests import write_requests
from config.demo.accounts.staff_year import engage
from config.demo.accounts.technical import publish_accounts
from config.demo.accounts.waivers import write_waivers
from employers.permissions import MANDATABLE
from employers.users import acceptance, mandates
from employers.users.tokens import hash_of
from members.representation.deciding import add_person
from members.representation.models import Quality
from portals.access import isolation
from portals.access.actions import restrict
from portals.access.models import Grant, Motive, RestrictionKind
from portals.accounts import temporary_passwords
from portals.accounts.models import Account, AccountState, Space
from portals.accounts.queries import account_of
from portals.accounts.rules import two_years_after
from portals.accounts.second_factor.actions import enrol_totp
from portals.accounts.second_factor.queries import has_device
from portals.terms.actions import accept
from portals.terms.models import Capacity
from portals.terms.queries import current_terms

LOOPBACK = "127.0.0.1"
DEVICE_NAME = "Démonstration"
SUSPENSION_REASON = (
    "Des connexions inhabituelles ont été constatées sur votre compte. Nous l’avons suspendu pour le protéger\u00a0: "
    "appelez-nous pour le rouvrir."
)
MANDATE_YEARS = 2
GUARDIANSHIP_YEARS = 4


@dataclass(frozen=True)
class DemoAccount:
    """One line of `demo_accounts --json`. `totp_secret`: base32, for the roles that must have a second factor."""

    role: str
    identifier: str
    password: str
    totp_secret: str | None
    space: str
    note: str


def open_demo_accounts() -> None:
    """Open what is missing. Run again, it leaves accounts alone, but renews a temporary password that never served."""
    with isolation.system():
        opened = set()
        for part in parts():
            account = _existing(part)
            if account is None:
                _open(part)
                opened.add(part.role)
            elif part.never_signed_in and account.last_login is None:
                account.temporary_password_until = timezone.now() + temporary_passwords.LIFETIME
                account.save(update_fields=["temporary_password_until"])
    for role, give in GIVEN_AFTERWARDS.items():
        if role in opened:
            with isolation.system():
                give(_of_role(role), _of_role("agent"))


def demo_accounts() -> list[DemoAccount]:
    """The accounts that exist, in the order of the specification."""
    with isolation.system():
        found = [(part, _existing(part)) for part in parts()]
    listed = [
        DemoAccount(
            role=part.role,
            identifier=account.identifier,
            password=password_of(part.role),
            totp_secret=totp_secret_of(part.role) if part.has_factor else None,
            space=part.space.value,
            note=part.note,
        )
        for part, account in found
        if account is not None
    ]
    return sorted(listed, key=lambda account: ORDER.index(account.role))


ORDER = (
    "member", "member-other", "dependant-adult", "dependant-minor", "guardian", "member-new", "member-terminated",
    "member-suspended", "employer-admin", "employer-accountant", "employer-other", "filing-agent", "provider",
    "provider-secretary", "provider-other", "provider-terminated", "dpo", "agent", "medical-adviser", "medical-assistant",
    "security-officer", "communication", "data-officer", "risk-officer", "auditor", "fraud-investigator",
    "vigilance-officer",
)  # fmt: skip


def _existing(part: Part) -> Account | None:
    """The account of a role, as this demo opened it, or as an earlier version of the demo did."""
    account = Account.objects.filter(identifier=identifier_of(part.role)).first()
    if account is None and part.space == Space.MEMBER and part.seat is not None:
        account = account_of(part.space, part.seat.subject_id)
    return account


def _of_role(role: str) -> Account:
    return Account.objects.get(identifier=identifier_of(role))


@transaction.atomic
def _open(part: Part) -> None:
    account = Account(
        identifier=identifier_of(part.role),
        email=part.email or f"{part.role}@example.org",
        space=part.space,
        display_name=part.display_name,
        organisation_name=part.organisation_name,
        must_choose_password=part.never_signed_in,
        is_staff=part.staff_role is not None,
    )
    account.set_password(password_of(part.role))
    if part.never_signed_in:
        account.temporary_password_until = timezone.now() + temporary_passwords.LIFETIME
    else:
        account.password_changed_at = timezone.now()
    account.save()
    if part.staff_role is not None:
        account.groups.add(*Group.objects.filter(name__in=[part.staff_role.value, *ALSO.get(part.role, ())]))
        engage(account)
    if part.seat is not None:
        _seat(account, part)
    if part.has_factor and not has_device(account):
        enrol_totp(by=None, account=account, key=totp_key_of(part.role), name=DEVICE_NAME)
    terms = current_terms()
    if terms is not None and not part.never_signed_in:
        accept(
            by=account,
            ticked=True,
            version=terms,
            capacity=Capacity.PARENTAL if part.allowed_by else Capacity.ADULT,
            representative_name=part.allowed_by,
            address=LOOPBACK,
        )
    Account.objects.filter(pk=account.pk, must_choose_password=False).update(state=AccountState.VALIDATED)


def _seat(account: Account, part: Part) -> None:
    seat = part.seat
    if seat is None:
        return
    Grant.objects.create(
        account=account,
        space=part.space,
        basis=seat.basis,
        tenant_id=seat.tenant_id,
        subject_id=seat.subject_id,
        role=seat.role,
        ended_on=seat.ended_on,
        closes_on=seat.ended_on and two_years_after(seat.ended_on),
    )


def _fill(account: Account, agent: Account) -> None:
    """What the pages of the member show: letters, then simulations and requests."""
    write_letters(account, agent)
    write_requests(account, agent)
    write_beneficiaries(account, agent)
    write_looks(account)
    write_staff_looks(account, agent)
    write_rights(account, agent)
    write_cases(account, _of_role("medical-adviser"))


def _practise(account: Account, agent: Account) -> None:
    """What the pages of the professional show beside invoices, which the feeds bring."""
    write_lookups(account, agent)
    write_practice(account, agent)


def _administer(account: Account, agent: Account) -> None:
    """What the pages of the company show beside what the feeds bring."""
    publish_accounts(account, agent)
    write_departures(account, agent)
    write_employee_file(account, agent)
    write_employee_links(account, agent)
    write_waivers(account, agent)


def _suspend(account: Account, agent: Account) -> None:
    restrict(
        by=agent, account=account, kind=RestrictionKind.SUSPENSION, motive=Motive.SECURITY, reason=SUSPENSION_REASON
    )


def _represent(account: Account, agent: Account) -> None:
    today = timezone.localdate()
    for person in protected_persons():
        add_person(
            by=agent,
            account=account,
            person=person,
            quality=Quality.GUARDIAN,
            start_date=today - datetime.timedelta(days=365),
            end_date=today + datetime.timedelta(days=365 * GUARDIANSHIP_YEARS),
        )


def _mandate(account: Account, _agent: Account) -> None:
    """Both clients give a mandate, which the agent accepts by the link of an e-mail."""
    admins = {"employer-admin": companies()[0], "employer-other": companies()[1]}
    today = timezone.localdate()
    for role, company in admins.items():
        given = mandates.mandate(
            by=_of_role(role),
            company_id=company.pk,
            email=account.email,
            services=MANDATABLE,
            may_change=True,
            starts_on=today,
            ends_on=today + datetime.timedelta(days=365 * MANDATE_YEARS),
        )
        token = secrets.token_urlsafe()
        given.invitation.token_hash = hash_of(token)
        given.invitation.save(update_fields=["token_hash"])
        acceptance.accept(by=account, token=token)


GIVEN_AFTERWARDS = {
    "member": _fill,
    "member-suspended": _suspend,
    "guardian": _represent,
    "provider": _practise,
    "employer-admin": _administer,
    "filing-agent": _mandate,
    "medical-adviser": name_readers,
    "medical-assistant": name_assistant,
}
