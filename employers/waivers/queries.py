"""Reads about waivers, in the company's own context."""

import datetime
from dataclasses import dataclass
from urllib.parse import quote

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet

from employers.companies.models import GroupContract
from employers.waivers.models import ProvidedCase, Waiver, WaiverRequest
from employers.waivers.rules import REMINDED_BEFORE, Rule, is_renewable, open_rules, rule_of
from employers.waivers.words import Answer, End, Kind, State
from portals.names import folded_name

SOON = datetime.timedelta(days=max(REMINDED_BEFORE))
PAGE = 25


def provided_cases(contract: GroupContract) -> frozenset[str]:
    """The optional cases that the act of the company provides for a contract."""
    return frozenset(ProvidedCase.objects.filter(contract=contract).values_list("case", flat=True))


def cases_of(contract: GroupContract, day: datetime.date) -> list[Rule]:
    """What an employee of a contract may ask for on a day. One query."""
    return open_rules(provided_cases(contract), day)


@dataclass(frozen=True)
class Standing:
    """A waiver as a page says it on a day. `waiting`: a request of its waits for an answer."""

    waiver: Waiver
    today: datetime.date
    waiting: bool

    @property
    def rule(self) -> Rule | None:
        return rule_of(self.waiver.case, self.waiver.first_day)

    @property
    def days_left(self) -> int | None:
        until = self.waiver.valid_until
        return (until - self.today).days if until and self.waiver.state == State.ACCEPTED else None

    @property
    def is_soon(self) -> bool:
        left = self.days_left
        return left is not None and left <= max(REMINDED_BEFORE)

    @property
    def is_renewable(self) -> bool:
        """Whether another proof may carry it further."""
        rule = self.rule
        if rule is None or self.waiver.state != State.ACCEPTED or self.waiting:
            return False
        return is_renewable(rule, self.waiver.valid_until, self.waiver.ends_on)

    @property
    def must_join(self) -> bool:
        """Whether it ran out and the employee is not covered yet."""
        return self.waiver.ended_for == End.EXPIRED and self.waiver.settled_at is None

    @property
    def words(self) -> tuple[str, str, str]:
        """The state in words, its kind and its icon."""
        if self.must_join:
            return "À affilier", "bad", "alert"
        if self.waiting:
            first = self.waiver.state == State.ASKED
            return "À valider" if first else "Renouvellement à valider", "warn", "clock"
        if self.is_soon:
            return "À renouveler" if self.is_renewable else "Se termine bientôt", "warn", "clock"
        if self.waiver.state == State.ACCEPTED:
            return "En cours", "good", "check"
        if self.waiver.ended_for:
            return str(self.waiver.get_ended_for_display()), "", ""
        return str(self.waiver.get_state_display()), "", ""


@dataclass(frozen=True)
class Counts:
    """How many waivers of a company are in each situation that a page speaks of. `first_end`: of those that end soon."""

    running: int
    waiting: int
    soon: int
    to_join: int
    first_end: datetime.date | None

    @property
    def tasks(self) -> int:
        return self.waiting + self.soon + self.to_join


WAITING = Exists(WaiverRequest.objects.filter(waiver=OuterRef("pk"), answer=Answer.WAITING))
TO_JOIN = Q(ended_for=End.EXPIRED, settled_at=None)


def _soon(today: datetime.date) -> Q:
    return Q(state=State.ACCEPTED, valid_until__lte=today + SOON, is_waiting=False)


def _told(company_id: int) -> QuerySet[Waiver]:
    rows = Waiver.objects.filter(company=company_id).annotate(is_waiting=WAITING)
    return rows.select_related("contract")


def in_situation(situation: str, company_id: int, today: datetime.date) -> QuerySet[Waiver]:
    """The waivers of a company that are `waiting`, `soon`, `to_join`, `running` or `over`."""
    return _told(company_id).filter(_situations(today)[situation])


