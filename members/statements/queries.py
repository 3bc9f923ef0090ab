"""Reads of statements."""

import datetime
from collections.abc import Iterable
from itertools import groupby

from django.db.models import Q, QuerySet

from members.households.rules import Viewpoint
from members.statements.contents import TO_HOLDER, printed
from members.statements.models import Statement, StatementState
from members.statements.searching import speaks_of
from portals.access.models import Basis, Grant
from portals.accounts.models import Account, AccountState, Space


def statements_of(viewpoint: Viewpoint) -> QuerySet[Statement]:
    """The statements addressed to the viewer, and to nobody else of the household; newest first.

    A representative reads those that speak of the person and of nobody else, nor of the other parent's payments.
    """
    statements = addressed_to(viewpoint)
    if viewpoint.is_represented:
        statements = statements.filter(
            Q(content__persons__0__isnull=True) | Q(content__persons__0__0=viewpoint.viewer.id),
            content__persons__1__isnull=True,
            content__others__0__isnull=True,
        )
    if viewpoint.concealed_ids:
        statements = statements.exclude(content__contains={"lines": [[TO_HOLDER]]})
    return statements.defer("content").order_by("-period", "-id")


def found(viewpoint: Viewpoint, *, year: int | None, person_id: int | None, text: str) -> list[Statement]:
    """Those of the viewer's statements that bear the year, care of the person, and every word. Newest first, one query."""
    statements = statements_of(viewpoint)
    if year is not None:
        statements = statements.filter(period__year=year)
    if person_id is not None:
        statements = statements.filter(content__persons__contains=[[person_id]])
    if not text:
        return list(statements)
    return [statement for statement in statements.defer(None) if speaks_of(printed(statement), text)]


def addressed_to(viewpoint: Viewpoint) -> QuerySet[Statement]:
    """Every statement of the viewer, also those that a representative does not read."""
    return Statement.objects.filter(household_id=viewpoint.household_id, recipient_id=viewpoint.viewer.id)


def by_year(statements: Iterable[Statement]) -> list[tuple[int, list[Statement]]]:
    """The statements under their years, newest first."""
    return [(year, list(group)) for year, group in groupby(statements, key=lambda statement: statement.period.year)]


def account_of_recipient(person_id: int, *, day: datetime.date) -> Account | None:
    """The own account through which a person reads their statements on that day, if they have one."""
    grants = Grant.objects.filter(space=Space.MEMBER, basis=Basis.COVER, subject_id=person_id).open_on(day)
    grant = (
        grants.filter(account__is_active=True, account__state=AccountState.VALIDATED).select_related("account").first()
    )
    return grant.account if grant else None


def left_to_render(month: datetime.date) -> int:
    """How many statements of a month still have no PDF. Needs the system's row context."""
    return Statement.objects.filter(period=month, state=StatementState.DUE).count()
