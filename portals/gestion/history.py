"""Field history (security.md): what staff change, from what to what. Its model is `privacy.FieldChange`.

The free texts of a measure stay in its own row, which nothing deletes; an account's fields are not followed here, so
that signing up and signing in cost nothing more: only its roles are.
"""

from auditlog.registry import AuditlogModelRegistry, auditlog

from portals.access.models import Restriction, Withdrawal
from portals.access.reference import current
from portals.accounts.models import Account
from portals.editorial.information.models import Article
from portals.editorial.switches.models import ServiceSwitch

only_roles = AuditlogModelRegistry(create=False, update=False, delete=False, access=False, m2m=True)


def follow() -> None:
    """Called once, when the app is ready."""
    auditlog.register(Restriction, exclude_fields=["reason", "lift_reason"])
    auditlog.register(Withdrawal, exclude_fields=["message"])
    auditlog.register(ServiceSwitch, exclude_fields=["words"])
    auditlog.register(Article, include_fields=["topic", "audiences", "number", "published_at"])
    only_roles.register(Account, include_fields=["groups"], m2m_fields={"groups"})


def reference_of_request() -> str:
    """What ties a change to the journal's entry of the same request (`AUDITLOG_CID_GETTER`)."""
    return current().reference
