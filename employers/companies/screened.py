"""What vigilance compares of this space: the companies, by their names."""

from collections.abc import Iterator

from employers.companies.models import Company
from portals.accounts.models import Space
from privacy.investigations.screening.matching import Candidate
from privacy.investigations.screening.registry import Known, register_population


def companies() -> Iterator[Known]:
    """Every company. In the system's context."""
    for number, name in Company.objects.order_by("pk").values_list("pk", "name").iterator(chunk_size=2000):
        yield Known(Space.EMPLOYER, number, number, Candidate((name,), is_entity=True))


register_population(companies)
