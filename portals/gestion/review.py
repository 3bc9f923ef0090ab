"""The access review (PDP-7.3): who has which right, in a file that a person reads and signs. No cell is a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.utils import timezone

from portals.access.models import Basis, Grant
from portals.accounts.models import Account, AccountState, Space
from portals.accounts.second_factor.queries import has_device
from portals.gestion import holders
from portals.presentation.spreadsheets import DELIMITER, date_cell, text_cell

STAFF_HEADER = ("identifiant", "nom", "rôles", "droits", "dernière connexion", "second facteur", "état")
COMPANY_HEADER = ("identifiant", "nom", "entreprise", "fondement", "rôle", "depuis", "se ferme le", "retiré le", "état")
PRACTICE_HEADER = tuple("cabinet" if column == "entreprise" else column for column in COMPANY_HEADER)
HOLDER = "Titulaire"


def staff_lines() -> list[str]:
    """One line for each staff account, with its groups and every permission that it has by them or by itself."""
    accounts = Account.objects.filter(space=Space.STAFF).prefetch_related("groups").order_by("identifier")
    return _lines(STAFF_HEADER, (_staff_row(account) for account in accounts))


def company_lines() -> list[str]:
    """One line for each right of an account to act for a company, the withdrawn ones included."""
    return _grant_lines(Space.EMPLOYER, COMPANY_HEADER)


def practice_lines() -> list[str]:
    """One line for each right of an account to enter a practice, the withdrawn ones included."""
    return _grant_lines(Space.PROFESSIONAL, PRACTICE_HEADER)


def _grant_lines(space: Space, header: Sequence[str]) -> list[str]:
    grants = list(Grant.objects.filter(space=space).select_related("account").order_by("tenant_id", "account_id"))
    names = holders.names(space, {grant.tenant_id for grant in grants})
    return _lines(header, (_grant_row(grant, names) for grant in grants))


def _staff_row(account: Account) -> Sequence[str]:
    return (
        account.identifier,
        account.display_name,
        ", ".join(sorted(group.name for group in account.groups.all())),
        " ".join(sorted(account.get_all_permissions())),
        date_cell(timezone.localdate(account.last_login)) if account.last_login else "jamais",
        "oui" if has_device(account) else "non",
        state_of(account),
    )


def _grant_row(grant: Grant, names: dict[int, str]) -> Sequence[str]:
    return (
        grant.account.identifier,
        grant.account.display_name,
        names.get(grant.tenant_id, str(grant.tenant_id)),
        Basis(grant.basis).label,
        grant.get_role_display() or HOLDER,
        date_cell(grant.since),
        date_cell(grant.closes_on),
        date_cell(timezone.localdate(grant.revoked_at)) if grant.revoked_at else "",
        state_of(grant.account),
    )


def state_of(account: Account) -> str:
    """The account's state in words; what stops it comes first."""
    if not account.is_active:
        return "Inactif"
    if account.locked_at is not None:
        return "Bloqué après une fraude signalée"
    return AccountState(account.state).label


def _lines(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a CSV for a French spreadsheet: byte order mark, `;`, no cell that a spreadsheet would run."""
    drawn = ["\ufeff"]
    for row in (header, *rows):
        line = io.StringIO()
        csv.writer(line, delimiter=DELIMITER).writerow([text_cell(cell) for cell in row])
        drawn.append(line.getvalue())
    return drawn
