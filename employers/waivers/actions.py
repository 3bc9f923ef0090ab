"""Asking for a waiver, renewing it, and the cases that the act of a company provides. Answers are in `answering.py`.

Every function works in the row context of the company, or in the system's (an employee who holds a link has no account).
"""

from collections.abc import Collection, Sequence

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from employers.companies.models import GroupContract
from employers.waivers.emails import Told, tell
from employers.waivers.models import ProvidedCase, Waiver, WaiverRequest, WaiverStep
from employers.waivers.queries import provided_cases
from employers.waivers.rules import MEDICAL, Plea, Rule, looks_medical, open_rules, optional_rules, problems_of
from employers.waivers.sealing import fingerprint_of, seal_words
from employers.waivers.words import LIVING, Answer, Channel, Kind, State, What
from portals.accounts.models import Account
from portals.documents.uploads import CleanFile, receive
from privacy.audit import record


class CaseClosed(LookupError):
    """The law or the act of the company does not know this case for this contract today."""


class PleaRefused(ValueError):
    """`problems`: what is wrong, by field, in words for who asks."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


class AlreadyAsked(Exception):
    """A waiver of this employee and this contract is asked or in force."""


class NotOpen(Exception):
    """The waiver or the request is not, or no longer, in a state that allows this."""


@transaction.atomic
def ask(
    *, by: Account | None, contract: GroupContract, plea: Plea, files: Sequence[CleanFile] = (), channel: Channel
) -> Waiver:
    """Keep an employee's request as evidence; the company then accepts or refuses it.

    `by`: who deposits it for the employee (`Channel.SPACE`), None when they wrote it by their link. `files` come from
    `portals.documents.uploads.admit` or a `ProofField`. Raises CaseClosed, PleaRefused, AlreadyAsked.
    """
    rule = _open_rule(contract, plea)
    _check(rule, plea, contract, files)
    employee = plea.employee
    if _living(contract, plea):
        raise AlreadyAsked
    waiver = Waiver(
        company_id=contract.company_id, contract=contract, employee_number=employee.number.strip(),
        family_name=employee.family_name.strip(), given_names=employee.given_names.strip(),
        folded_name=employee.folded, birth_date=employee.birth_date, hired_on=employee.hired_on, case=plea.case,
        first_day=plea.first_day, ends_on=plea.ends_on if rule.end else None,
    )  # fmt: skip
    try:
        with transaction.atomic():
            waiver.save()
    except IntegrityError as error:
        raise AlreadyAsked from error
    waiver.number = f"DIS-{timezone.localdate().year}-{waiver.pk:06d}"
    waiver.save(update_fields=["number"])
    _keep_request(waiver, plea, files, kind=Kind.FIRST, channel=channel, by=by)
    return waiver


@transaction.atomic
def renew(
    *, by: Account | None, waiver: Waiver, plea: Plea, files: Sequence[CleanFile] = (), channel: Channel
) -> WaiverRequest:
    """Keep the request that carries an accepted waiver further. `plea` is of the same employee and case.

    Raises NotOpen when it is not in force or a request waits already; CaseClosed, PleaRefused.
    """
    row = held(waiver, State.ACCEPTED)
    if row.requests.filter(answer=Answer.WAITING).exists():
        raise NotOpen
    _check(_open_rule(row.contract, plea), plea, row.contract, files, is_renewal=True)
    return _keep_request(row, plea, files, kind=Kind.RENEWAL, channel=channel, by=by)


@transaction.atomic
def add_proofs(*, by: Account | None, request: WaiverRequest, files: Sequence[CleanFile]) -> None:
    """Add documents to a request that waits for its answer. Raises NotOpen, PleaRefused."""
    row = held_request(request)
    _refuse_medical(files)
    row.proofs.add(*receive(files, by=by))
    note(row.waiver, What.DOCUMENT_ADDED, by=by)
    _record("waiver.document_added", by, row.waiver, documents=len(files))


@transaction.atomic
def provide(*, by: Account, contract: GroupContract, cases: Collection[str]) -> None:
    """Say which of the optional cases the act of the company provides for a contract; waivers in force stay."""
    offered = {rule.case.value for rule in optional_rules(timezone.localdate())}
    wanted = offered & set(cases)
    known = ProvidedCase.objects.filter(contract=contract)
    known.exclude(case__in=wanted).delete()
    for case in sorted(wanted - set(known.values_list("case", flat=True))):
        ProvidedCase.objects.create(company_id=contract.company_id, contract=contract, case=case)
    record(
        "waiver.cases_provided", by=by, object_kind="group_contract", object_id=contract.pk,
        details={"cases": ",".join(sorted(wanted))},
    )  # fmt: skip


def held(waiver: Waiver, *states: State) -> Waiver:
    """The row as it is now, held until the end of the transaction. Raises NotOpen out of these states."""
    rows = Waiver.objects.select_for_update(of=("self",)).select_related("contract")
    row = rows.filter(pk=waiver.pk, state__in=states).first()
    if row is None:
        raise NotOpen
    return row


def held_request(request: WaiverRequest) -> WaiverRequest:
    """A request that waits for its answer, held with its waiver. Raises NotOpen."""
    waiver = held(request.waiver, *LIVING)
    row = WaiverRequest.objects.select_for_update(of=("self",)).filter(pk=request.pk, answer=Answer.WAITING).first()
    if row is None:
        raise NotOpen
    row.waiver = waiver
    return row


def note(waiver: Waiver, what: What, *, by: Account | None, words: str = "") -> None:
    """One more line of the waiver's story."""
    WaiverStep.objects.create(waiver=waiver, company_id=waiver.company_id, what=what, words=words, by=by)


