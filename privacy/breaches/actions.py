"""Opening an incident, in the transaction of what revealed it."""

from typing import Any

from portals.accounts.models import Account
from portals.signals import Details
from privacy.audit import record
from privacy.breaches.models import Incident, Kind, Source

SIGNED_IN = "Signalé depuis l’espace, par le compte lui-même."
LOOKUPS_STOPPED = (
    "Règle franchie\u00a0: {pattern}. Service arrêté pour {accounts}\u00a0compte(s) du professionnel n°\u00a0{professional}."
    " Les personnes dont la carte a été montrée sont dans le journal."
)
SIGNED_OUT = "Signalé sans connexion, par quelqu’un qui connaît l’identifiant et la preuve du titulaire."


def open_incident(
    *, by: Account | None, reference: str, source: Source, kind: Kind, account_id: int | None, note: str
) -> Incident:
    """Open an incident and note it in the journal. Call it inside the transaction of the event."""
    incident = Incident.objects.create(reference=reference, source=source, kind=kind, account_id=account_id, note=note)
    record("incident.opened", by=by, object_kind="incident", object_id=incident.pk, details={"source": source.value})
    return incident


def on_operation(
    *, action: str, by: Account | None, object_id: int | str, details: Details, signal: Any, sender: Any, **_rest: Any
) -> None:
    """A fraud report that blocked an account opens an incident of the same number (CGU-2.7); so does a practice whose
    verification of rights was stopped (PDP-7.6), with the account whose question crossed the line."""
    if action == "rights.abuse_found":
        open_incident(
            by=None,
            reference=str(details["incident"]),
            source=Source.RIGHTS_LOOKUP,
            kind=Kind.LOOKUP_ABUSE,
            account_id=by.pk if by else None,
            note=LOOKUPS_STOPPED.format(
                professional=object_id, pattern=details["pattern"], accounts=details["accounts"]
            ),
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
