"""What the journal's operations are called in French, for whoever reads it. A test finds those that have no name.

The code of an operation is what is stored, so that a better wording never rewrites the journal.
"""

from privacy.audit.labels import (
    breaches,
    consultations,
    deaths,
    employers,
    erasure,
    investigations,
    members,
    portals,
    privacy,
    providers,
    retention,
    staff,
    statistics,
    vault,
)

LABELS = {
    **portals.LABELS,
    **privacy.LABELS,
    **breaches.LABELS,
    **vault.LABELS,
    **erasure.LABELS,
    **deaths.LABELS,
    **statistics.LABELS,
    **consultations.LABELS,
    **staff.LABELS,
    **retention.LABELS,
    **investigations.LABELS,
    **members.LABELS,
    **employers.LABELS,
    **providers.LABELS,
}


def label_of(action: str) -> str:
    """The operation in words; its code when a release that is gone wrote it."""
    return LABELS.get(action, action)