def _open_rule(contract: GroupContract, plea: Plea) -> Rule:
    rules = open_rules(provided_cases(contract), max(plea.first_day, contract.start_date))
    rule = next((each for each in rules if each.case == plea.case), None)
    if rule is None:
        raise CaseClosed(plea.case)
    return rule


def _check(
    rule: Rule, plea: Plea, contract: GroupContract, files: Sequence[CleanFile], *, is_renewal: bool = False
) -> None:
    problems = problems_of(
        rule, plea, contract_start=contract.start_date, contract_end=contract.end_date, today=timezone.localdate(),
        is_renewal=is_renewal,
    )  # fmt: skip
    if rule.proof and not files:
        problems["proofs"] = f"Ce cas demande un justificatif\u00a0: {rule.proof[0].lower()}{rule.proof[1:]}."
    if problems:
        raise PleaRefused(problems)
    _refuse_medical(files)


def _refuse_medical(files: Sequence[CleanFile]) -> None:
    if any(looks_medical(file.name) for file in files):
        raise PleaRefused({"proofs": MEDICAL})


def _living(contract: GroupContract, plea: Plea) -> bool:
    """Whether somebody of this number, or of this name and birth date, has a waiver that is asked or in force."""
    employee = plea.employee
    same = Q(folded_name=employee.folded, birth_date=employee.birth_date)
    if employee.number.strip():
        same |= Q(employee_number=employee.number.strip())
    return Waiver.objects.filter(same, contract=contract, state__in=LIVING).exists()


def _keep_request(
    waiver: Waiver, plea: Plea, files: Sequence[CleanFile], *, kind: Kind, channel: Channel, by: Account | None
) -> WaiverRequest:
    request = WaiverRequest.objects.create(
        waiver=waiver, company_id=waiver.company_id, kind=kind, channel=channel, entered_by=by,
        words_sealed=seal_words(waiver, plea.words), written_on=plea.written_on, informed=plea.informed,
        ends_on=plea.ends_on, fingerprint=fingerprint_of(waiver, plea, files),
    )  # fmt: skip
    request.proofs.add(*receive(files, by=by))
    note(waiver, What.ASKED if kind == Kind.FIRST else What.RENEWAL_ASKED, by=by)
    _record("waiver.asked", by, waiver, kind=str(kind), fingerprint=request.fingerprint)
    if by is None:
        tell(waiver, Told.ASKED, key=str(request.pk))
    return request


def _record(action: str, by: Account | None, waiver: Waiver, **details: str | int) -> None:
    record(action, by=by, object_kind="waiver", object_id=waiver.pk, details=dict(details) or None)
