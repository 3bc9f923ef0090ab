"""The antivirus, before sealing: afterwards no process of the portals can look at a document any more."""

from collections.abc import Iterable

from django.conf import settings

from portals.documents.scanning import ScanFailed, infected
from portals.documents.uploads import CleanFile


class Infected(Exception):
    """clamd finds something in a document."""


class NotScanned(Exception):
    """There is an antivirus, and it does not answer: nothing goes in unseen."""


def scan(files: Iterable[CleanFile]) -> None:
    """Raises Infected, NotScanned. Does nothing without clamd: documents are redrawn or rewritten in any case."""
    if not settings.CLAMD_SOCKET:
        return
    try:
        if any(infected(file.content, settings.CLAMD_SOCKET) for file in files):
            raise Infected
    except ScanFailed as error:
        raise NotScanned from error
