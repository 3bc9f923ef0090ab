"""What the data package tells of the journal: what the account did, and which of its fields it changed."""

from portals.accounts.export.registry import ACCOUNT, Told, register_rows
from privacy.audit.models import Entry, FieldChange
from privacy.breaches.models import Incident

register_rows(
    ACCOUNT,
    Told(Entry, "Journal de vos opérations", lambda scope: Entry.objects.filter(account_id=scope.account.pk)),
    Told(FieldChange, "Champs que vous avez modifiés", lambda scope: FieldChange.objects.filter(actor=scope.account)),
    Told(Incident, "Incidents de sécurité", lambda scope: Incident.objects.filter(account_id=scope.account.pk)),
)
