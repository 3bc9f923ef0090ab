"""How much a practice may verify, and what no practice does. Pure: no database, no clock.

The figures leave a busy counter alone: it verifies some hundred patients in a day, mistypes one in ten, and works in
the daytime. Only misses count towards enumeration: a family of five, or two patients born on one day, are no attack.
"""

import datetime
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")

A_MINUTE = 30
A_DAY = 300

YEARS_BACK = 2
DAYS_AHEAD = 60

MISSES_IN_TEN_MINUTES = 10
MISSES_IN_A_DAY = 30
MISSES_IN_SEVEN_DAYS = 60
DATES_FOR_A_NUMBER = 5
NUMBERS_FOR_A_DATE = 10
LOOKUPS_IN_TEN_MINUTES = 100
LOOKUPS_IN_A_NIGHT = 20
NIGHT_BEGINS, NIGHT_ENDS = datetime.time(22), datetime.time(6)
BURST = datetime.timedelta(minutes=10)
DRIP = datetime.timedelta(days=7)

TIMES_ITS_HABIT = 4
USUAL_AT_MOST = 60
"""Up to so many in a day, no volume is unusual."""
HABIT_DAYS = 14
KNOWN_HABIT = 5
"""Days of activity from which a practice has a habit of its own."""
HABIT_OF_A_NEWCOMER = 40


class Pattern(StrEnum):
    """What was recognised."""

    MISSES_AT_ONCE = "misses_at_once"
    MISSES_IN_A_DAY = "misses_in_a_day"
    MISSES_IN_A_WEEK = "misses_in_a_week"
    DATES_TRIED = "dates_tried"
    NUMBERS_TRIED = "numbers_tried"
    BURST = "burst"
    VOLUME = "volume"
    NIGHT = "night"


WORDS = {
    Pattern.MISSES_AT_ONCE: "beaucoup de vérifications sans réponse en dix minutes",
    Pattern.MISSES_IN_A_DAY: "beaucoup de vérifications sans réponse dans la journée",
    Pattern.MISSES_IN_A_WEEK: "beaucoup de vérifications sans réponse en sept jours",
    Pattern.DATES_TRIED: "plusieurs dates de naissance essayées pour un même numéro",
    Pattern.NUMBERS_TRIED: "plusieurs numéros essayés pour une même date de naissance",
    Pattern.BURST: "un très grand nombre de vérifications en dix minutes",
    Pattern.VOLUME: "bien plus de vérifications que d’habitude",
    Pattern.NIGHT: "de nombreuses vérifications pendant la nuit",
}


@dataclass(frozen=True)
class Recent:
    """What a practice has asked lately, all its accounts together.

    `dates_for_the_number` and `numbers_for_the_date` are of misses, and leave out the date and the number of the
    question that is about to be asked.
    """

    lookups_in_ten_minutes: int = 0
    lookups_today: int = 0
    lookups_this_night: int = 0
    misses_in_ten_minutes: int = 0
    misses_today: int = 0
    misses_in_seven_days: int = 0
    dates_for_the_number: int = 0
    numbers_for_the_date: int = 0

    def after(self, *, is_found: bool) -> "Recent":
        """The same once one more question was asked: a miss tries a date and a number that were not tried before."""
        miss = int(not is_found)
        return Recent(
            lookups_in_ten_minutes=self.lookups_in_ten_minutes + 1,
            lookups_today=self.lookups_today + 1,
            lookups_this_night=self.lookups_this_night + 1,
            misses_in_ten_minutes=self.misses_in_ten_minutes + miss,
            misses_today=self.misses_today + miss,
            misses_in_seven_days=self.misses_in_seven_days + miss,
            dates_for_the_number=self.dates_for_the_number + miss,
            numbers_for_the_date=self.numbers_for_the_date + miss,
        )


def pattern_of(recent: Recent, habit: Sequence[int] = ()) -> Pattern | None:
    """The first thing that no practice does; None when all is well. `habit`: lookups of each of its active days."""
    reached = (
        (Pattern.DATES_TRIED, recent.dates_for_the_number >= DATES_FOR_A_NUMBER),
        (Pattern.NUMBERS_TRIED, recent.numbers_for_the_date >= NUMBERS_FOR_A_DATE),
        (Pattern.MISSES_AT_ONCE, recent.misses_in_ten_minutes >= MISSES_IN_TEN_MINUTES),
        (Pattern.MISSES_IN_A_DAY, recent.misses_today >= MISSES_IN_A_DAY),
        (Pattern.MISSES_IN_A_WEEK, recent.misses_in_seven_days >= MISSES_IN_SEVEN_DAYS),
        (Pattern.BURST, recent.lookups_in_ten_minutes >= LOOKUPS_IN_TEN_MINUTES),
        (Pattern.NIGHT, recent.lookups_this_night > LOOKUPS_IN_A_NIGHT),
        (Pattern.VOLUME, is_far_from_habit(recent.lookups_today, habit)),
    )
    return next((pattern for pattern, is_reached in reached if is_reached), None)


def is_far_from_habit(today: int, habit: Sequence[int]) -> bool:
    """More than four times the median of its last active days, and more than anybody would ask on a quiet one.

    A practice that has no habit yet is measured by what a practice usually asks.
    """
    if today <= USUAL_AT_MOST:
        return False
    usual = statistics.median(habit) if habit else 0
    if len(habit) < KNOWN_HABIT:
        usual = max(usual, HABIT_OF_A_NEWCOMER)
    return today > TIMES_ITS_HABIT * usual


def night_of(now: datetime.datetime) -> datetime.datetime | None:
    """When the night of this instant began, in Paris; None in the daytime."""
    local = now.astimezone(PARIS)
    if local.time() >= NIGHT_BEGINS:
        return datetime.datetime.combine(local.date(), NIGHT_BEGINS, PARIS)
    if local.time() < NIGHT_ENDS:
        return datetime.datetime.combine(local.date() - datetime.timedelta(days=1), NIGHT_BEGINS, PARIS)
    return None


def day_of(now: datetime.datetime) -> datetime.datetime:
    """0 h of the day in Paris."""
    return datetime.datetime.combine(now.astimezone(PARIS).date(), datetime.time(), PARIS)


def seconds_to_midnight(now: datetime.datetime) -> int:
    """Until the day's count begins again, at 0 h in Paris."""
    tomorrow = now.astimezone(PARIS).date() + datetime.timedelta(days=1)
    midnight = datetime.datetime.combine(tomorrow, datetime.time(), PARIS)
    return max(1, int((midnight - now).total_seconds()))


def reference_of(day: datetime.date, rank: int) -> str:
    """`V-261009-0042`: the forty-second answer that a practice was given on that day."""
    return f"V-{day:%y%m%d}-{rank:04d}"
