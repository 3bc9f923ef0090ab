"""Opening an incident, in the transaction of what revealed it; qualifying, following and closing it."""

import secrets
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from portals.access.models import Grant
from portals.access.reference import ALPHABET
from portals.accounts.models import Account, Space
from portals.signals import Details
from privacy.audit import record
from privacy.breaches.models import Incident, IncidentState, Kind, Severity, Source, StepKind
from privacy.breaches.timeline import note as step

SIGNED_IN = "Signalé depuis l’espace, par le compte lui-même."
LOOKUPS_STOPPED = (
    "Règle franchie\u00a0: {pattern}. Service arrêté pour {accounts}\u00a0compte(s) du professionnel n°\u00a0{professional}."
    " Les personnes dont la carte a été montrée sont dans le journal."
)
SIGNED_OUT = "Signalé sans connexion, par quelqu’un qui connaît l’identifiant et la preuve du titulaire."
DRAWN = 6


class Closed(Exception):
    """The incident is closed: its record is not touched any more."""


class BreachStands(Exception):
    """It is a breach of personal data: the breach is closed, and the incident with it."""


def open_incident(
    *,
    by: Account | None,
    reference: str,
    source: Source,
    kind: Kind,
    account_id: int | None,
    note: str,
    suspects: Collection[int] = (),
    is_drill: bool = False,
) -> Incident:
    """Open an incident and note it in the journal. Call it inside the transaction of the event."""
    incident = Incident.objects.create(
        reference=reference, source=source, kind=kind, account_id=account_id, note=note, is_drill=is_drill,
        suspects=sorted({*suspects, *([account_id] if account_id else [])}),
    )  # fmt: skip
    record("incident.opened", by=by, object_kind="incident", object_id=incident.pk, details={"source": source.value})
    step(incident, StepKind.OPENED, by=by, words=note)
    return incident


@transaction.atomic
def report(*, by: Account, kind: Kind, words: str, suspects: Collection[int] = (), is_drill: bool = False) -> Incident:
    """A member of staff reports something, or begins a drill. The number is drawn: it tells nobody how many there are."""
    prefix = "EX" if is_drill else "IN"
    return open_incident(
        by=by,
        reference=f"{prefix}-{timezone.localdate():%y%m%d}-{''.join(secrets.choice(ALPHABET) for _ in range(DRAWN))}",
        source=Source.STAFF,
        kind=kind,
        account_id=None,
        note=words.strip(),
        suspects=suspects,
        is_drill=is_drill,
    )


@transaction.atomic
def qualify(*, by: Account, incident: Incident, severity: Severity, words: str) -> None:
    """Say how grave it is, and why. Raises Closed."""
    held = _open(incident)
    held.severity = severity
    held.save(update_fields=["severity"])
    step(held, StepKind.QUALIFIED, by=by, words=f"{severity.label}. {words}")


@transaction.atomic
def add_note(*, by: Account, incident: Incident, words: str) -> None:
    """A line of the timeline in somebody's own words. Raises Closed."""
    step(_open(incident), StepKind.NOTED, by=by, words=words)


@transaction.atomic
def suspect(*, by: Account, incident: Incident, account: Account) -> None:
    """Count an account among those whose doings are in question. Raises Closed."""
    held = _open(incident)
    held.suspects = sorted({*held.suspects, account.pk})
    held.save(update_fields=["suspects"])
    step(held, StepKind.NOTED, by=by, words=f"Compte {account.identifier} ajouté aux comptes en cause.")


@transaction.atomic
def close(*, by: Account, incident: Incident, reason: str) -> None:
    """It breached nobody's data, and this is why. Raises Closed or BreachStands."""
    held = _open(incident)
    if hasattr(held, "breach"):
        raise BreachStands
    close_with(held, by=by, words=reason)


def close_with(incident: Incident, *, by: Account, words: str) -> None:
    """End the incident, in the caller's transaction."""
    Incident.objects.filter(pk=incident.pk).update(state=IncidentState.CLOSED)
    step(incident, StepKind.CLOSED, by=by, words=words)


def _open(incident: Incident) -> Incident:
    held = Incident.objects.select_for_update().get(pk=incident.pk)
    if held.state != IncidentState.OPEN:
        raise Closed
    return held


def on_operation(
    *, action: str, by: Account | None, object_id: int | str, details: Details, signal: Any, sender: Any, **_rest: Any
) -> None:
    """A fraud report that blocked an account opens an incident of the same number (CGU-2.7); so does a practice whose
    verification of rights was stopped (PDP-7.6), with every account of it: the thief may have used another one."""
    if action == "rights.abuse_found":
        practice = Grant.objects.filter(space=Space.PROFESSIONAL, tenant_id=int(object_id))
        open_incident(
            by=None,
            reference=str(details["incident"]),
            source=Source.RIGHTS_LOOKUP,
            kind=Kind.LOOKUP_ABUSE,
            account_id=by.pk if by else None,
            note=LOOKUPS_STOPPED.format(
                professional=object_id, pattern=details["pattern"], accounts=details["accounts"]
            ),
            suspects=list(practice.values_list("account_id", flat=True)),
        )
    if action != "account.fraud_reported":
        return
    open_incident(
        by=by,
        reference=str(details["report"]),
        source=Source.FRAUD_REPORT,
        kind=Kind.ACCOUNT_MISUSE,
        account_id=int(object_id),
        note=SIGNED_IN if details["signed_in"] else SIGNED_OUT,
    )
