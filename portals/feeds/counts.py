"""What became of the rows of a file."""

from dataclasses import dataclass, replace
from typing import Self


@dataclass(frozen=True)
class FeedCounts:
    """`read = created + updated + unchanged + rejected` unless refused. `loaded`: written, not tried nor refused."""

    read: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    loaded: bool
    # The first rejects, for a screen: line, column, code, message.
    first_rejects: tuple[tuple[int, str, str, str], ...] = ()

    def not_loaded(self, *, nothing: bool) -> Self:
        """The same after a roll-back; `nothing`: the feed is refused, so that nothing would have been written."""
        if nothing:
            return replace(self, created=0, updated=0, unchanged=0, loaded=False)
        return replace(self, loaded=False)

    def __str__(self) -> str:
        return (
            f"read={self.read} created={self.created} updated={self.updated}"
            f" unchanged={self.unchanged} rejected={self.rejected}"
        )
