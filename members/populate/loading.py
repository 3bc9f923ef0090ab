"""Loads the files of a portfolio through the feed engine, like any file from outside."""

from collections.abc import Iterator
from pathlib import Path

from portals import feeds
from portals.feeds.counts import FeedCounts
from portals.feeds.kinds import names

ACTOR = "populate"


def load_files(files: dict[str, Path]) -> Iterator[tuple[str, FeedCounts | None]]:
    """Loads each file in order and says what became of its rows; None for a kind that no room has declared.

    Rejected rows, if any, are written beside the file as `<kind>-rejects.csv`. Raises `FeedRefused` when a feed stops.
    """
    known = set(names())
    for kind, path in files.items():
        if kind not in known:
            yield kind, None
            continue
        yield kind, feeds.load(kind, path, rejects=path.with_name(f"{kind}-rejects.csv"), actor=ACTOR)
