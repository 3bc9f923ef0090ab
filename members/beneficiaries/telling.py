"""What the pages and the dated copy say of a request: the rule, the date of effect, what follows from it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from members.beneficiaries.models import BeneficiaryRequest
from members.beneficiaries.rules import Rule, first_day, last_day, rule_for
from members.beneficiaries.sealing import answers_of
from members.beneficiaries.words import COUPLE, Kind, Reason
from members.households.models import Person
from portals.presentation.formats import local_date

PROOF_OF_LEAVING = {
    Reason.DIVORCE: "Jugement de divorce, ou attestation sur l’honneur de séparation signée des deux",
    Reason.PACS_END: "Récépissé de la dissolution du PACS",
    Reason.OWN_COVER: "Attestation de l’autre complémentaire, avec son premier jour",
    Reason.DEATH: "Acte de décès",
}


@dataclass(frozen=True)
class Told:
    """A request in words. `who` is the person's name; `documents` are those that its case asks for."""

    request: BeneficiaryRequest
    who: str
    born: datetime.date | None
    title: str
    documents: tuple[str, ...]
    words: str
    has_nir: bool
    is_couple: bool


def told(request: BeneficiaryRequest, rules: Sequence[Rule]) -> Told:
    """Reads what was typed. Two queries at most, beside the request's own."""
    answers = answers_of(request)
    who, born = named(request.person, answers)
    return Told(
        request=request,
        who=who,
        born=born,
        title=title_of(request),
        documents=documents_of(request, rules),
        words=answers.get("words", ""),
        has_nir=bool(answers.get("nir")),
        is_couple=request.case in COUPLE,
    )


def title_of(request: BeneficiaryRequest) -> str:
    """`Ajout d’un bénéficiaire`, and in which case or why."""
    if request.kind == Kind.ADD:
        return f"Ajout\u00a0: {request.get_case_display().lower()}"
    if request.kind == Kind.KEEP:
        return f"Maintien\u00a0: {request.get_case_display().lower()}"
    return f"Retrait\u00a0: {request.get_reason_display().lower()}"


def documents_of(request: BeneficiaryRequest, rules: Sequence[Rule]) -> tuple[str, ...]:
    """What goes with the request, as the rule of the case or the reason asks."""
    if request.kind == Kind.REMOVE:
        proof = PROOF_OF_LEAVING.get(Reason(request.reason))
        return (proof,) if proof else ()
    rule = rule_for(rules, plan_id=request.policy.plan_id, case=request.case, day=_day(request))
    return rule.documents if rule else ()


def effect_of(request: BeneficiaryRequest, rules: Sequence[Rule], today: datetime.date) -> datetime.date:
    """The first day of a new cover, or the last day of one that ends, were the request sent today.

    Never before the policy began; a child who is kept has no gap: the day is that of the request.
    """
    if request.kind == Kind.REMOVE:
        return last_day(request.reason, event=request.event_date, asked_on=today)
    if request.kind == Kind.KEEP:
        return today
    rule = rule_for(rules, plan_id=request.policy.plan_id, case=request.case, day=today)
    day = first_day(rule, event=request.event_date, asked_on=today) if rule else today
    return max(day, request.policy.start_date)


def named(person: Person | None, answers: dict[str, str]) -> tuple[str, datetime.date | None]:
    """The name and the birth date of whom a request is about: as known, or as typed."""
    if person is not None:
        return f"{person.given_names} {person.family_name}", person.birth_date
    born = answers.get("birth_date")
    name = f"{answers.get('given_names', '')} {answers.get('family_name', '')}".strip()
    return name, datetime.date.fromisoformat(born) if born else None


def _day(request: BeneficiaryRequest) -> datetime.date:
    """The day whose rules apply: that of the request."""
    return local_date(request.asked_at or request.saved_at)
