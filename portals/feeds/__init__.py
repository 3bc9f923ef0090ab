"""The bulk import engine that every app's feeds use: `load` a file, `FeedKind` and its parts to declare one.

How a file is read, checked and written: docs/decisions/feeds.md.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portals.feeds.counts import FeedCounts
    from portals.feeds.loading import Progress


def load(
    kind: str,
    path: Path | str,
    *,
    dry_run: bool = False,
    strict: bool = False,
    rejects: Path | str | None = None,
    actor: str = "",
    progress: "Progress | None" = None,
) -> "FeedCounts":
    """See `portals.feeds.loading.load`, which needs the app registry."""
    from portals.feeds import loading

    return loading.load(kind, path, dry_run=dry_run, strict=strict, rejects=rejects, actor=actor, progress=progress)
