"""Which professional may open an account in the professional space (CGU-1.4)."""

import datetime
from collections import defaultdict
from collections.abc import Sequence

from portals.access.models import Basis
from portals.accounts.signup import Answers, Door, Ends, Match
from providers.agreements.models import Agreement, Professional
from providers.agreements.queries import active_on


def match(answers: Answers, today: datetime.date) -> Match | None:
    """The professional with this RPPS or FINESS and an active agreement of this number.

    The credentials go to the address on the agreement and to no other: without one, the mutual must be called.
    """
    agreements = active_on(Agreement.objects.select_related("professional"), today)
    agreement = agreements.filter(agreement_number=answers["agreement_number"]).first()
    if agreement is None or not agreement.email:
        return None
    professional = agreement.professional
    if answers["professional_number"] not in {number for number in (professional.rpps, professional.finess) if number}:
        return None
    return Match(
        tenant_id=professional.pk,
        subject_id=professional.pk,
        display_name=answers["person_name"],
        email=agreement.email,
        organisation_name=practice_of(professional),
    )


def practice_of(professional: Professional) -> str:
    """What the practice is called: its own name, or the professional's."""
    return professional.practice_name or f"{professional.given_name} {professional.family_name}".strip()


def recognises(professional_id: int, answers: Answers) -> bool:
    """Whether the proof of a fraud report is the number of one of this professional's agreements, past ones included."""
    number = answers["proof"].strip().replace(" ", "")
    return Agreement.objects.filter(professional=professional_id, agreement_number__iexact=number).exists()


def personal_words(professional_id: int) -> list[str]:
    """Names and numbers of the professional."""
    professional = Professional.objects.get(pk=professional_id)
    numbers = list(professional.agreements.values_list("agreement_number", flat=True))
    return [
        professional.family_name, professional.given_name, professional.practice_name, professional.rpps,
        professional.finess, professional.am_number, professional.city, professional.phone, *numbers,
    ]  # fmt: skip


def ends_of(professional_ids: Sequence[int], today: datetime.date) -> Ends:
    """The last days of the agreements that have begun. One query."""
    agreements = Agreement.objects.filter(professional_id__in=professional_ids, start_date__lte=today)
    ends: dict[int, list[datetime.date | None]] = defaultdict(list)
    for professional_id, end in agreements.values_list("professional_id", "end_date"):
        ends[professional_id].append(end)
    return ends


DOOR = Door(
    basis=Basis.AGREEMENT,
    match=match,
    personal_words=personal_words,
    recognises=recognises,
    ends_of=ends_of,
    fed_by=frozenset({"agreements"}),
)
