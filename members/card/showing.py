"""Which cards a person is shown on a day, for whom, and with which codes."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from members.card.actions import issue
from members.card.contents import CardContent
from members.card.datamatrix import encode
from members.card.material import Material, material_of
from members.card.models import Card
from members.card.rules import AHEAD, Rights, is_issuable, rights_on
from members.card.symbols import Symbol, datamatrix_symbol, qr_symbol
from members.households.rules import HouseholdPerson, Viewpoint
from portals.accounts.models import Account
from portals.presentation.formats import ABSENT

COUNTED = ("aucune", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")


@dataclass(frozen=True)
class ShownCard:
    """One card on a page. `card` is None while it was not given out; it may be when `is_issuable`."""

    content: CardContent
    policy_id: int
    person_id: int | None
    is_issuable: bool
    card: Card | None = None

    @cached_property
    def datamatrix(self) -> Symbol | None:
        return datamatrix_symbol(encode(self.content, self.card.number)) if self.card else None

    @cached_property
    def qr(self) -> Symbol | None:
        return qr_symbol(self.card.payload) if self.card else None

    @property
    def rows(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """Name, date and rank of birth, cells (domain, text), for each beneficiary."""
        cells = [(cell.domain, cell.text or ABSENT) for cell in self.content.cells]
        return [
            (of.printed_name, f"{of.birth_date:%d/%m/%Y}, rang\u00a0{of.birth_rank}", cells)
            for of in self.content.beneficiaries
        ]

    @property
    def available_from(self) -> datetime.date:
        """The first day on which a coming card is given out."""
        return self.content.period.start - AHEAD


@dataclass(frozen=True)
class Wallet:
    """What the page of the card says: the cards of a day, and the rights of each person on it."""

    day: datetime.date
    today: datetime.date
    person: HouseholdPerson | None
    rights: tuple[tuple[HouseholdPerson, Rights], ...]
    cards: tuple[ShownCard, ...]

    @property
    def issued(self) -> list[ShownCard]:
        return [shown for shown in self.cards if shown.card is not None]

    @property
    def missing(self) -> list[ShownCard]:
        return [shown for shown in self.cards if shown.is_issuable and shown.card is None]

    @property
    def valid_to(self) -> datetime.date | None:
        """The last day on which every card of the page is true."""
        return min((shown.content.period.end for shown in self.cards), default=None)

    @property
    def covered_count(self) -> str:
        """`quatre personnes`."""
        count = len({of.person_id for shown in self.cards for of in shown.content.beneficiaries})
        return f"{COUNTED[count] if count < len(COUNTED) else count} personne{'s' if count > 1 else ''}"

    @property
    def until(self) -> datetime.date | None:
        """The last day rights were open before a day on which nobody has any."""
        return max((rights.until for _, rights in self.rights if rights.until), default=None)

    @property
    def reopens(self) -> datetime.date | None:
        return min((rights.reopens for _, rights in self.rights if rights.reopens), default=None)


def persons_of(viewpoint: Viewpoint) -> tuple[HouseholdPerson, ...]:
    """Whose cards the viewer may see: the member sees the family's, anybody else and a representative one person's.

    A card tells who is covered and how, and nothing of anybody's care: it is the same paper that the family shares.
    """
    if viewpoint.is_holder and not viewpoint.is_represented:
        others = tuple(person for person in viewpoint.persons if person != viewpoint.viewer)
        return (viewpoint.viewer, *others)
    return (viewpoint.viewer,)


def card_seen(viewpoint: Viewpoint, card_id: int) -> Card | None:
    """A card that the viewer may see, revoked or not: the family's is the member's, each other one its person's."""
    card = Card.objects.filter(household=viewpoint.household_id, pk=card_id).first()
    if card is None:
        return None
    if card.person_id is None:
        return card if viewpoint.is_holder and not viewpoint.is_represented else None
    return card if card.person_id in {person.id for person in persons_of(viewpoint)} else None


def wallet_of(viewpoint: Viewpoint, *, day: datetime.date, person: HouseholdPerson | None) -> Wallet:
    """The cards of a day for one person, or for all that the viewer may see (`person` None).

    Four queries, and one for each card: one, but for who has several contracts.
    """
    wanted = (person,) if person else persons_of(viewpoint)
    whole = person is None and viewpoint.is_holder and not viewpoint.is_represented
    only = None if whole else wanted[0].id
    material = material_of([viewpoint.household_id])
    policies = material.policies_of(viewpoint.household_id, [of.id for of in wanted], day)
    contents = [(policy, content) for policy in policies if (content := material.card_of(policy, only, day))]
    return Wallet(
        day=day,
        today=viewpoint.day,
        person=person,
        rights=_rights(material, wanted, day),
        cards=tuple(_shown(viewpoint, policy, only, content) for policy, content in contents),
    )


def issue_missing(viewpoint: Viewpoint, wallet: Wallet, *, by: Account) -> list[Card]:
    """Give out the cards of the page that are not there yet; returns them. The rules decide whether they may be."""
    return [
        issue(
            content=shown.content, household_id=viewpoint.household_id, policy_id=shown.policy_id,
            person_id=shown.person_id, by=by,
        )
        for shown in wallet.missing
    ]  # fmt: skip


def _rights(
    material: Material, persons: tuple[HouseholdPerson, ...], day: datetime.date
) -> tuple[tuple[HouseholdPerson, Rights], ...]:
    """Of those who are covered, were or will be: others of the household have nothing to be told."""
    known = [(person, material.spans_of(person.id)) for person in persons]
    return tuple((person, rights_on(spans, day)) for person, spans in known if spans)


def _shown(viewpoint: Viewpoint, policy_id: int, person_id: int | None, content: CardContent) -> ShownCard:
    """With its number and its codes once it was given out, while its days are near or running."""
    if not is_issuable(content.period, viewpoint.day):
        return ShownCard(content, policy_id, person_id, is_issuable=False)
    in_force = Card.objects.of(policy_id, person_id).filter(revoked_at=None)
    card = in_force.filter(content_sha256=content.fingerprint).first()
    return ShownCard(content, policy_id, person_id, is_issuable=True, card=card)
