"""How amounts, rates and dates are written in French. Pure: no request, no clock, no database.

U+202F (narrow no-break space) groups thousands and stands before units, U+00A0 (no-break space) holds a date
together, U+2212 is the minus sign: nothing breaks over a line and screen readers say the right thing.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

NARROW = "\u202f"
NBSP = "\u00a0"
MINUS = "\u2212"
ABSENT = "–"

PARIS = ZoneInfo("Europe/Paris")
CENT = Decimal("0.01")
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def number(value: Decimal | int | str, places: int = 0) -> str:
    """A number with grouped thousands, a decimal comma and a true minus, rounded half up to `places`."""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    written = f"{abs(rounded):,.{places}f}".replace(",", NARROW).replace(".", ",")
    return f"{MINUS}{NARROW}{written}" if rounded < 0 else written


def euros(amount: Decimal | int | str | None) -> str:
    """An amount in euros with its cents, `1 234,56 €`; an absent amount is a dash."""
    if amount is None:
        return ABSENT
    return f"{number(amount, 2)}{NARROW}€"


def percent(rate: Decimal | int | str | None, places: int = 0) -> str:
    """A rate as the domain stores it (`1.30` is 130 %); trailing zeros after the comma are dropped."""
    if rate is None:
        return ABSENT
    written = number(Decimal(rate) * 100, places or 2)
    if not places:
        written = written.rstrip("0").rstrip(",")
    return f"{written}{NARROW}%"


def siret(number: str) -> str:
    """The 14 digits of an establishment, by 3, 3, 3 and 5, held together; anything else as it is."""
    if len(number) != 14 or not number.isdecimal():
        return number
    return NBSP.join((number[:3], number[3:6], number[6:9], number[9:]))


def phone(number: str) -> str:
    """A French telephone number by pairs, held together: `02 97 00 00 10`; a foreign one as it is."""
    digits = "".join(sign for sign in number if sign in "+0123456789")
    if digits.startswith("+33"):
        digits = f"0{digits[3:].removeprefix('0')}"
    if len(digits) != 10 or not digits.isdecimal():
        return number
    return NBSP.join(digits[start : start + 2] for start in range(0, 10, 2))


def professional_name(name: str) -> str:
    """A name as settlements print it, whose title never stands alone at the end of a line: `Dr Anne Quéré`."""
    return f"Dr{NBSP}{name[3:]}" if name.startswith("Dr ") else name


def local_date(day: date | datetime) -> date:
    """The day in Paris: an aware instant is converted, a date is taken as it is."""
    if isinstance(day, datetime):
        return (day.astimezone(PARIS) if day.tzinfo else day).date()
    return day


def day_month(day: date | datetime) -> str:
    """`14 octobre`, `1er octobre`: for sentences where the year is known."""
    day = local_date(day)
    ordinal = "1er" if day.day == 1 else str(day.day)
    return f"{ordinal}{NBSP}{MONTHS[day.month - 1]}"


def long_date(day: date | datetime | None) -> str:
    """`14 octobre 2026`, for sentences."""
    if day is None:
        return ABSENT
    return f"{day_month(day)}{NBSP}{local_date(day).year}"


def short_date(day: date | datetime | None) -> str:
    """`14/10/2026`, for tables and fields."""
    return ABSENT if day is None else f"{local_date(day):%d/%m/%Y}"


def weekday_date(day: date | datetime) -> str:
    """`mercredi 14 octobre`, for a date that comes soon."""
    return f"{DAYS[local_date(day).weekday()]}{NBSP}{day_month(day)}"


def month_name(day: date | datetime) -> str:
    """`octobre 2026`, from any day of the month."""
    day = local_date(day)
    return f"{MONTHS[day.month - 1]}{NBSP}{day.year}"


def of_month(day: date | datetime) -> str:
    """`d’octobre 2026`, `de mars 2026`: the month as the complement of a noun."""
    name = month_name(day)
    return f"d’{name}" if name[0] in "ao" else f"de {name}"


def clock_time(instant: datetime) -> str:
    """`9 h 04` in Paris; minutes are always two figures."""
    local = instant.astimezone(PARIS) if instant.tzinfo else instant
    return f"{local.hour}{NBSP}h{NBSP}{local.minute:02d}"


def full_instant(instant: datetime) -> str:
    """`14 octobre 2026 à 9 h 04`, Paris time."""
    return f"{long_date(instant)} à {clock_time(instant)}"


def instant_with_zone(instant: datetime) -> str:
    """`14 octobre 2026 à 9 h 04 min 07 s, heure de Paris (UTC+02:00)`: for what serves as proof."""
    local = instant.astimezone(PARIS)
    offset = f"{local:%z}"
    time = f"{local.hour}{NBSP}h{NBSP}{local.minute:02d}{NBSP}min{NBSP}{local.second:02d}{NBSP}s"
    return f"{long_date(instant)} à {time}, heure de Paris (UTC{offset[:3]}:{offset[3:]})"
