"""The timeline of an incident: one line for each thing done about it, in the transaction of that thing (PDP-7.7)."""

from portals.accounts.models import Account
from privacy.audit import record
from privacy.breaches.models import Incident, IncidentStep, StepKind


def note(incident: Incident, kind: StepKind, *, by: Account | None, words: str = "") -> IncidentStep:
    """Add a line, and its entry in the journal, which keeps the kind and never the words."""
    step = IncidentStep.objects.create(incident=incident, by=by, kind=kind, words=words.strip())
    record(
        "incident.followed", by=by, object_kind="incident", object_id=incident.pk,
        details={"step": kind.value, "drill": int(incident.is_drill)},
    )  # fmt: skip
    return step
