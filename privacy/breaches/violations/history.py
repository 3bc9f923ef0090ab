"""The field history of breaches: who wrote what, from what to what, before a file froze it."""

from auditlog.registry import auditlog

from privacy.breaches.violations.models import Breach

auditlog.register(Breach)