def _situations(today: datetime.date) -> dict[str, Q]:
    return {
        "waiting": Q(is_waiting=True), "soon": _soon(today), "to_join": TO_JOIN, "running": Q(state=State.ACCEPTED),
        "over": Q(state__in=[State.ENDED, State.REFUSED]) & ~TO_JOIN,
    }  # fmt: skip


def counts_of(company_id: int, today: datetime.date) -> Counts:
    """One query."""
    counted = _told(company_id).aggregate(
        running=Count("pk", filter=Q(state=State.ACCEPTED)),
        waiting=Count("pk", filter=Q(is_waiting=True)),
        soon=Count("pk", filter=_soon(today)),
        to_join=Count("pk", filter=TO_JOIN),
        first_end=Min("valid_until", filter=_soon(today)),
    )
    return Counts(**counted)


def standings_of(
    company_id: int, today: datetime.date, *, name: str = "", state: str = "", case: str = "", after: str = ""
) -> tuple[list[Standing], str]:
    """A page of waivers by name, and where the next one starts (empty: it is the last). One query.

    `state`: one of `forms.STATES`; `name`: letters of the name, or the employee's number; `after`: what the page before gave.
    """
    rows = _told(company_id)
    situations = _situations(today)
    if state in situations:
        rows = rows.filter(situations[state])
    if case:
        rows = rows.filter(case=case)
    if folded := folded_name(name):
        rows = rows.filter(Q(folded_name__contains=folded) | Q(employee_number__iexact=name.strip()))
    folded_after, _sep, last = after.rpartition("~")
    if last.isdigit():
        rows = rows.filter(Q(folded_name__gt=folded_after) | Q(folded_name=folded_after, pk__gt=int(last)))
    found = list(rows.order_by("folded_name", "pk")[: PAGE + 1])
    shown = found[:PAGE]
    following = f"{shown[-1].folded_name}~{shown[-1].pk}" if len(found) > PAGE else ""
    return [_standing(row, today) for row in shown], quote(following)


def standing_of(company_id: int, waiver_id: int, today: datetime.date) -> Standing | None:
    """One waiver; None for another company's as for one that never was."""
    row = _told(company_id).filter(pk=waiver_id).first()
    return _standing(row, today) if row is not None else None


def urgent_of(company_id: int, today: datetime.date) -> list[Standing]:
    """What the company has to do: employees to cover, requests to answer, waivers that end soon, in that order."""
    rows = _told(company_id).filter(TO_JOIN | Q(is_waiting=True) | _soon(today))
    standings = [_standing(row, today) for row in rows.order_by("valid_until", "pk")[:PAGE]]
    return sorted(standings, key=lambda one: (not one.must_join, not one.waiting))


def requests_of(waiver: Waiver) -> list[WaiverRequest]:
    """The requests of a waiver with their documents, the latest first. Two queries."""
    rows = WaiverRequest.objects.filter(waiver=waiver).select_related("entered_by", "answered_by", "waiver__contract")
    return list(rows.prefetch_related("proofs").order_by("-pk"))


def in_force_between(company_id: int, start: datetime.date, end: datetime.date) -> list[Waiver]:
    """The waivers that were accepted and held on at least one day of a period, both ends included, by name."""
    accepted = Exists(WaiverRequest.objects.filter(waiver=OuterRef("pk"), answer=Answer.ACCEPTED, kind=Kind.FIRST))
    rows = (
        Waiver.objects.filter(accepted, company=company_id, first_day__lte=end)
        .exclude(ended_on__lt=F("first_day"))
        .select_related("contract")
    )
    held = rows.filter(Q(ended_on=None) | Q(ended_on__gte=start)).filter(
        Q(valid_until=None) | Q(valid_until__gte=start)
    )
    return list(held.order_by("folded_name", "pk"))


def _standing(row: Waiver, today: datetime.date) -> Standing:
    return Standing(row, today, waiting=bool(getattr(row, "is_waiting", False)))
