"""What a certificate says, on a day. Pure: no database, no clock. Days are Paris days, ends included."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from members.card.rules import Rights, Span, rights_on

BORN = {"1": "né", "2": "née"}


class NothingToCertify(Exception):
    """Nobody was ever covered by that day: there is nothing to certify."""


@dataclass(frozen=True)
class Named:
    """A person, as a certificate names them."""

    name: str
    born: str
    birth_date: datetime.date


@dataclass(frozen=True)
class Level:
    """One guarantee in force on the day, in the words of the contract."""

    family: str
    wording: str


@dataclass(frozen=True)
class PolicyFacts:
    """The policy that covers, or covered last."""

    id: int
    number: str
    plan: str
    is_group: bool
    responsible: bool


@dataclass(frozen=True)
class Certificate:
    """One sheet. `rights.is_open`: a certificate of cover; otherwise that it has ended, and when."""

    person: Named
    holder: str
    member_number: str
    address_lines: tuple[str, ...]
    day: datetime.date
    issued_on: datetime.date
    rights: Rights
    policy: PolicyFacts
    levels: tuple[Level, ...]

    @property
    def title(self) -> str:
        return "Attestation de mutuelle" if self.rights.is_open else "Attestation de fin de couverture"


def rights_certified(spans: Sequence[Span], day: datetime.date) -> tuple[Rights, Span]:
    """The rights of a day, and the span that gives them or gave them last. Raises NothingToCertify."""
    rights = rights_on(spans, day)
    if not rights.is_open and rights.until is None:
        raise NothingToCertify
    running = [span for span in spans if span.holds_on(day)]
    ended = [span for span in spans if span.end is not None and span.end == rights.until]
    return rights, (running or ended)[0]
