"""The clock and the content of a notification. Pure: no database, no clock of the machine.

The 72 hours of article 33 are hours, not days: they are counted in UTC, so that a night of summer time does not make
them 71 or 73, and shown in Paris. They run at night, on Sundays and on holidays.
"""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from privacy.breaches.violations.models import Breach, Phase, Risk

HOURS = 72
DELAY = datetime.timedelta(hours=HOURS)


def due_at(aware_at: datetime.datetime) -> datetime.datetime:
    """The last instant of the notification, in UTC."""
    return aware_at.astimezone(datetime.UTC) + DELAY


def is_late(aware_at: datetime.datetime, filed_at: datetime.datetime) -> bool:
    return filed_at > due_at(aware_at)


def must_be_notified(risk: str) -> bool:
    """Unless a risk is unlikely (art. 33.1); a breach whose risk nobody has assessed is counted as risky."""
    return risk != Risk.NONE


def must_be_told(risk: str) -> bool:
    """To the persons themselves (art. 34.1)."""
    return risk == Risk.HIGH


@dataclass(frozen=True)
class Item:
    """One thing that article 33 wants in the file. `fields`: what of the breach answers it; all are needed."""

    code: str
    article: str
    label: str
    fields: tuple[str, ...]

    def is_given(self, breach: Breach) -> bool:
        """0 persons is an answer; an empty text is none."""
        return all(getattr(breach, field) not in ("", None, []) for field in self.fields)


ITEMS = (
    Item("nature", "art. 33.3 a", "Nature de la violation", ("natures", "cause", "circumstances")),
    Item("period", "art. 33.3 a", "Période des faits", ("began_at",)),
    Item("persons", "art. 33.3 a", "Catégories et nombre de personnes", ("person_categories", "persons_count")),
    Item("records", "art. 33.3 a", "Catégories et nombre d’enregistrements", ("data_categories", "records_count")),
    Item("consequences", "art. 33.3 c", "Conséquences probables", ("consequences",)),
    Item("measures", "art. 33.3 d", "Mesures prises et proposées", ("measures_taken", "measures_planned")),
    Item("risk", "art. 33.1", "Risque pour les personnes", ("risk", "risk_reason")),
)
"""The contact of the data protection officer (art. 33.3 b) is always given: `config.organisation` holds it."""


def missing(breach: Breach) -> tuple[Item, ...]:
    """What a whole notification still lacks."""
    return tuple(item for item in ITEMS if not item.is_given(breach))


def phase_of(lacks: Collection[Item], *, filed_before: bool) -> Phase:
    """What the next file is: whole at once, the first of several, or a complement."""
    if filed_before:
        return Phase.FURTHER
    return Phase.FIRST if lacks else Phase.WHOLE
