"""Reading reviews: what waits, when the next one is due."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Min

from portals.accounts.models import Account
from portals.gestion.roles import Role
from privacy.staff.charter.queries import working_staff
from privacy.staff.charter.rules import State
from privacy.staff.reviews.actions import DECIDE
from privacy.staff.reviews.evidence import LABELS, role_words
from privacy.staff.reviews.models import AccessReview, Decision, ReviewLine
from privacy.staff.reviews.rules import next_due_on


@dataclass(frozen=True)
class ShownLine:
    """A line as the page shows it. `uses`: label of a right and the day of its last use."""

    line: ReviewLine
    role: str
    charter: str
    is_behind: bool
    uses: list[tuple[str, datetime.date | None]]
    may_decide: bool

    @property
    def unused(self) -> int:
        return sum(day is None for _label, day in self.uses)

    @property
    def tone(self) -> str:
        tones = {Decision.WAITING: "warn", Decision.CONFIRMED: "good", Decision.WITHDRAWN: "bad"}
        return tones.get(Decision(self.line.decision), "")


def shown(lines: Iterable[ReviewLine], by: Account) -> list[ShownLine]:
    """The lines of a review for whoever reads it. `lines` with their accounts; two queries more."""
    officers = set(working_staff().filter(groups__name=Role.SECURITY.value).values_list("pk", flat=True))
    decides, every = by.has_perm(DECIDE), by.has_perm("portals.assign_account")
    return [
        ShownLine(
            line,
            role_words(line),
            State(line.charter).label,
            State(line.charter) in {State.NEVER, State.LATE},
            _uses(line),
            decides and line.account_id != by.pk and (every or line.account_id in officers),
        )
        for line in lines
    ]


def one_shown(line: ReviewLine, by: Account) -> ShownLine:
    """The same of one line."""
    [found] = shown([line], by)
    return found


def open_review() -> AccessReview | None:
    return AccessReview.objects.filter(closed_at=None).first()


def due_on() -> datetime.date | None:
    """The day before which the next review is to be closed: a year after the last one, or after the first account."""
    last = AccessReview.objects.exclude(closed_at=None).order_by("-closed_at").first()
    if last is not None:
        return last.next_due_on
    first = working_staff().aggregate(day=Min("created_at"))["day"]
    return next_due_on(first.date()) if first else None


def waiting(review: AccessReview) -> int:
    return review.lines.filter(decision=Decision.WAITING).count()


def _uses(line: ReviewLine) -> list[tuple[str, datetime.date | None]]:
    """What served last comes first, then what never did, in the order of the table of rights."""
    uses = [(LABELS.get(use["right"], use["right"]), _day(use["used_on"])) for use in line.uses]
    return sorted(uses, key=lambda use: use[1] or datetime.date.min, reverse=True)


def _day(written: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(written) if written else None
