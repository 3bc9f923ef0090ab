"""Restriction of processing (GDPR, art. 18): what is held of somebody is kept, and used for nothing but what the law allows."""

from privacy.restriction.queries import is_frozen, thawed

__all__ = ["is_frozen", "thawed"]
