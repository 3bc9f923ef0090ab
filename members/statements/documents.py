"""The PDF of a statement, as PDF/UA."""

from django.conf import settings
from django.template.loader import render_to_string

from members.households.feeds import IBAN_PLACE
from members.households.models import Person
from members.statements.contents import printed
from members.statements.models import Statement
from portals.secrets import unseal
from portals.secrets.errors import SubjectForgotten


def statement_html(statement: Statement) -> str:
    """The page that WeasyPrint lays out."""
    context = {
        "statement": printed(statement),
        "account": masked_account(statement.recipient),
        "organisation": settings.ORGANISATION_FACTS,
        "space": "adherent",
    }
    return render_to_string("members/statements/statement.html", context)


def statement_pdf(statement: Statement) -> bytes:
    from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: only those who print wait

    return render_pdf(statement_html(statement))


def masked_account(person: Person) -> str:
    """`FR·· ···· ·606`: the person's own account as it is when the statement is rendered; nothing without one."""
    if not person.iban_sealed:
        return ""
    try:
        iban = unseal(f"person:{person.person_ref}", IBAN_PLACE, person.iban_sealed)
    except SubjectForgotten:
        return ""
    return f"{iban[:2]}·· ···· ·{iban[-3:]}"
