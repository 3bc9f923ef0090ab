"""How a signed-in request comes in: grant, terms, restrictions, switches and the row-level context, in one statement.

Every page pays for this statement, so it is written by hand: `GrantQuerySet.open_on` and
`RestrictionQuerySet.in_force` say the same to the ORM.
"""

import datetime
import json
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from portals.access import isolation
from portals.access.models import Grant
from portals.access.reference import current
from portals.access.services import Position, Service, label_of
from portals.accounts.models import Account
from portals.editorial.availability.rules import ANNOUNCED_FOR
from portals.history import actor

ACTING_GRANT = "acting_grant"
"""In the session: the grant that an account with several has chosen to act by."""

COLUMNS = [column.attname for column in Grant._meta.concrete_fields]
ENTER = f"""
    SELECT (SELECT number FROM portals_termsversion WHERE id = %(accepted)s),
           (SELECT id FROM portals_termsversion WHERE effective_at <= %(now)s ORDER BY number DESC LIMIT 1),
           (SELECT json_agg(json_build_object('id', id, 'kind', kind, 'services', services, 'reason', reason,
                                              'begins_at', begins_at, 'ends_at', ends_at) ORDER BY begins_at, id)
            FROM portals_restriction
            WHERE account_id = %(account)s AND lifted_at IS NULL AND begins_at <= %(now)s
              AND (ends_at IS NULL OR ends_at > %(now)s)),
           (SELECT json_build_object('message', message, 'closes_at', closes_at, 'export_until', export_until)
            FROM portals_withdrawal
            WHERE space = %(space)s AND cancelled_at IS NULL AND announced_at <= %(now)s),
           request.is_ended,
           (SELECT due_at FROM portals_deletion
            WHERE account_id = %(account)s AND cancelled_at IS NULL AND done_at IS NULL),
           (SELECT json_build_object('number', number, 'effective_at', effective_at)
            FROM portals_termsversion WHERE effective_at > %(now)s ORDER BY effective_at, number DESC LIMIT 1),
           (SELECT json_agg(json_build_object('service', service, 'position', position, 'words', words,
                                              'begins_at', begins_at, 'ends_at', ends_at)
                            ORDER BY ends_at DESC NULLS FIRST, id)
            FROM portals_serviceswitch
            WHERE space = %(space)s AND cancelled_at IS NULL AND begins_at <= %(now)s
              AND (ends_at IS NULL OR ends_at > %(now)s)),
           (SELECT json_build_object('begins_at', begins_at, 'ends_at', ends_at)
            FROM portals_interruption
            WHERE nature = 'maintenance' AND cancelled_at IS NULL AND ends_at > %(now)s
              AND begins_at <= %(announced_until)s ORDER BY begins_at, id LIMIT 1),
           (SELECT json_agg(json_build_object('sentence', sentence, 'path', path) ORDER BY placed_at, id)
            FROM portals_alert WHERE account_id = %(account)s AND read_at IS NULL),
           set_config('{isolation.ACCOUNT_SETTING}', CASE WHEN request.is_ended THEN '' ELSE %(account)s::text END, true),
           set_config('{actor.ACCOUNT}', CASE WHEN request.is_ended THEN '' ELSE %(account)s::text END, true),
           set_config('{actor.OPERATION}', %(reference)s, true),
           {isolation.setting_sql("entered.space", "entered.tenant_id")},
           {", ".join(f"entered.{column}" for column in COLUMNS)}
    FROM (
        SELECT EXISTS (
            SELECT FROM portals_accountsession WHERE id = %(session)s AND ended_at IS NOT NULL
        ) AS is_ended
    ) AS request LEFT JOIN (
        SELECT * FROM portals_grant
        WHERE account_id = %(account)s AND space = %(space)s AND revoked_at IS NULL
          AND since <= %(today)s AND (closes_on IS NULL OR closes_on > %(today)s)
        ORDER BY id = %(chosen)s DESC, basis IN ('representation', 'mandate'), closes_on DESC NULLS FIRST, id
        LIMIT 1
    ) AS entered ON NOT request.is_ended
"""  # noqa: S608 names of our own settings and columns, no outside text


@dataclass(frozen=True)
class Standing:
    """A restriction in force, as pages say it. Empty `services`: all of them."""

    id: int
    kind: str
    services: tuple[str, ...]
    reason: str
    begins_at: datetime.datetime
    ends_at: datetime.datetime | None

    def stops(self, service_code: str) -> bool:
        return not self.services or service_code in self.services

    @property
    def labels(self) -> list[str]:
        """What its services are called; empty when all of them are meant."""
        return [label_of(code) for code in self.services]


@dataclass(frozen=True)
class Switched:
    """What the mutual has decided of a service of the space, for everybody in it (CGU-3.1)."""

    service: str
    position: str
    words: str
    begins_at: datetime.datetime
    ends_at: datetime.datetime | None

    @property
    def label(self) -> str:
        return label_of(self.service)


@dataclass(frozen=True)
class Closing:
    """The announced end of a space's services."""

    message: str
    closes_at: datetime.datetime
    export_until: datetime.datetime

    def stops(self, now: datetime.datetime, *, may_remain: bool) -> bool:
        """Whether a service is over; what may remain lasts until the end of the export window."""
        return now >= (self.export_until if may_remain else self.closes_at)


@dataclass(frozen=True)
class StandingAlert:
    """What the holder has to read, and where (`portals.alerts`)."""

    sentence: str
    path: str


