"""Cards follow what they say: after each feed or change, whatever is no longer true is revoked and replaced.

Every account has its cards ready: the member the family's, each other person their own. Whoever has no account gets
none before they ask. The work goes household by household, in jobs of a few hundred: a feed that touches a million of
them blocks nothing. What is right already costs no query of its own.
"""

import datetime
from collections import defaultdict

from django.utils import timezone

from members.card.actions import issue, revoke
from members.card.contents import CardContent
from members.card.emails import RENEWED
from members.card.material import Material, material_of
from members.card.models import Card, Reason
from members.card.rules import AHEAD, DAY
from portals import jobs
from portals.access.models import Basis, Grant
from portals.accounts.models import Space
from portals.jobs.schedules import daily
from portals.presentation.formats import local_date

REFRESH = "card.refresh"
HOUSEHOLD = "card.household"
BATCH = 200
FEEDS = frozenset({"feed.plans", "feed.guarantees", "feed.persons", "feed.policies", "feed.covers"})

type Scope = tuple[int, int, int | None]
"""Household, policy, and the person of the card (None: the whole family)."""


def on_operation(*, action: str, object_kind: str, object_id: int | str, **_: object) -> None:
    """Receiver of `portals.signals.operation`, in its transaction: a feed was loaded, an account opened."""
    if action == "feed.loaded" and object_kind in FEEDS:
        refresh_everything(run=f"{object_kind}-{object_id}")
    elif action == "account.validated":
        for grant in Grant.objects.filter(account_id=object_id, space=Space.MEMBER, basis=Basis.COVER):
            refresh_later(household_id=grant.tenant_id)


def refresh_everything(*, run: str) -> None:
    """Promise to look at every card; `run` names the occasion, once."""
    jobs.enqueue(REFRESH, key=f"{run}:0", subject_id=0, priority=jobs.Priority.BATCH)


def refresh_later(*, household_id: int) -> None:
    """Promise the same for one household, in the transaction of an action that changed its covers or its people."""
    stamp = f"{timezone.now():%Y%m%d%H%M%S%f}"
    jobs.enqueue(HOUSEHOLD, key=f"{household_id}:{stamp}", subject_id=household_id)


@jobs.handler(REFRESH)
def refresh_batch(job: jobs.Job) -> None:
    """The next households after the job's subject, then the promise of those that follow."""
    today = timezone.localdate()
    cards = Card.objects.filter(revoked_at=None, valid_to__gte=today, household_id__gt=job.subject_id)
    with_cards = cards.order_by("household_id").values_list("household_id", flat=True).distinct()[:BATCH]
    grants = Grant.objects.filter(space=Space.MEMBER, tenant_id__gt=job.subject_id).open_on(today)
    with_accounts = grants.order_by("tenant_id").values_list("tenant_id", flat=True).distinct()[:BATCH]
    households = sorted({*with_cards, *with_accounts})[:BATCH]
    refresh_households(households, today=today)
    if len(households) == BATCH:
        run, last = job.key.rpartition(":")[0], households[-1]
        jobs.enqueue(REFRESH, key=f"{run}:{last}", subject_id=last, priority=jobs.Priority.BATCH)


@jobs.handler(HOUSEHOLD)
def refresh_household(job: jobs.Job) -> None:
    refresh_households([job.subject_id], today=timezone.localdate())


def refresh_households(household_ids: list[int], *, today: datetime.date) -> int:
    """Revoke and replace what is no longer true, give out what is missing; returns how many cards are new.

    Needs the system's row context. Whoever had a card before is told that a new one waits.
    """
    material = material_of(household_ids)
    held: dict[Scope, list[Card]] = defaultdict(list)
    in_force = Card.objects.filter(household_id__in=household_ids, revoked_at=None, valid_to__gte=today)
    for card in in_force.order_by("valid_from", "id"):
        held[card.household_id, card.policy_id, card.person_id].append(card)
    scopes = {*held, *_expected(household_ids, material, today)}
    new = []
    for scope in sorted(scopes, key=lambda each: (each[0], each[1], each[2] or 0)):
        made = _set_right(scope, held[scope], material, today)
        new += made
        for card in made if held[scope] else []:
            jobs.enqueue(RENEWED, key=str(card.pk), subject_id=card.pk)
    return len(new)


def _expected(household_ids: list[int], material: Material, today: datetime.date) -> set[Scope]:
    """The cards of whoever has an account, or is represented by one."""
    grants = Grant.objects.filter(space=Space.MEMBER, tenant_id__in=household_ids).open_on(today)
    scopes: set[Scope] = set()
    for household, subject, basis in grants.values_list("tenant_id", "subject_id", "basis"):
        whole = basis == Basis.COVER and subject in material.holder_ids
        persons = material.persons_of(household) if whole else [subject]
        for policy in material.policies_of(household, persons, today):
            scopes.add((household, policy, None if whole else subject))
    return scopes


def _set_right(scope: Scope, held: list[Card], material: Material, today: datetime.date) -> list[Card]:
    """Make the cards of a scope true; returns those that are new."""
    household_id, policy_id, person_id = scope
    contents = _true_contents(scope, held, material, today)
    known = {card.content_sha256: card for card in held}
    new = [
        issue(content=content, household_id=household_id, policy_id=policy_id, person_id=person_id, by=None)
        for fingerprint, content in contents.items()
        if fingerprint not in known
    ]
    untrue = [card.pk for fingerprint, card in known.items() if fingerprint not in contents]
    if untrue:  # those that a new card contradicted are revoked already
        for card in Card.objects.filter(pk__in=untrue, revoked_at=None):
            revoke(card=card, reason=Reason.COVER_ENDED, by=None)
    return new


def _true_contents(scope: Scope, held: list[Card], material: Material, today: datetime.date) -> dict[str, CardContent]:
    """What the cards of a scope must say: today's, the coming one once it is near, those given out ahead."""
    _household, policy_id, person_id = scope
    days = [today, *(card.valid_from for card in held if card.valid_from > today)]
    running = material.card_of(policy_id, person_id, today)
    if running is not None and running.period.end + DAY - AHEAD <= today:
        days.append(running.period.end + DAY)
    contents = (material.card_of(policy_id, person_id, day) for day in days)
    return {content.fingerprint: content for content in contents if content is not None}


def renew(planned_for: datetime.datetime) -> None:
    """Each night: the new year's cards, and whatever a change in the reference tables has made untrue."""
    refresh_everything(run=f"night-{local_date(planned_for):%Y-%m-%d}")


daily("cards.renew", at=datetime.time(5, 0), run=renew)
