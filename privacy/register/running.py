"""Whether a processing may run: at once when it is not sensitive, once assessed and switched on when it is (PDP-4.9).

One indexed read each time, so that switching off works at the very next request, on every machine.
"""

from django.core.exceptions import PermissionDenied
from django.db import connection

from privacy.register.declared import processing_of

# Pages at a counter pay for this one, so it is written by hand rather than made again by the ORM each time.
IS_ACTIVE = "SELECT EXISTS (SELECT FROM privacy_activation WHERE processing = %s AND ended_at IS NULL)"


class NotRunning(PermissionDenied):
    """This sensitive processing has no validated impact assessment in force, or was switched off."""


def may_run(code: str) -> bool:
    """Raises UnknownProcessing: what is not in the register does not run at all (PDP-3.1)."""
    processing = processing_of(code)
    if processing.is_owed or not processing.sensitive:
        return True
    with connection.cursor() as cursor:
        cursor.execute(IS_ACTIVE, (str(code),))
        is_active: bool = cursor.fetchall()[0][0]
    return is_active


def demand(code: str) -> None:
    """Raises NotRunning when it may not run, UnknownProcessing when the register does not know it."""
    if not may_run(code):
        raise NotRunning(f"{processing_of(code).title}\u00a0: ce traitement n’est pas en service.")
