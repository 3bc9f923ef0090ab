"""Which communes a postcode is that of: asked by forms of any space, answered by the room that holds the table of places.

That room (`providers.directory`) stands above the members, who may not import it: it registers its answer here.
"""

from collections.abc import Callable, Sequence

type Gazetteer = Callable[[str], Sequence[str] | None]
"""The names of the communes of a postcode, the largest first; None while the table of places is empty."""

_gazetteers: list[Gazetteer] = []


def register(gazetteer: Gazetteer) -> None:
    if gazetteer not in _gazetteers:
        _gazetteers.append(gazetteer)


def communes_of(postcode: str) -> tuple[str, ...] | None:
    """The communes of a French postcode; empty for one that no commune has (a CEDEX), None when nobody can tell."""
    for gazetteer in _gazetteers:
        names = gazetteer(postcode)
        if names is not None:
            return tuple(names)
    return None
