"""The employees that a company takes away: the CSV of the list, and « Tout télécharger »."""

from collections.abc import Iterable, Iterator

from employers.permissions import ServiceCode, may_see
from employers.workforce.models import Affiliation
from employers.workforce.queries import affiliations_of
from portals.access.models import Grant
from portals.accounts.export.registry import Content
from portals.presentation.spreadsheets import date_cell, sheet, text_cell

HEADINGS = (
    "Matricule", "Nom", "Prénoms", "Date de naissance", "Adresse e-mail", "Contrat", "Population", "Début",
    "Dernier jour du contrat de travail", "Fin des droits", "Motif",
)  # fmt: skip


def workforce_files(grant: Grant) -> Iterator[tuple[str, Content]]:
    """The file of one company's employees, for a grant that shows them."""
    if not may_see(grant, ServiceCode.EMPLOYEES):
        return
    ordered = affiliations_of(grant.tenant_id).select_related("contract").order_by("search_name", "pk")
    yield "salaries.csv", sheet_of(ordered.iterator(chunk_size=2000))


def sheet_of(affiliations: Iterable[Affiliation]) -> bytes:
    """What the company sees of each employee, and nothing else."""
    return sheet(HEADINGS, (_row(affiliation) for affiliation in affiliations))


def _row(affiliation: Affiliation) -> list[str]:
    return [
        text_cell(affiliation.employee_number),
        text_cell(affiliation.family_name),
        text_cell(affiliation.given_names),
        date_cell(affiliation.birth_date),
        text_cell(affiliation.email),
        text_cell(affiliation.contract.contract_number),
        text_cell(affiliation.population),
        date_cell(affiliation.start_date),
        date_cell(affiliation.left_on),
        date_cell(affiliation.end_date),
        text_cell(affiliation.end_reason),
    ]