@dataclass(frozen=True)
class AnnouncedTerms:
    """The next version of the terms, published and not yet in force."""

    number: int
    effective_at: datetime.datetime


@dataclass(frozen=True)
class Maintenance:
    """A planned closing of the whole site, announced in advance (CGU-4.1)."""

    begins_at: datetime.datetime
    ends_at: datetime.datetime


@dataclass(frozen=True)
class Entry:
    """What a request enters with: its grant, the terms that it accepted and those in force, what restricts it.

    `is_ended`: its session was ended from elsewhere, and opens nothing whatever the store of sessions still holds.
    `deletion_due_at`: when the account goes, as its holder asked. `switches`: of the space, those in force.
    """

    grant: Grant | None = None
    accepted_number: int | None = None
    terms_in_force_id: int | None = None
    restrictions: tuple[Standing, ...] = field(default=())
    closing: Closing | None = None
    is_ended: bool = False
    deletion_due_at: datetime.datetime | None = None
    announced_terms: AnnouncedTerms | None = None
    switches: tuple[Switched, ...] = field(default=())
    maintenance: Maintenance | None = None
    alerts: tuple[StandingAlert, ...] = field(default=())

    def switch_of(self, service: Service | None) -> Switched | None:
        """What closes a service to everybody now; of two switches, the one that lasts longest."""
        if service is None or not service.may_be_switched_off:
            return None
        standing = (switch for switch in self.switches if switch.service == service.code)
        return next((switch for switch in standing if switch.position != Position.NEW), None)


NOBODY = Entry()


def enter(
    account: Account, now: datetime.datetime, *, chosen_grant_id: int | None = None, session_id: int | None = None
) -> Entry:
    """Set the running transaction's context to the tenant of the grant; without an open grant, no rows.

    The grant chosen for the session comes first, then the account's own before those it represents others by.
    `session_id` is the session's row: nothing opens for one that was ended.
    """
    if not connection.in_atomic_block:
        raise isolation.OutsideTransaction
    with connection.cursor() as cursor:
        cursor.execute(
            ENTER,
            {
                "account": account.pk,
                "space": account.space,
                "accepted": account.accepted_terms_id,
                "now": now,
                "today": timezone.localdate(now),
                "chosen": chosen_grant_id or 0,
                "session": session_id or 0,
                "reference": current().reference,
                "announced_until": now + ANNOUNCED_FOR,
            },
        )
        row = cursor.fetchall()[0]  # always one, whatever it joins
    accepted_number, terms_in_force_id, restrictions, closing, is_ended, deletion_due_at, announced, switches = row[:8]
    maintenance = row[8]
    alerts = row[9]
    values = row[-len(COLUMNS) :]
    return Entry(
        grant=Grant.from_db(connection.alias, COLUMNS, values) if values[0] is not None else None,
        accepted_number=accepted_number,
        terms_in_force_id=terms_in_force_id,
        restrictions=tuple(_standing(values) for values in _read(restrictions) or ()),
        closing=_closing(_read(closing)) if closing else None,
        is_ended=is_ended,
        deletion_due_at=deletion_due_at,
        announced_terms=_announced(_read(announced)) if announced else None,
        switches=tuple(_switched(values) for values in _read(switches) or ()),
        maintenance=_maintenance(_read(maintenance)) if maintenance else None,
        alerts=tuple(StandingAlert(values["sentence"], values["path"]) for values in _read(alerts) or ()),
    )


def entry_of(request: HttpRequest) -> Entry:
    """What this request entered with; nobody's entry before `IsolationMiddleware` or when signed out."""
    entry = getattr(request, "entry", NOBODY)
    return entry if isinstance(entry, Entry) else NOBODY


def grant_of(request: HttpRequest) -> Grant:
    """The open grant that the request acts by. Raises PermissionDenied without one."""
    grant = entry_of(request).grant
    if grant is None:
        raise PermissionDenied("Votre accès à cet espace est terminé ou n’a pas encore commencé.")
    return grant


def account_of(request: HttpRequest) -> Account:
    """The account that makes the request. Raises PermissionDenied for nobody, whom the sign-in page stops before."""
    if not isinstance(request.user, Account):
        raise PermissionDenied
    return request.user


def _read(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _instant(text: str | None) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(text) if text else None


def _standing(values: dict[str, Any]) -> Standing:
    return Standing(
        id=values["id"],
        kind=values["kind"],
        services=tuple(values["services"]),
        reason=values["reason"],
        begins_at=datetime.datetime.fromisoformat(values["begins_at"]),
        ends_at=_instant(values["ends_at"]),
    )


def _switched(values: dict[str, Any]) -> Switched:
    return Switched(
        service=values["service"],
        position=values["position"],
        words=values["words"],
        begins_at=datetime.datetime.fromisoformat(values["begins_at"]),
        ends_at=_instant(values["ends_at"]),
    )


def _maintenance(values: dict[str, Any]) -> Maintenance:
    return Maintenance(*(datetime.datetime.fromisoformat(values[name]) for name in ("begins_at", "ends_at")))


def _closing(values: dict[str, Any]) -> Closing:
    return Closing(
        message=values["message"],
        closes_at=datetime.datetime.fromisoformat(values["closes_at"]),
        export_until=datetime.datetime.fromisoformat(values["export_until"]),
    )


def _announced(values: dict[str, Any]) -> AnnouncedTerms:
    return AnnouncedTerms(values["number"], datetime.datetime.fromisoformat(values["effective_at"]))
