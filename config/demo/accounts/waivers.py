"""What the demo's first company has: waivers in every situation, and a bank account with its past change."""

import datetime
import io
from dataclasses import dataclass

import pikepdf
from django.utils import timezone

from config.demo.accounts.parts import companies
from employers.banking.accounts import put_in_force
from employers.companies.models import Company, GroupContract
from employers.companies.queries import running_contracts
from employers.waivers import actions, answering
from employers.waivers.models import Waiver, WaiverRequest
from employers.waivers.rules import Employee, Plea, rule_of
from employers.waivers.words import Answer, Case, Channel
from portals.accounts.models import Account, Space
from portals.banking.actions import DELAY
from portals.banking.iban import bank_of, masked
from portals.banking.models import BankChange
from portals.dates import months_after
from portals.documents.models import Upload
from portals.documents.quarantine import release
from portals.documents.uploads import CleanFile

IBAN, OLD_ACCOUNT = "FR1420041010050500013M02606", "FR·· ···· ·382"
CHANGED_DAYS_AGO = 290
PROVIDED = (Case.SEVERAL, Case.TERM_UNDER_YEAR)
WORDS = (
    "Je demande à ne pas adhérer au contrat santé de l’entreprise. J’ai été informé de ce que je perds en n’adhérant pas, "
    "et je m’engage à dire tout changement de ma situation."
)
REFUSAL = "L’attestation date de l’année passée\u00a0: il en faut une de l’année en cours."
ACCEPTED, WAITING, REFUSED, EXPIRED = "accepted", "waiting", "refused", "expired"


@dataclass(frozen=True)
class Told:
    """One waiver: whose, why, from how many days from today, until how many (0: no end is declared), where it stands."""

    family_name: str
    given_names: str
    case: Case
    first: int
    end: int
    state: str


PEOPLE = (
    Told("Le Bihan", "Soazig", Case.ELSEWHERE, -320, 0, ACCEPTED),  # to be renewed within two months
    Told("Kerbrat", "Yann", Case.ELSEWHERE, -90, 0, ACCEPTED),
    Told("Moal", "Enora", Case.SOLIDARITY, -200, 150, ACCEPTED),
    Told("Riou", "Nathan", Case.INDIVIDUAL, -352, 9, ACCEPTED),  # ends in nine days
    Told("Salaün", "Marine", Case.BEFORE, -30, 0, ACCEPTED),
    Told("Guivarch", "Titouan", Case.TERM_UNDER_YEAR, -60, 170, ACCEPTED),
    Told("Nédélec", "Rozenn", Case.ELSEWHERE, -380, 0, EXPIRED),  # to be affiliated
    Told("Corre", "Ewen", Case.SEVERAL, 5, 0, WAITING),
    Told("Abgrall", "Léa", Case.SHORT, 2, 62, WAITING),
    Told("Tanguy", "Malo", Case.ELSEWHERE, -40, 0, REFUSED),
)


def write_waivers(account: Account, _agent: Account) -> None:
    """Fill the pages of waivers and of the bank account. In the system's context."""
    company, today = companies()[0], timezone.localdate()
    contract = running_contracts(company.pk, today).first()
    if contract is None or Waiver.objects.filter(company=company).exists():
        return
    actions.provide(by=account, contract=contract, cases=[case.value for case in PROVIDED])
    for rank, told in enumerate(PEOPLE):
        _write(account, contract, told, rank, today)
    _write_account(company, account)


def _plea(contract: GroupContract, told: Told, rank: int, today: datetime.date) -> Plea:
    first_day = max(today + datetime.timedelta(days=told.first), contract.start_date)
    employee = Employee(
        told.family_name, told.given_names, number=f"M-{2100 + rank * 7}",
        birth_date=datetime.date(1975 + rank * 2, 1 + rank, 3 + rank),
        hired_on=months_after(contract.start_date, -18) if told.case == Case.BEFORE else first_day,
    )  # fmt: skip
    return Plea(
        employee=employee, case=told.case, first_day=first_day, words=WORDS, written_on=min(first_day, today),
        informed=True, ends_on=today + datetime.timedelta(days=told.end) if told.end else None,
    )  # fmt: skip


def _write(account: Account, contract: GroupContract, told: Told, rank: int, today: datetime.date) -> None:
    plea, rule = _plea(contract, told, rank, today), rule_of(told.case, today)
    files = [CleanFile("attestation.pdf", "application/pdf", _blank())] if rule and rule.proof else []
    made = actions.ask(by=None, contract=contract, plea=plea, files=files, channel=Channel.LINK)
    if told.state == WAITING:
        return
    request = WaiverRequest.objects.select_related("waiver").get(waiver=made, answer=Answer.WAITING)
    for upload in Upload.objects.filter(waiver_requests=request):
        release(by=None, upload=upload)
    if told.state == REFUSED:
        answering.refuse(by=account, request=request, reason=REFUSAL)
        return
    answering.accept(by=account, request=request)
    at = datetime.datetime.combine(plea.written_on, datetime.time(9, 30), timezone.get_current_timezone())
    if plea.written_on < today:
        WaiverRequest.objects.filter(pk=request.pk).update(asked_at=at, answered_at=at + datetime.timedelta(hours=6))
        made.steps.update(at=at)
    if told.state == EXPIRED:
        answering.expire(waiver=made, today=today)


def _write_account(company: Company, account: Account) -> None:
    put_in_force(company.pk, IBAN)
    asked_at = timezone.now() - datetime.timedelta(days=CHANGED_DAYS_AGO)
    company.bank_account.since = asked_at + DELAY
    company.bank_account.save(update_fields=["since"])
    BankChange.objects.create(
        space=Space.EMPLOYER, tenant_id=company.pk, subject_id=company.pk, asked_by=account, old_masked=OLD_ACCOUNT,
        new_masked=masked(IBAN), new_bank=bank_of(IBAN), asked_at=asked_at, effective_at=asked_at + DELAY,
        done_at=asked_at + DELAY,
    )  # fmt: skip


def _blank() -> bytes:
    """A one-page PDF that readers open."""
    written = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(written)
    return written.getvalue()
