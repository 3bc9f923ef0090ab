"""The PDF of a statement, as PDF/UA, its lines as CSV inside."""

from django.conf import settings
from django.template.loader import render_to_string

from members.households.accounts import masked_account
from members.statements.contents import PrintedStatement, printed
from members.statements.models import Statement
from members.statements.sheets import sheet_of
from portals.documents.verification import mark_of


def statement_html(statement: Statement) -> str:
    """The page that WeasyPrint lays out."""
    return _html(statement, printed(statement))


def statement_pdf(statement: Statement) -> bytes:
    from portals.documents.pdf import (  # WeasyPrint takes a second to load: only who prints waits
        AttachedData,
        render_pdf,
    )

    told = printed(statement)
    lines = AttachedData(
        name=f"releve-{told.period:%Y-%m}.csv",
        description="Les lignes de ce relevé, pour un tableur",
        content=sheet_of(told),
        made_at=told.issued_at,
    )
    return render_pdf(_html(statement, told), attached=[lines])


def _html(statement: Statement, told: PrintedStatement) -> str:
    context = {
        "statement": told,
        "mark": mark_of(told.verification_code),
        "account": masked_account(statement.recipient),
        "organisation": settings.ORGANISATION_FACTS,
        "space": "adherent",
    }
    return render_to_string("members/statements/statement.html", context)
