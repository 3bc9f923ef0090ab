"""Whether a processing may run: at once when it is not sensitive, once assessed and switched on when it is (PDP-4.9).

One indexed read each time, so that switching off works at the very next request, on every machine.
"""

from django.core.exceptions import PermissionDenied

from privacy.register.assessments.models import Activation
from privacy.register.declared import processing_of


class NotRunning(PermissionDenied):
    """This sensitive processing has no validated impact assessment in force, or was switched off."""


def may_run(code: str) -> bool:
    """Raises UnknownProcessing: what is not in the register does not run at all (PDP-3.1)."""
    processing = processing_of(code)
    if processing.is_owed or not processing.sensitive:
        return True
    return Activation.objects.filter(processing=code, ended_at=None).exists()


def demand(code: str) -> None:
    """Raises NotRunning when it may not run, UnknownProcessing when the register does not know it."""
    if not may_run(code):
        raise NotRunning(f"{processing_of(code).title}\u00a0: ce traitement n’est pas en service.")
