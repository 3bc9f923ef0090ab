"""The log of what reached each person of a breach, and its figures."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from portals.jobs.models import Job, JobState
from privacy.breaches.telling.actions import EMAIL
from privacy.breaches.telling.listing import contacts_of
from privacy.breaches.telling.models import Channel, Concerned, Delivery, DeliveryState
from privacy.breaches.violations.models import Breach, PersonCategory

AT_A_TIME = 50
GOOD = {DeliveryState.PLACED, DeliveryState.SENT, DeliveryState.READ}


@dataclass(frozen=True)
class Way:
    """One line of a person's log, in words; `tone` as tags have it."""

    channel: str
    state: str
    tone: str
    delivery: Delivery


@dataclass(frozen=True)
class Told:
    """A person and what reached them. `name` and `category` (in words) are empty for whoever no space knows any more."""

    person: Concerned
    name: str
    category: str
    ways: tuple[Way, ...]


def log_of(breach: Breach, *, after: int = 0) -> list[Told]:
    """Some fifty persons after a line of the list, in order. A dozen queries at most."""
    persons = list(breach.concerned.filter(pk__gt=after).order_by("pk").prefetch_related("deliveries")[:AT_A_TIME])
    contacts = contacts_of(persons)
    uncertain = _uncertain(breach)
    return [
        Told(
            one,
            contacts[one.pk].name if one.pk in contacts else "",
            PersonCategory(contacts[one.pk].category).label if one.pk in contacts else "",
            tuple(_way(row, uncertain) for row in sorted(one.deliveries.all(), key=lambda row: row.pk)),
        )
        for one in persons
    ]


def _way(row: Delivery, uncertain: set[str]) -> Way:
    state = DeliveryState(row.state)
    key = f"a{row.account_id}" if row.account_id else f"d{row.pk}"
    if row.channel == Channel.EMAIL and key in uncertain:
        return Way(row.get_channel_display(), "Envoi incertain", "warn", row)
    tone = "good" if state in GOOD else "bad" if state == DeliveryState.NO_WAY else ""
    return Way(row.get_channel_display(), state.label, tone, row)


def _uncertain(breach: Breach) -> set[str]:
    """E-mails that may not have left: the job's state is the truth (`portals.jobs`)."""
    jobs = Job.objects.filter(
        kind=EMAIL, key__startswith=f"{breach.pk}-", state__in=[JobState.UNKNOWN, JobState.FAILED]
    )
    return {key.partition("-")[2] for key in jobs.values_list("key", flat=True)}


def figures(breach: Breach) -> Sequence[tuple[str, int]]:
    """How many lines of the log are in each state, by means; empty before anybody is told. One query."""
    rows = Delivery.objects.filter(concerned__breach=breach).values_list("channel", "state")
    counted = Counter(rows)
    return [
        (f"{Channel(channel).label}\u00a0: {DeliveryState(state).label.lower()}", times)
        for (channel, state), times in sorted(counted.items())
    ]
