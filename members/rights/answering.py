"""Answering a professional who verifies rights (CGU-3.24): the one door from outside to the card of a person.

It opens on an exact question only, and shows what the card prints and nothing else: `RightsCard` is a closed list of
fields, copied one by one. A question that finds nobody does the same work on a household drawn at random and throws
it away, so that neither the answer nor its time tells an unknown number from a wrong date or from ended rights.
"""

import datetime
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import F, Subquery

from members.card.contents import CardContent
from members.card.material import Material, material_of
from members.card.models import Card
from members.coverage.models import Cover
from members.households.models import Household
from members.rights.models import RightsLook
from members.rights.questions import Question, Scanned, Typed
from portals.access import isolation
from portals.accounts.models import Account
from portals.presentation.formats import ABSENT
from privacy.audit import record

DRAW = """
    SELECT household_id, person_id FROM members_cover
    WHERE id >= (SELECT max(id) * random() FROM members_cover) ORDER BY id LIMIT 1
"""


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
class _Target:
    """Whose card is made. `person_id` None: the whole family's; `policy_id` None: every contract of the day."""

    household_id: int
    person_id: int | None
    policy_id: int | None = None


def answer(question: Question, *, day: datetime.date, asked_by: Asker, reference: str) -> tuple[RightsCard, ...]:
    """The cards of whoever the question designates, on a day; none for a miss, whatever the reason.

    There is one card, but for who has several contracts. Reads with the system's row context: whoever calls it holds
    that the account is a professional's, with an agreement in force and within its quotas. The look and the entry in
    the journal are written in the same transaction as the answer.
    """
    with isolation.system():
        found = _matched(question, day)
        drawn = _drawn()
        contents = _contents(found or drawn, day)
        is_found = found is not None and bool(contents)
        _note(found or drawn, contents, day, asked_by, reference, keep=is_found)
        record(
            "rights.looked_up", by=asked_by.account, object_kind="household",
            object_id=found.household_id if found and is_found else "", result="done",
            details={"reference": reference, "found": int(is_found), "scanned": int(isinstance(question, Scanned))},
        )  # fmt: skip
    return tuple(_shown(content) for content in contents) if is_found else ()


def _matched(question: Question, day: datetime.date) -> _Target | None:
    return _typed(question, day) if isinstance(question, Typed) else _scanned(question, day)


def _typed(question: Typed, day: datetime.date) -> _Target | None:
    """Twins without a rank are nobody: which of them is meant is not guessed. One query, by indexes.

    The household is asked for first, in a sub-query: whatever the planner knows of the tables, it goes by the number.
    """
    household = Household.objects.filter(member_number=question.member_number).values("pk")[:1]
    covers = Cover.objects.running_on(day).filter(
        household=Subquery(household),
        person__birth_date=question.birth_date,
        person__household_id=F("household_id"),
    )
    if question.birth_rank is not None:
        covers = covers.filter(person__birth_rank=question.birth_rank)
    named = set(covers.values_list("person__household_id", "person_id"))
    return _Target(*named.pop()) if len(named) == 1 else None


def _scanned(question: Scanned, day: datetime.date) -> _Target | None:
    """A revoked card opens nothing, nor does a card on a day that it does not cover. One query."""
    card = (
        Card.objects.filter(number=question.card_number, revoked_at=None, valid_from__lte=day, valid_to__gte=day)
        .filter(content__member_number=question.member_number)
        .values_list("household_id", "person_id", "policy_id")
        .first()
    )
    return _Target(*card) if card else None


def _drawn() -> _Target:
    """Somebody, by chance; nobody while no one is covered."""
    with connection.cursor() as cursor:
        cursor.execute(DRAW)
        row = cursor.fetchone()
    return _Target(*row) if row else _Target(0, 0)


def _contents(target: _Target, day: datetime.date) -> list[CardContent]:
    """The cards of the day, read as the member's own page reads them."""
    material = material_of([target.household_id])
    made = (material.card_of(policy, target.person_id, day) for policy in _policies(target, material, day))
    return [content for content in made if content is not None]


def _policies(target: _Target, material: Material, day: datetime.date) -> list[int]:
    if target.policy_id is not None:
        return [target.policy_id]
    return material.policies_of(target.household_id, [target.person_id or 0], day)


def _note(
    target: _Target, contents: list[CardContent], day: datetime.date, asker: Asker, reference: str, *, keep: bool
) -> None:
    """Write the looks; those of a miss are written and taken back, for the time that it takes."""
    persons = {person.person_id for content in contents for person in content.beneficiaries}
    looks = [
        RightsLook(
            household_id=target.household_id, person_id=person_id, on_day=day, reference=reference,
            practice_name=asker.practice_name, profession=asker.profession, place=asker.place,
        )
        for person_id in sorted(persons)
    ]  # fmt: skip
    with transaction.atomic():
        RightsLook.objects.bulk_create(looks)
        if not keep:
            transaction.set_rollback(True)


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
