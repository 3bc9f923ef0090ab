"""What the Datamatrix of the card carries: our own layout, version 1.

The exact bytes of the sector's Datamatrix are not published: this layout carries the items that are needed to find the
body in the directory of complementary bodies and to route an invoice, and says its own version first, so that another
layout is another module. Eight items separated by `|`, in ASCII, none of which may contain it:

    CTP1|<n° AMC>|<conventions, comma>|<CSR>|<n° adhérent>|<first day AAAAMMJJ>|<last day>|<card number>

The numbers are texts: their leading zeros count. Nothing in it is personal but the member number, which the sector asks.
"""

import datetime
from dataclasses import dataclass

from members.card.contents import CardContent
from members.card.rules import Period

VERSION = "CTP1"
SEPARATOR = "|"


class UnknownLayout(ValueError):
    """The text is not of this layout, or its items are not what they should be."""


@dataclass(frozen=True)
class Routing:
    """The items of the Datamatrix."""

    amc_number: str
    conventions: tuple[str, ...]
    csr: str
    member_number: str
    period: Period
    number: str


def encode(content: CardContent, number: str) -> str:
    """The text of the Datamatrix of the card of this number. Raises UnknownLayout for an item it cannot carry."""
    items = (
        VERSION, content.amc_number, ",".join(content.conventions), content.csr, content.member_number,
        f"{content.period.start:%Y%m%d}", f"{content.period.end:%Y%m%d}", number,
    )  # fmt: skip
    if any(SEPARATOR in item or not item.isascii() for item in items):
        raise UnknownLayout
    return SEPARATOR.join(items)


def decode(text: str) -> Routing:
    """The items of a text. Raises UnknownLayout."""
    items = text.split(SEPARATOR)
    if len(items) != 8 or items[0] != VERSION:
        raise UnknownLayout
    _version, amc_number, conventions, csr, member_number, start, end, number = items
    try:
        period = Period(_day(start), _day(end))
    except ValueError as error:
        raise UnknownLayout from error
    codes = tuple(code for code in conventions.split(",") if code)
    return Routing(amc_number, codes, csr, member_number, period, number)


def _day(written: str) -> datetime.date:
    return datetime.datetime.strptime(written, "%Y%m%d").date()  # noqa: DTZ007  a day has no zone
