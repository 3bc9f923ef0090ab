"""The services of the professional space (CGU-3), as roles, suspensions and the read-only years name them."""

from portals.access.models import Grant
from portals.access.services import Catalogue, Service
from portals.accounts.models import Space
from providers.permissions import ServiceCode, may_use

CATALOGUE = Catalogue(Space.PROFESSIONAL, "providers")
SERVICES = (
    CATALOGUE.service(ServiceCode.HOME, "Accueil", "home", always=True),
    CATALOGUE.service(ServiceCode.RIGHTS, "Vérification des droits", "rights"),
    # The search is sent by POST, so that a patient's number stands in no address: it goes on in the read-only years.
    # So does a complaint about a payment, as anything may be complained of.
    CATALOGUE.service(
        ServiceCode.INVOICES, "Factures", "invoices", "invoices_csv", "invoice", "invoice_complaint", ended=True
    ),
    CATALOGUE.service(
        ServiceCode.TRANSFERS,
        "Versements",
        "transfers",
        "transfers_csv",
        "transfer",
        "transfer_csv",
        "transfer_pdf",
    ),
    CATALOGUE.service(ServiceCode.AGREEMENT, "Convention", "agreement", "agreement_pdf"),
    CATALOGUE.service(ServiceCode.DOCUMENTS, "Documents opposables", "documents", "document"),
    CATALOGUE.service(ServiceCode.PRACTICES, "Cabinets", "practice_add"),
    CATALOGUE.service(ServiceCode.CONTACT, "Contact", "contact", ended=True),
    # Access is withdrawn in the read-only years as before; the views refuse to give a new one.
    CATALOGUE.service(
        ServiceCode.DELEGATES,
        "Accès du cabinet",
        "delegates",
        "delegate",
        "delegate_role",
        "delegate_revoke",
        "delegate_invite",
        "delegation_send_again",
        "delegation_withdraw",
        ended=True,
        always=True,
    ),
    # A change that waits is cancelled whatever has ended; the view refuses to ask for a new one.
    CATALOGUE.service(
        ServiceCode.BANK_DETAILS,
        "Coordonnées bancaires",
        "bank_details",
        "bank_change",
        "bank_change_cancel",
        ended=True,
    ),
    CATALOGUE.service(ServiceCode.INFORMATION, "Informations utiles", "informations", "information"),
)


def allows(grant: Grant, service: Service, _changes: bool) -> bool:
    """The rule of the space: the table of roles."""
    return may_use(grant, service.code)
