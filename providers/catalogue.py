"""The services of the professional space (CGU-3), as suspensions and the read-only years name them."""

from portals.access.services import Catalogue
from portals.accounts.models import Space

CATALOGUE = Catalogue(Space.PROFESSIONAL, "providers")
SERVICES = (
    CATALOGUE.service("professional.home", "Accueil", "home", always=True),
    CATALOGUE.service("professional.rights", "Vérification des droits", "rights"),
    # The search is sent by POST, so that a patient's number stands in no address: it goes on in the read-only years.
    CATALOGUE.service("professional.invoices", "Factures", "invoices", "invoices_csv", "invoice", ended=True),
    CATALOGUE.service(
        "professional.transfers",
        "Versements",
        "transfers",
        "transfers_csv",
        "transfer",
        "transfer_csv",
        "transfer_pdf",
    ),
    CATALOGUE.service("professional.information", "Informations utiles", "informations", "information"),
)
