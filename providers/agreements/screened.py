"""What vigilance compares of this space: the professionals whom the mutual pays. Their birth date is not known here."""

from collections.abc import Iterator

from portals.accounts.models import Space
from privacy.investigations.screening.matching import Candidate
from privacy.investigations.screening.registry import Known, register_population
from providers.agreements.models import Professional

COLUMNS = ("pk", "family_name", "given_name", "practice_name")


def professionals() -> Iterator[Known]:
    """Those who have or had an agreement, and their practices. In the system's context."""
    rows = Professional.objects.filter(agreements__isnull=False).distinct().order_by("pk").values_list(*COLUMNS)
    for number, family_name, given_name, practice in rows.iterator(chunk_size=2000):
        yield Known(Space.PROFESSIONAL, number, number, Candidate((family_name,), given_name))
        if practice:
            yield Known(Space.PROFESSIONAL, number, number, Candidate((practice,), is_entity=True))


register_population(professionals)
