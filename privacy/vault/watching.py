"""Looking each day whether anybody but the role `vault` has come to hold rights on its tables (PDP-7.6)."""

import datetime
import secrets

from django.db import connection, transaction

from portals.jobs.schedules import daily
from privacy.breaches.actions import open_incident
from privacy.breaches.models import Incident, IncidentState, Kind, Source

MAY_READ = ("vault", "backup")
"""`backup` copies what is sealed, and holds no key."""
# Whoever may read a table of the vault, by a right of their own or by taking the role on; superusers are the machine's.
EXPOSED = """
    SELECT DISTINCT role.rolname FROM pg_roles role, pg_class kept
    WHERE kept.relnamespace = 'vault'::regnamespace AND kept.relkind = 'r'
        AND NOT role.rolsuper AND role.rolname <> ALL(%s) AND role.rolname NOT LIKE 'pg\\_%%'
        AND (has_table_privilege(role.oid, kept.oid, 'SELECT') OR pg_has_role(role.oid, 'vault', 'SET'))
    ORDER BY 1
"""
FOUND = "Droits de lecture sur le coffre médical trouvés chez d’autres rôles de la base\u00a0: {roles}."


def exposed_to() -> list[str]:
    """Roles of the database that may read the vault's tables and should not."""
    with connection.cursor() as cursor:
        cursor.execute(EXPOSED, [list(MAY_READ)])
        return [row[0] for row in cursor.fetchall()]


@transaction.atomic
def watch(_planned_for: datetime.datetime) -> None:
    """Open an incident when a role has come to read the vault; one at a time."""
    roles = exposed_to()
    if roles and not Incident.objects.filter(kind=Kind.VAULT_EXPOSED, state=IncidentState.OPEN).exists():
        open_incident(
            by=None,
            reference=f"CM-{secrets.token_hex(4).upper()}",
            source=Source.VAULT_WATCH,
            kind=Kind.VAULT_EXPOSED,
            account_id=None,
            note=FOUND.format(roles=", ".join(roles)),
        )


daily("vault.watch", at=datetime.time(4, 5), run=watch)
