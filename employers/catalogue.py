"""The services of the employer space (CGU-3), as roles, suspensions and the read-only years name them."""

from django.utils import timezone

from employers.companies.queries import access_of
from employers.permissions import MANDATABLE, ServiceCode, may_change, may_see
from employers.users.queries import scope_of
from portals.access.models import Basis, Grant
from portals.access.services import Service
from portals.accounts.models import Space


def _service(code: ServiceCode, label: str, *views: str, restricted: bool = False, ended: bool = False) -> Service:
    """`restricted` and `ended`: what stays open then (`Service`)."""
    names = frozenset(f"employers:{view}" for view in views)
    return Service(code.value, Space.EMPLOYER, label, names, open_when_restricted=restricted, changes_when_ended=ended)


SERVICES = (
    _service(ServiceCode.HOME, "Accueil", "home"),
    # Rights are withdrawn in the read-only years as before; the views refuse to give new ones.
    _service(
        ServiceCode.USERS,
        "Utilisateurs",
        "users",
        "user",
        "user_role",
        "user_revoke",
        "user_invite",
        "invitation_send_again",
        "invitation_withdraw",
        "user_mandate",
        "user_prolong",
        ended=True,
    ),
)


def allows(grant: Grant, service: Service, changes: bool) -> bool:
    """The rule of the space: the table of roles and, for a filing agent, the scope of the mandate."""
    reads_scope = grant.basis == Basis.MANDATE and service.code in MANDATABLE
    today = timezone.localdate()
    scope = scope_of(grant, today) if reads_scope else frozenset()
    if changes and reads_scope and access_of(grant.tenant_id, today).ended_on:
        return False  # an agent changes nothing where the company itself no longer may
    return (may_change if changes else may_see)(grant, service.code, scope)
