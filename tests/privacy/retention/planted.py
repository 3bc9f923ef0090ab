"""A row of every model that a rule lets go of, for two persons, with the day from which each delay runs, written by hand.

Rows are invented, as those of the erasure's canaries: what would refuse them is taken off their tables.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connections, models

from portals.access.models import Basis, Grant
from privacy.erasure.planning import ordered
from privacy.retention.registry import RowRule, rules
from privacy.rights.doubts import RightsProof
from tests.privacy.erasure import planted
from tests.privacy.erasure.planted import OWNER, Somebody, plant, somebody

FIRST = datetime.date(2026, 12, 1)
"""The day from which the first rule counts; each other counts from a day of its own."""
COVER_ENDS = datetime.date(2027, 6, 30)
SEEN_LAST = datetime.date(2029, 4, 3)

# Of each rule: the columns that hold the day it counts from, and what else makes the row one of its own.
COUNTED: Mapping[str, tuple[tuple[str, ...], Mapping[str, Any]]] = {
    "portals.sessions": (("began_at",), {}),
    "portals.mail_codes": (("created_at",), {}),
    "portals.email_changes": (("done_at", "asked_at"), {"cancelled_at": None}),
    "portals.account_requests": (("created_at",), {}),
    "portals.fraud_reports": (("received_at",), {}),
    "portals.restrictions": (("lifted_at",), {}),
    "portals.grants": (("closes_on",), {}),
    "portals.end_notices": (("closes_on",), {}),
    "portals.deletions": (("done_at",), {"cancelled_at": None}),
    "portals.bank_changes": (("done_at",), {"cancelled_at": None}),
    "portals.messages": (("thread.closed_at",), {"thread.state": "closed"}),
    "portals.staff_notes": (("thread.closed_at",), {}),
    "portals.threads": (("closed_at",), {"state": "closed"}),
    "portals.error_reports": (("decided_at",), {}),
    "portals.alerts": (("placed_at",), {}),
    "portals.export_links": (("expires_at",), {}),
    "portals.exports": (("requested_at",), {"state": "removed"}),
    "portals.export_transfers": (("done_at",), {}),
    "portals.jobs": (("finished_at",), {"state": "done"}),
    "portals.occurrences": (("scheduled_for",), {}),
    "portals.feed_runs": (("finished_at",), {}),
    "privacy.identity_proofs": (("received_on",), {"checked_at": None}),
    "privacy.rights_tasks": (("request.received_on",), {"request.state": "answered"}),
    "privacy.rights_decisions": (("request.received_on",), {}),
    "privacy.rights_pauses": (("request.received_on",), {}),
    "privacy.rights_proofs": (("request.received_on",), {}),
    "privacy.rights_requests": (("received_on",), {"state": "answered"}),
    "privacy.campaign_messages": (("made_at",), {}),
    "privacy.freezes": (("lifted_at",), {}),
    "privacy.anomalies": (("found_at",), {}),
    "privacy.disclosed_subjects": (("disclosure.received_on",), {"disclosure.state": "sent"}),
    "privacy.disclosures": (("received_on",), {"state": "sent"}),
    "privacy.charter_acknowledgements": (("at",), {}),
    "privacy.awareness_results": (("done_at",), {}),
    "privacy.review_lines": (("review.closed_at",), {}),
    "privacy.access_reviews": (("closed_at",), {}),
    "members.representations": (("ended_at",), {"state": "ended"}),
    "members.contact_changes": (("changed_at",), {}),
    "members.rights_looks": (("at",), {}),
    "employers.operation_items": (("operation.opened_at",), {}),
    "employers.operations": (("opened_at",), {}),
    "employers.departures": (("affiliation.end_date",), {"state": "done"}),
    "employers.employee_links": (("confirmed_at",), {}),
    "employers.affiliations": (("end_date",), {}),
    "employers.waiver_steps": (("waiver.ended_on",), {}),
    "employers.waiver_requests": (("waiver.ended_on",), {}),
    "employers.waivers": (("ended_on",), {"state": "ended"}),
    "employers.invitations": (("expires_at",), {"accepted_at": None, "revoked_at": None}),
    "employers.mandates": (("ends_on",), {}),
    "employers.line_disputes": (("line.slip.period_end",), {}),
    "employers.contribution_lines": (("slip.period_end",), {}),
    "employers.contribution_slips": (("period_end",), {}),
    "providers.delegations": (("expires_at",), {"accepted_at": None, "revoked_at": None}),
    "providers.rights_lookups": (("at",), {}),
    "providers.payment_complaints": (("opened_at",), {}),
}
ELSEWHERE = {
    "privacy.choices": "counted from another row: test_counted_elsewhere.py",
    "privacy.legal_holds": "what holds the others here",
    "privacy.row_changes": "written by triggers, at the instant of the database: test_counted_elsewhere.py",
    "privacy.field_changes": "written with what staff do, at the instant of the database: test_counted_elsewhere.py",
    "privacy.deliveries": "counted from a breach: test_counted_elsewhere.py",
    "privacy.concerned": "counted from a breach: test_counted_elsewhere.py",
}
"""Rules whose day cannot be written into a row of their own, with the test that holds them."""


@dataclass(frozen=True)
class Planted:
    """One row: its rule, its key, the day from which its delay runs, and whether it is the held person's."""

    rule: RowRule
    key: Any
    counted: datetime.date
    held: bool


