"""The services of the professional space (CGU-3), as suspensions and the read-only years name them."""

from portals.access.services import Service
from portals.accounts.models import Space


def _service(code: str, label: str, *views: str, restricted: bool = False, ended: bool = False) -> Service:
    """`restricted` and `ended`: what stays open then (`Service`)."""
    names = frozenset(f"providers:{view}" for view in views)
    return Service(
        f"professional.{code}",
        Space.PROFESSIONAL,
        label,
        names,
        open_when_restricted=restricted,
        changes_when_ended=ended,
    )


SERVICES = (_service("home", "Accueil", "home"),)
