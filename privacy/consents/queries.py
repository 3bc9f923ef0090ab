"""Reads of purposes and of the ledger. `may_use` and `usable` are what every use asks; nothing else reads it for them."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from privacy.consents.holders import Holder
from privacy.consents.models import Choice, Purpose, PurposeText
from privacy.consents.rules import Channel, allows
from privacy.deaths.queries import departed
from privacy.restriction.models import Freeze


def may_use(holder: Holder, purpose: str, channel: Channel) -> bool:
    """Whether this person may be reached for this purpose by this channel, at this instant (PDP-5.3). One query.

    An unknown or a stopped purpose allows nothing.
    """
    return holder in usable([holder], purpose, channel)


def usable(holders: Collection[Holder], purpose: str, channel: Channel) -> set[Holder]:
    """Those of them who may be. One query, whatever their number.

    Somebody whose data is frozen (GDPR, art. 18) is not reached, nor whoever is held for dead, whatever they had accepted.
    """
    subjects = {one.subject_id for one in holders}
    newest = (
        Choice.objects.filter(purpose=OuterRef("pk"), channel=channel, subject_id__in=subjects)
        .order_by("space", "subject_id", "-id")
        .distinct("space", "subject_id")
        .values_list(JSONObject(space="space", subject="subject_id", decision="decision", number="text__number"))
    )
    frozen = Freeze.objects.filter(lifted_at=None, subject_id__in=subjects)
    gone = departed().filter(subject_id__in=subjects)
    found = (
        Purpose.objects.filter(code=purpose, retired_at=None, channels__contains=[channel.value])
        .values_list(
            "basis", "asked_again_from", ArraySubquery(newest),
            ArraySubquery(frozen.values_list(JSONObject(space="space", subject="subject_id"))),
            ArraySubquery(gone.values_list(JSONObject(space="space", subject="subject_id"))),
        )
        .first()
    )  # fmt: skip
    if found is None:
        return set()
    basis, asked_again_from, rows, cold, dead = found
    stopped = {(row["space"], row["subject"]) for row in (*cold, *dead)}
    latest = {(row["space"], row["subject"]): (row["decision"], row["number"]) for row in rows}
    return {
        one
        for one in holders
        if (one.space, one.subject_id) not in stopped
        and _allows(basis, latest.get((one.space, one.subject_id)), asked_again_from=asked_again_from)
    }


def _allows(basis: str, latest: tuple[str, int] | None, *, asked_again_from: int) -> bool:
    if latest is None:
        return allows(basis, None)
    return allows(basis, latest[0], shown=latest[1], asked_again_from=asked_again_from)


@dataclass(frozen=True)
class Box:
    """One thing to accept: a purpose on a channel. `latest` is the line of the ledger that stands, if there is one."""

    channel: Channel
    accepted: bool
    latest: Choice | None

    @property
    def label(self) -> str:
        return str(self.channel.label)


@dataclass(frozen=True)
class Offered:
    """A purpose as the page shows it: its text in force, and a box for each channel."""

    purpose: Purpose
    text: PurposeText
    boxes: tuple[Box, ...]

    @property
    def latest(self) -> Choice | None:
        """The newest of its choices."""
        return max((box.latest for box in self.boxes if box.latest), key=lambda choice: choice.pk, default=None)


def current_texts() -> QuerySet[PurposeText]:
    """The text in force of each purpose that runs, in the order of the page."""
    newest = PurposeText.objects.filter(purpose=OuterRef("purpose")).order_by("-number").values("pk")[:1]
    running = PurposeText.objects.filter(purpose__retired_at=None, pk=Subquery(newest)).select_related("purpose")
    return running.order_by("purpose__rank", "purpose_id")


def offered_to(holder: Holder) -> list[Offered]:
    """Every purpose that runs, with what this person has chosen so far. Two queries."""
    latest = {
        (choice.purpose_id, choice.channel): choice
        for choice in _of(holder)
        .order_by("purpose_id", "channel", "-id")
        .distinct("purpose_id", "channel")
        .annotate(shown=F("text__number"))
    }
    return [
        Offered(
            text.purpose,
            text,
            tuple(
                _box(text.purpose, Channel(code), latest.get((text.purpose_id, code))) for code in text.purpose.channels
            ),
        )
        for text in current_texts()
    ]


def _box(purpose: Purpose, channel: Channel, latest: Choice | None) -> Box:
    said = (latest.decision, latest.shown) if latest else None  # type: ignore[attr-defined]  # annotated above
    return Box(channel, _allows(purpose.basis, said, asked_again_from=purpose.asked_again_from), latest)


def history_of(holder: Holder) -> QuerySet[Choice]:
    """Every choice of this person, newest first."""
    return _of(holder).select_related("purpose", "text").order_by("-id")


def _of(holder: Holder) -> QuerySet[Choice]:
    return Choice.objects.filter(space=holder.space, subject_id=holder.subject_id)