def portfolio() -> tuple[Somebody, Somebody, list[Planted]]:
    """Somebody free and somebody held, and their rows."""
    free, held = (somebody(number, seed, ended_on=COVER_ENDS) for number, seed in (("70000001", 1), ("70000002", 2)))
    plant(free, held, ended_on=COVER_ENDS)
    for who in (free, held):
        who.rows[Grant] = _acting_for_somebody(who)
    row_rules = [rule for rule in rules() if isinstance(rule, RowRule) and rule.code in COUNTED]
    _free([rule.of for rule in row_rules])
    for rule in row_rules:
        _plant_alone(rule, free)
    days = _days(row_rules)
    found: list[Planted] = []
    for rule in row_rules:
        for who in (free, held):
            key = who.rows.get(rule.of)
            if key is not None and not any(one.rule is rule and one.key == key for one in found):
                _date(rule, key, days[rule.code])
                found.append(Planted(rule, key, days[rule.code], who is held))
    # Checked long ago: what is left of it goes with the request, not as a proof that nobody looked at.
    RightsProof.objects.using(OWNER).filter(pk=held.rows[RightsProof]).update(upload=None)
    with connections[OWNER].cursor() as cursor:
        cursor.execute("UPDATE portals_account SET last_login = %s, created_at = %s", [SEEN_LAST, FIRST])
        cursor.execute("UPDATE portals_grant SET ended_on = NULL")
        for table in ("privacy_legalhold", "privacy_retentionwarning", "privacy_archived", "privacy_rowchange"):
            cursor.execute(f"DELETE FROM {table}")
    return free, held, found


def _acting_for_somebody(who: Somebody) -> int:
    """A grant beside their own, which goes with the person."""
    grant = Grant(
        account=who.account, space="adherent", basis=Basis.REPRESENTATION, tenant_id=1, subject_id=900_000 + who.person.pk,
        since=FIRST,
    )  # fmt: skip
    grant.save(using=OWNER)
    return int(grant.pk)


def _days(row_rules: list[RowRule]) -> dict[str, datetime.date]:
    """A day for each rule; rules of rows that hang on one another count from one day."""
    days: dict[str, datetime.date] = {}
    for place, code in enumerate(sorted(rule.code for rule in row_rules)):
        days[code] = FIRST + datetime.timedelta(days=place)
    same = {
        "portals.messages": "portals.threads", "portals.staff_notes": "portals.threads",
        "privacy.rights_tasks": "privacy.rights_requests", "privacy.rights_decisions": "privacy.rights_requests",
        "privacy.disclosed_subjects": "privacy.disclosures", "privacy.review_lines": "privacy.access_reviews",
        "privacy.rights_pauses": "privacy.rights_requests", "privacy.rights_proofs": "privacy.rights_requests",
        "employers.operation_items": "employers.operations", "employers.departures": "employers.affiliations",
        "employers.waiver_steps": "employers.waivers", "employers.waiver_requests": "employers.waivers",
        "employers.line_disputes": "employers.contribution_slips",
        "employers.contribution_lines": "employers.contribution_slips",
    }  # fmt: skip
    return {code: days[same.get(code, code)] for code in days}


def _date(rule: RowRule, key: Any, day: datetime.date) -> None:
    """Write the day into the columns, of the row or of those on which it hangs."""
    columns, facts = COUNTED[rule.code]
    for path, value in [*((column, day) for column in columns), *facts.items()]:
        *steps, name = path.split(".")
        model, row = rule.of, key
        for step in steps:
            relation: Any = model._meta.get_field(step)
            row = model._base_manager.using(OWNER).values_list(relation.attname, flat=True).get(pk=row)
            model = relation.related_model
        model._base_manager.using(OWNER).filter(pk=row).update(**{name: _as(model, name, value)})


def _as(model: type[models.Model], name: str, value: Any) -> Any:
    """A day, as an instant of its afternoon where the column holds instants."""
    if isinstance(value, datetime.date) and isinstance(model._meta.get_field(name), models.DateTimeField):
        return datetime.datetime.combine(value, datetime.time(15), tzinfo=datetime.UTC)
    return value


def _plant_alone(rule: RowRule, who: Somebody) -> None:
    """A row of a model that no erasure of a person reaches, and those that it hangs on."""
    if rule.of in who.rows:
        return
    for field in rule.of._meta.concrete_fields:
        parent: Any = field.related_model if field.is_relation else None
        wanted = {one.of for one in rules() if isinstance(one, RowRule)}
        if parent in wanted and parent is not rule.of and parent not in who.rows:
            _make(parent, who)
    _make(rule.of, who)


def _make(model: type[models.Model], who: Somebody) -> None:
    if model in who.rows:
        return
    _free([model])
    values = {
        one.attname: ContentType.objects.get_for_model(model).pk
        if one.related_model is ContentType
        else planted._value(one, who, model._meta.label, False, COVER_ENDS)
        for one in model._meta.concrete_fields
        if not isinstance(one, models.AutoField) and not one.generated
    }
    rows = model._base_manager.using(OWNER)
    before = set(rows.values_list("pk", flat=True))
    rows.bulk_create([model(**values)])
    who.rows[model] = next(key for key in rows.values_list("pk", flat=True) if key not in before)


def _free(tables: list[type[models.Model]]) -> None:
    """Take off these tables what refuses invented rows, as `planted.free_tables` does of the reached ones."""
    reached = {apps.get_model(reach.label) for reach in ordered()}
    with connections[OWNER].cursor() as cursor:
        for model in (one for one in tables if one not in reached):
            cursor.execute(
                "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('f', 'c', 'x')"
                " AND conparentid = 0",
                [model._meta.db_table],
            )
            for (constraint,) in cursor.fetchall():
                cursor.execute(f'ALTER TABLE {model._meta.db_table} DROP CONSTRAINT IF EXISTS "{constraint}" CASCADE')
