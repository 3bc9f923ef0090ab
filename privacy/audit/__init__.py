"""The operations journal. `record` is its only door."""

from privacy.audit.actions import record

__all__ = ["record"]
