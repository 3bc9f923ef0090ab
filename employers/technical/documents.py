"""The technical accounts of a year as a PDF that can be checked."""

from collections.abc import Sequence

from django.conf import settings
from django.template.loader import render_to_string

from employers.companies.models import Company
from employers.technical.rules import DETAILED_FROM
from employers.technical.showing import ShownAccount
from portals.accounts.models import Account
from portals.anonymity.parts import LEAST
from portals.documents import verification
from portals.documents.verification import Kind, Mark

ACCOUNTS = verification.register(Kind("employer.technical_accounts", "Comptes techniques"))


def year_pdf(year: int, accounts: Sequence[ShownAccount], company: Company, *, by: Account) -> bytes:
    """The PDF/UA of a year, which `/verifier/` recognises."""

    def make(mark: Mark) -> bytes:
        from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: only who prints waits

        return render_pdf(year_html(year, accounts, company, mark))

    return verification.issue(ACCOUNTS, make, period=f"Année {year}", by=by)


def year_html(year: int, accounts: Sequence[ShownAccount], company: Company, mark: Mark) -> str:
    """The page that WeasyPrint lays out."""
    context = {
        "year": year,
        "accounts": accounts,
        "company": company,
        "mark": mark,
        "least": LEAST,
        "detailed_from": DETAILED_FROM,
        "organisation": settings.ORGANISATION_FACTS,
        "space": "employeur",
    }
    return render_to_string("employers/technical/print.html", context)
