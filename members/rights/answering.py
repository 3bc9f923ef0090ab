"""Answering a professional who verifies rights (CGU-3.24): the one door from outside to the card of a person.

It opens on an exact question only, and shows what the card prints and nothing else: `RightsCard` is a closed list of
fields, copied one by one. A question that finds nobody does the same work on a household drawn at random and throws
it away, so that neither the answer nor its time tells an unknown number from a wrong date or from ended rights.
"""

import datetime
from dataclasses import dataclass

from members.card.contents import CardContent
from members.rights.matching import Look, ask
from members.rights.questions import Question, Scanned
from portals.accounts.models import Account
from portals.presentation.formats import ABSENT
from privacy.audit import record


@dataclass(frozen=True)
class Asker:
    """Who asks, as the person will read it."""

    account: Account
    practice_name: str
    profession: str
    place: str


@dataclass(frozen=True)
class CoveredPerson:
    """A row of the card."""

    given_names: str
    family_name: str
    birth_date: datetime.date
    birth_rank: int


@dataclass(frozen=True)
class RightsCard:
    """What is answered: the five items of the block, the beneficiaries, the grid and its legend."""

    valid_from: datetime.date
    valid_to: datetime.date
    amc_number: str
    conventions: tuple[str, ...]
    csr: str
    member_number: str
    responsible: bool
    persons: tuple[CoveredPerson, ...]
    domains: tuple[tuple[str, str], ...]
    cells: tuple[tuple[str, str], ...]
    footnote: str


@dataclass(frozen=True)
class Answer:
    """`is_found` is for the rules of whoever asked; `cards` is what may be shown: none for a miss, nor when withheld."""

    is_found: bool
    cards: tuple[RightsCard, ...]


def answer(
    question: Question,
    *,
    day: datetime.date,
    asked_by: Asker,
    reference: str,
    at: datetime.datetime,
    may_show: bool = True,
) -> Answer:
    """The cards of whoever the question designates, on a day; none for a miss, whatever the reason.

    There is one card, but for who has several contracts. Whoever calls it holds that the account is a professional's,
    with an agreement in force and within its quotas; `may_show` False when the question crosses a line: then nothing
    is shown and nobody was looked at. The look and the entry in the journal are written in the caller's transaction.
    """
    look = Look(at, reference, asked_by.practice_name, asked_by.profession, asked_by.place)
    found = ask(question, day, look, may_show=may_show)
    cards = tuple(_shown(content) for content in found.contents)
    is_shown = found.is_found and may_show
    record(
        "rights.looked_up", by=asked_by.account, object_kind="household",
        object_id=(found.household_id or "") if is_shown else "", result="done" if may_show else "refused",
        details={
            "reference": reference, "found": int(found.is_found), "scanned": int(isinstance(question, Scanned)),
        },
    )  # fmt: skip
    return Answer(found.is_found, cards if is_shown else ())


def _shown(content: CardContent) -> RightsCard:
    """Field by field, so that nothing new ever goes out by itself."""
    return RightsCard(
        valid_from=content.period.start,
        valid_to=content.period.end,
        amc_number=content.amc_number,
        conventions=content.conventions,
        csr=content.csr,
        member_number=content.member_number,
        responsible=content.responsible,
        persons=tuple(
            CoveredPerson(of.given_names, of.family_name, of.birth_date, of.birth_rank) for of in content.beneficiaries
        ),
        domains=content.domains,
        cells=tuple((cell.domain, cell.text or ABSENT) for cell in content.cells),
        footnote=content.footnote,
    )
