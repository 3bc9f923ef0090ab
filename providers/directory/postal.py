"""Postcodes for the forms of every space (`portals.postal`)."""

from providers.directory.models import Place


def communes_of(postcode: str) -> list[str] | None:
    """The communes of a postcode, the most populated first; None while no place is loaded. One query, two at most."""
    found = Place.objects.filter(postcodes__contains=[postcode]).order_by("-population", "code")
    names = list(found.values_list("name", flat=True))
    return names if names or Place.objects.exists() else None
