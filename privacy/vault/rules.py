"""What the vault decides: who still may open a case, and until when it is kept. Pure; days are of Europe/Paris.

Durations are those of the processing « Informations médicales confidentielles » (docs/decisions/vault.md).
"""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from portals.dates import months_after

UNSENT_MONTHS = 3
"""What was begun and never sent."""
SHARED_MONTHS = 24
"""After the answer the assistants open a case this long; then the medical adviser alone does."""
WITHOUT_COVER_MONTHS = 60
"""No cover came of it: time to answer for the decision, or to take the request up again."""
AFTER_COVER_MONTHS = 24
"""Code de la mutualité, art. L. 221-11: two years for actions that derive from the cover."""
AFTER_DEATH_COVER_MONTHS = 120
"""The same article: ten years when somebody else than the member is the beneficiary."""


class Cover(StrEnum):
    """What a case is for. A letter is no request of cover: a question or a complaint that speaks of health."""

    DISABILITY = "disability"
    DEATH = "death"
    LOAN = "loan"
    LETTER = "letter"


class Outcome(StrEnum):
    """All that comes out of the vault: no reason, no exclusion by its name."""

    ACCEPT = "accept"
    EXCLUDE = "exclude"
    POSTPONE = "postpone"
    REFUSE = "refuse"
    ANSWERED = "answered"


COVERED = frozenset({Outcome.ACCEPT, Outcome.EXCLUDE})
OF_A_COVER = (Outcome.ACCEPT, Outcome.EXCLUDE, Outcome.POSTPONE, Outcome.REFUSE)


@dataclass(frozen=True)
class Life:
    """The days of a case that its retention depends on."""

    cover: str
    begun_on: datetime.date
    sent_on: datetime.date | None = None
    outcome: str = ""
    cover_ended_on: datetime.date | None = None


def erase_on(life: Life) -> datetime.date | None:
    """The day from which nothing of the case is kept; None while the cover that came of it runs."""
    if life.sent_on is None:
        return months_after(life.begun_on, UNSENT_MONTHS)
    if life.outcome not in COVERED:
        return months_after(life.sent_on, WITHOUT_COVER_MONTHS)
    if life.cover_ended_on is None:
        return None
    months = AFTER_DEATH_COVER_MONTHS if life.cover == Cover.DEATH else AFTER_COVER_MONTHS
    return months_after(life.cover_ended_on, months)


def outcomes_for(cover: str) -> tuple[Outcome, ...]:
    """What may be answered."""
    return (Outcome.ANSWERED,) if cover == Cover.LETTER else OF_A_COVER


def is_for_adviser_alone(decided_on: datetime.date | None, today: datetime.date) -> bool:
    """Whether a case has left the hands of the assistants."""
    return decided_on is not None and today >= months_after(decided_on, SHARED_MONTHS)
