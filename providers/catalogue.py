"""The services of the professional space (CGU-3), as suspensions and the read-only years name them."""

from portals.access.services import Catalogue
from portals.accounts.models import Space

CATALOGUE = Catalogue(Space.PROFESSIONAL, "providers")
SERVICES = (CATALOGUE.service("professional.home", "Accueil", "home"),)
