"""The SEPA mandate of the account in force, as PDF/UA that `/verifier/` recognises."""

import schwifty
from django.conf import settings
from django.template.loader import render_to_string

from employers.banking.models import CompanyAccount
from employers.companies.models import Company
from portals.accounts.models import Account, Space
from portals.banking.models import BankChange
from portals.documents import verification
from portals.documents.verification import Kind, Mark
from portals.presentation.formats import long_date

MANDATE = verification.register(Kind("employer.sepa_mandate", "Mandat de prélèvement SEPA"))


def mandate_pdf(
    account: CompanyAccount, iban: str, company: Company, change: BankChange | None, *, by: Account
) -> bytes:
    """The mandate, with the IBAN in full as banks ask. `change`: who gave it and who approved, None when it is not known."""
    known = schwifty.IBAN(iban, allow_invalid=True)
    context = {
        "account": account, "company": company, "change": change, "iban": known.formatted, "bic": known.bic or "",
        "space": Space.EMPLOYER.value, "organisation": settings.ORGANISATION_FACTS,
    }  # fmt: skip

    def make(mark: Mark) -> bytes:
        from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: only those who print wait
        from portals.documents.signing import sign

        html = render_to_string("employers/banking/mandate_print.html", context | {"mark": mark})
        return sign(render_pdf(html), reason=MANDATE.label)

    return verification.issue(MANDATE, make, period=f"Depuis le {long_date(account.since)}", by=by)
