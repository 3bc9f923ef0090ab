"""The published accounts that a company takes away (« Tout télécharger »): what is shown, line by line."""

from collections.abc import Iterator
from decimal import Decimal

from employers.permissions import ServiceCode, may_see
from employers.technical.queries import accounts_of, published_years
from employers.technical.rules import ENTERED
from employers.technical.showing import ShownAccount, shown
from portals.access.models import Grant
from portals.accounts.export.registry import Content
from portals.presentation.spreadsheets import amount_cell, sheet, text_cell

HEADINGS = ("Année", "Contrat", "Tableau", "Ligne", "Montant (€)", "Variation (€)")


def technical_files(grant: Grant) -> Iterator[tuple[str, Content]]:
    """The file of one company, for a grant that shows its technical accounts."""
    if not may_see(grant, ServiceCode.TECHNICAL_ACCOUNTS):
        return
    years = published_years(grant.tenant_id)
    accounts = [one for year in years for one in shown(accounts_of(grant.tenant_id, year))]
    yield "comptes-techniques.csv", sheet(HEADINGS, (row for one in accounts for row in _rows(one)))


def _rows(one: ShownAccount) -> Iterator[list[str]]:
    account = one.account
    head = [str(account.year), text_cell(account.contract.contract_number)]
    sums = [
        ("Cotisations", account.contributions, None),
        ("Prestations payées", account.benefits, account.variation),
        *((label, getattr(account, name), None) for name, label in ENTERED.items()),
    ]
    for label, amount, variation in sums:
        yield [*head, "Compte", label, _cell(amount), _cell(variation)]
    for table in one.tables:
        for row in table.rows:
            line = row.line
            yield [*head, table.title, text_cell(line.label), _cell(line.amount), _cell(line.variation)]


def _cell(amount: Decimal | None) -> str:
    """Nothing for what is not known or not told."""
    return "" if amount is None else amount_cell(amount)
