"""What was written, and where it stands."""

from itertools import islice
from operator import attrgetter

from portals.access.models import Grant
from portals.accounts.models import Account
from portals.correspondence.models import Kind, Thread
from portals.correspondence.queries import visible
from providers.contact.models import PaymentComplaint

SHOWN = 8


def followed(account: Account, grant: Grant | None) -> list[Thread]:
    """The last messages and complaints of the account, newest first. Two queries."""
    found: list[Thread] = []
    for kind in Kind:
        found += visible(account, grant, kind).order_by("-pk")[:SHOWN]
    return list(islice(sorted(found, key=attrgetter("opened_at", "pk"), reverse=True), SHOWN))


def complaint_about(professional_id: int, invoice_number: str) -> PaymentComplaint | None:
    """What the practice complained of about the payment of an invoice, whoever did."""
    made = PaymentComplaint.objects.filter(professional=professional_id, invoice_number=invoice_number)
    return made.select_related("opened_by").first()
