"""Who may read the vault: named one by one, in a table that neither the portals nor the owner can write or read."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from django.db import connections, transaction

from portals.accounts.models import Account
from portals.gestion.roles import Role
from privacy.audit import record
from privacy.vault.opening import ALIAS, can_open

CURRENT = "SELECT duty FROM vault.reader WHERE account_id = %s AND ended_at IS NULL"
ALL = "SELECT account_id, duty, since FROM vault.reader WHERE ended_at IS NULL ORDER BY duty, since"
NAME = "INSERT INTO vault.reader (account_id, duty, named_by) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
END = "UPDATE vault.reader SET ended_at = now() WHERE account_id = %s AND duty = ANY(%s) AND ended_at IS NULL"


class Duty(StrEnum):
    ADVISER = "adviser"
    ASSISTANT = "assistant"


WORDS = {Duty.ADVISER: "médecin-conseil", Duty.ASSISTANT: "assistant du médecin-conseil"}
GROUPS = {Duty.ADVISER: Role.MEDICAL_ADVISER, Duty.ASSISTANT: Role.MEDICAL_ASSISTANT}


@dataclass(frozen=True)
class Reader:
    """Somebody named, since an instant."""

    account: Account
    duty: Duty
    since: datetime.datetime

    @property
    def words(self) -> str:
        return WORDS[self.duty]


class NotNameable(Exception):
    """The account is not an active member of staff of the right group, or is named already."""


def duty_of(account: Account) -> Duty | None:
    """What an account may do here; None for nobody's reader.

    It takes the group, an active staff account, and the name in the table: whoever gives groups opens nothing.
    """
    if not (can_open() and account.is_staff and account.is_active and _groups_of(account)):
        return None
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(CURRENT, [account.pk])
        found = cursor.fetchone()
    duty = Duty(found[0]) if found else None
    return duty if duty is not None and GROUPS[duty].value in _groups_of(account) else None


def current_readers() -> list[Reader]:
    """Everybody who is named, the adviser first."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(ALL)
        rows = cursor.fetchall()
    accounts = Account.objects.in_bulk([row[0] for row in rows])
    return [Reader(accounts[number], Duty(duty), since) for number, duty, since in rows if number in accounts]


def nameable_assistants() -> list[Account]:
    """Active staff of the assistants' group who are not named yet."""
    named = {reader.account.pk for reader in current_readers()}
    group = GROUPS[Duty.ASSISTANT].value
    found = Account.objects.filter(is_staff=True, is_active=True, groups__name=group).order_by("display_name")
    return [account for account in found if account.pk not in named]


def name(*, by: Account | None, account: Account, duty: Duty) -> None:
    """Let an account read. `by` None: the ceremony, on the machine that holds the keys. Raises NotNameable."""
    if not (account.is_staff and account.is_active and GROUPS[duty].value in _groups_of(account)):
        raise NotNameable
    with transaction.atomic(), transaction.atomic(using=ALIAS), connections[ALIAS].cursor() as cursor:
        cursor.execute(NAME, [account.pk, duty.value, by.pk if by else None])
        if not cursor.rowcount:
            raise NotNameable
        record("vault.reader_named", by=by, object_kind="account", object_id=account.pk, details={"duty": duty.value})


def end(*, by: Account | None, account: Account, duties: tuple[Duty, ...] = tuple(Duty)) -> bool:
    """Take the right back, at once; whether there was one."""
    with transaction.atomic(), transaction.atomic(using=ALIAS), connections[ALIAS].cursor() as cursor:
        cursor.execute(END, [account.pk, [duty.value for duty in duties]])
        ended = bool(cursor.rowcount)
        if ended:
            record("vault.reader_ended", by=by, object_kind="account", object_id=account.pk)
    return ended


def _groups_of(account: Account) -> set[str]:
    """Which of the two groups the account is in."""
    ours = [role.value for role in GROUPS.values()]
    return set(account.groups.filter(name__in=ours).values_list("name", flat=True))
