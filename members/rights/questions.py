"""What a professional may ask: what the patient says, or what the card carries. Pure: no database."""

import datetime
from dataclasses import dataclass

from members.card import datamatrix
from members.card.signature import PREFIX, CardVerdict, verify_card_payload

LONGEST = 3200
"""Characters of the longest code that is read."""
FORGED = ""
"""In place of a card's number: a text that carries our name and not our signature."""


class UnreadableCode(ValueError):
    """The text is not that of one of our cards' codes."""


@dataclass(frozen=True)
class Typed:
    """A member number with a date of birth. `birth_rank` tells twins apart; None when it was not given."""

    member_number: str
    birth_date: datetime.date
    birth_rank: int | None = None


@dataclass(frozen=True)
class Scanned:
    """A card, by the number that its codes carry."""

    card_number: str
    member_number: str


type Question = Typed | Scanned


def looks_scanned(text: str) -> bool:
    """Whether a text comes from a code: readers plugged in as keyboards type it in the first field."""
    return text.lstrip().startswith((PREFIX, datamatrix.VERSION + datamatrix.SEPARATOR))


def read_code(text: str) -> Scanned:
    """The card of a Datamatrix or of a signed QR code. Raises UnreadableCode.

    The signature is checked here and now: of a text that we did not sign, nothing is believed.
    """
    text = text.strip()
    if len(text) > LONGEST:
        raise UnreadableCode
    if not text.startswith(PREFIX):
        return _routing(text)
    check = verify_card_payload(text)
    if check.verdict == CardVerdict.UNREADABLE:
        raise UnreadableCode
    return Scanned(check.card.number, check.card.member_number) if check.card else Scanned(FORGED, FORGED)


def _routing(text: str) -> Scanned:
    try:
        routing = datamatrix.decode(text)
    except datamatrix.UnknownLayout as error:
        raise UnreadableCode from error
    return Scanned(routing.number, routing.member_number)
