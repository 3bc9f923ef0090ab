"""What each space puts into the archive. Spaces register here when their app is ready.

An exporter yields the files of one grant, as (path under the grant's folder, content). It runs in the row-level
context of the grant's tenant and gives what the grant's subject may see, nothing more. Streams are closed here.
"""

from collections.abc import Callable, Iterator
from typing import IO

from portals.access.models import Grant
from portals.accounts.models import Space

type Content = bytes | IO[bytes]
type Exporter = Callable[[Grant], Iterator[tuple[str, Content]]]

_exporters: dict[str, list[Exporter]] = {}


def register(space: Space, exporter: Exporter) -> None:
    """Add files to the archives of a space. Called from `AppConfig.ready`."""
    _exporters.setdefault(space, []).append(exporter)


def files_of(grant: Grant) -> Iterator[tuple[str, Content]]:
    """The files of a grant, in the order in which the exporters were registered."""
    for exporter in _exporters.get(grant.space, []):
        yield from exporter(grant)
