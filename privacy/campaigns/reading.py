"""The database role that campaigns read people with. It was granted the contract, and never a table of care (PDP-4.1).

    with reading.contract_only():
        …  # a statement on a table of care is refused by PostgreSQL itself

Migrations grant it, column by column (`privacy.0007`, `members`): whatever table comes later is closed to it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from portals.access import isolation

ROLE = "campaigns"


@contextmanager
def contract_only() -> Iterator[None]:
    """What runs inside reads as `campaigns`, with every person's rows, and writes nothing.

    The row context is the system's: a campaign is nobody's tenant. The former role comes back at the end; after an
    error, with the savepoint.
    """
    with isolation.system(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role')")
        before = cursor.fetchone()
        cursor.execute("SELECT set_config('role', %s, true)", [ROLE])
        yield
        cursor.execute("SELECT set_config('role', %s, true)", before)
