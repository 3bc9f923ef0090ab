"""Verifying the journal, and keeping what was found for the DPO's home."""

from collections.abc import Callable

from privacy.audit.verifying import Broken, Verified, verify
from privacy.desk.models import JournalCheck


def check_journal(progress: Callable[[int], object] | None = None) -> Verified:
    """Verify every entry, seal and checkpoint and keep the result; raises `Broken` when something was altered."""
    try:
        found = verify(progress)
    except Broken as broken:
        JournalCheck.objects.create(broken=broken.reason[:200])
        raise
    JournalCheck.objects.create(entries=found.entries)
    return found
