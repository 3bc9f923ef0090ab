"""The directory as a service of the member's space (CGU-3.11): it lives here so that arrows point one way."""

from portals.access.services import Service
from portals.accounts.models import Space

SERVICE = Service(
    "member.directory",
    Space.MEMBER,
    "Trouver un professionnel",
    frozenset({"directory:search", "directory:places"}),
    changes_when_ended=True,
)
