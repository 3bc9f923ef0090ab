"""How the bank account of a practice is kept: on each of its agreements, sealed under the agreement's own key."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from portals import secrets
from portals.accounts.models import Space
from portals.banking.payees import Payee, register
from providers.agreements.feeds import IBAN_PLACE
from providers.agreements.models import Agreement, Professional
from providers.agreements.queries import agreements_of


def paying(professional_id: int) -> QuerySet[Agreement]:
    """The agreements by which payments leave: those that have not ended, or the last one when all have. Latest first."""
    running = agreements_of(professional_id).filter(Q(end_date=None) | Q(end_date__gte=timezone.localdate()))
    if running.exists():
        return running
    return agreements_of(professional_id)[:1]


def subject_of(professional_id: int) -> str:
    """Whose key seals a change that waits: an agreement may be replaced by another within the 48 hours."""
    reference = Professional.objects.values_list("professional_ref", flat=True).get(pk=professional_id)
    return f"professional:{reference}"


def iban_of(professional_id: int) -> str:
    """The IBAN of the latest agreement that has one, compact; nothing without any."""
    for agreement in paying(professional_id):
        if agreement.iban_sealed:
            return secrets.unseal(_key_of(agreement), IBAN_PLACE, agreement.iban_sealed)
    return ""


def put_in_force(professional_id: int, iban: str) -> None:
    """Write another IBAN on every agreement that pays. What it replaces is noted: feeds that still say it change nothing."""
    wanted = list(paying(professional_id).values_list("pk", flat=True))
    for agreement in Agreement.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk"):
        replaced = bytes(agreement.iban_index).hex() if agreement.iban_index else ""
        agreement.iban_replaced = sorted({*(agreement.iban_replaced or []), replaced})
        agreement.iban_sealed = secrets.seal(_key_of(agreement), IBAN_PLACE, iban)
        agreement.iban_index = secrets.blind_index(IBAN_PLACE, iban)
        agreement.save(update_fields=["iban_sealed", "iban_index", "iban_replaced"])


def address_of(professional_id: int) -> str:
    """The address on the latest agreement, which may not be that of the account."""
    latest = paying(professional_id).first()
    return latest.email if latest else ""


def _key_of(agreement: Agreement) -> str:
    return f"agreement:{agreement.agreement_number}"


PAYEE = Payee(
    subject=subject_of, current=iban_of, write=put_in_force, address=address_of, page="providers:bank_details"
)
register(Space.PROFESSIONAL, PAYEE)
