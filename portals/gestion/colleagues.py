"""Who works here: staff accounts opened, and the roles that are given and taken back (PDP-7.3).

Nobody gives a role to themselves, so the last security officer cannot remove their own either.
"""

from collections.abc import Collection

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction

from portals.accounts.actions import open_account_without_grant
from portals.accounts.models import Account, Space
from portals.accounts.security.notices import notify_security_change
from portals.accounts.security.sessions import end_every_session
from portals.gestion.actions import NothingToDo
from portals.gestion.permissions import may
from portals.gestion.roles import Role
from portals.signals import announce

HIRE = "portals.hire_account"
ASSIGN = "portals.assign_account"


def can_assign(by: Account, account: Account) -> bool:
    """Whether staff may give or take back the roles of this account: another member of staff's, never their own."""
    return account.is_staff and may(by, ASSIGN, account)


@transaction.atomic
def open_staff_account(*, by: Account, email: str, display_name: str, roles: Collection[str]) -> Account:
    """A staff account with these roles. The two e-mails of any opening leave; a second factor is asked of all staff.

    `roles` are values of `Role`. Raises PermissionDenied.
    """
    if not by.has_perm(HIRE):
        raise PermissionDenied
    account = open_account_without_grant(by=by, space=Space.STAFF, email=email, display_name=display_name)
    account.is_staff = True
    account.save(update_fields=["is_staff"])
    _set_roles(by, account, roles)
    return account


@transaction.atomic
def assign_roles(*, by: Account, account: Account, roles: Collection[str]) -> None:
    """Give the account exactly these roles (values of `Role`). Its sessions end, and its owner is told by e-mail.

    Raises PermissionDenied, or NothingToDo when it has them already.
    """
    if not can_assign(by, account):
        raise PermissionDenied
    Account.objects.select_for_update(of=("self",)).get(pk=account.pk)  # two officers at once wait for one another
    if not _set_roles(by, account, roles):
        raise NothingToDo("Ce compte a déjà exactement ces rôles.")
    end_every_session(account)
    notify_security_change(account, "roles_changed")


class LastOfficer(ValueError):
    """Nobody would be left to give and take back roles."""


@transaction.atomic
def withdraw_role(*, by: Account, account: Account, role: str) -> None:
    """Take back one role after a review; an empty one stands for what was given outside roles.

    The caller has checked the right to review this account. Its sessions end, and its owner is told by e-mail. Raises
    PermissionDenied for one's own role, LastOfficer for that of the only security officer.
    """
    if by.pk == account.pk:
        raise PermissionDenied
    # Every security officer's row is held, so that two reviews at once do not leave none.
    officers = Account.objects.select_for_update(of=("self",)).filter(groups__name=Role.SECURITY.value).order_by("pk")
    others = [one for one in officers if one.pk != account.pk and one.is_active and one.locked_at is None]
    if role == Role.SECURITY and not others:
        raise LastOfficer
    if role in set(Role):
        _set_roles(by, account, set(roles_of(account)) - {role})
    else:
        account.groups.remove(*account.groups.filter(name=role))  # a group that the table of roles does not have
        if not role:
            account.user_permissions.clear()
        announce("account.roles_changed", by=by, object_kind="account", object_id=account.pk)
    end_every_session(account)
    notify_security_change(account, "roles_changed")


def roles_of(account: Account) -> list[str]:
    """The roles that an account holds, in the order of `Role`."""
    held = set(account.groups.values_list("name", flat=True))
    return [role.value for role in Role if role.value in held]


def _set_roles(by: Account, account: Account, roles: Collection[str]) -> bool:
    """Whether anything changed; the journal names what was given and what was taken back."""
    held, wanted = set(roles_of(account)), {Role(role).value for role in roles}
    if held == wanted:
        return False
    account.groups.set(Group.objects.filter(name__in=wanted))
    changes = {"given": wanted - held, "removed": held - wanted}
    details = {name: ", ".join(sorted(changed)) for name, changed in changes.items() if changed}
    announce("account.roles_changed", by=by, object_kind="account", object_id=account.pk, details=details)
    return True
