"""What the page says of an answer. A hit and a miss are both drawn each time, and one of the two is thrown away.

What has a line for each item is drawn here rather than by the template engine, which takes ten times as long over it;
the words around are drawn by it once, with slots for what each answer says.
"""

import datetime
import re
from collections.abc import Sequence
from functools import cache, lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from members.rights.answering import CoveredPerson, RightsCard
from portals.presentation.formats import NARROW, full_instant, long_date, phone
from providers.rights.actions import Answered
from providers.rights.drawing import KEPT_GRIDS, Shape, drawn_cells, drawn_columns, slot

FOUND, MISSED = "providers/rights/found.html", "providers/rights/missed.html"
ELIDES = re.compile(r"[aâàeéèêëiîïoôuûùüœæ]|y(?![aeiou])", re.IGNORECASE)
"""`d’Inès`, `d’Yves`, and not `de Yanis`."""
ROW = '<tr><th scope="row">{}<span class="sub nb">{}</span></th>{}</tr>'
DOMAINS = ("PHAR", "MED", "RLAX", "HOSP", "OPTI", "DESO", "DEPR", "AUDI")
NEVER = datetime.date(2000, 1, 1)
SPECIMEN = RightsCard(
    valid_from=NEVER,
    valid_to=NEVER,
    amc_number="0000000000",
    conventions=("OC",),
    csr="",
    member_number="0000000000",
    responsible=True,
    persons=(CoveredPerson("Spécimen", "Spécimen", NEVER, 1),),
    domains=tuple((domain, domain) for domain in DOMAINS),
    cells=tuple((domain, f"OC 100{NARROW}%") for domain in DOMAINS),
    footnote="",
)


CARD_SLOTS = ("block", "columns", "rows", "footnote")


def drawn(answered: Answered) -> SafeString:
    """The part of the page that says the answer. It needs nothing of the request."""
    cards = answered.cards or (SPECIMEN,)
    said = {
        "day": long_date(answered.kept.on_day),
        "number": answered.kept.text,
        "instant": full_instant(answered.kept.at),
        "phone": phone(settings.ORGANISATION_FACTS.phone),
        "whose": whose(cards),
    }
    for rank, card in enumerate(cards):
        said |= {_of_card(name, rank): part for name, part in zip(CARD_SLOTS, _parts(card), strict=True)}
    found = _found_shape(tuple(card.responsible for card in cards)).filled(said)
    missed = _missed_shape().filled(said)
    return found if answered.cards else missed


def _parts(card: RightsCard) -> tuple[SafeString, SafeString, SafeString, str]:
    """What fills the slots of a card on the page, as they are named in `CARD_SLOTS`."""
    return _block(card), drawn_columns(card.domains), _rows(card), card.footnote


def _block(card: RightsCard) -> SafeString:
    """The five items of the card, in its order."""
    items = (
        ("Période de validité", f"{card.valid_from:%d/%m/%Y} – {card.valid_to:%d/%m/%Y}"),
        ("N°\u00a0AMC", card.amc_number),
        ("Type de convention", " ".join(card.conventions)),
        ("CSR", card.csr),
        ("N°\u00a0adhérent", card.member_number),
    )
    return format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", items)


def _rows(card: RightsCard) -> SafeString:
    """Name as it is printed, date and rank of birth, and the cells, which are the same for everybody on a card."""
    cells = drawn_cells(card.cells)
    rows = (
        (
            f"{of.given_names} {of.family_name.upper()}".strip(),
            f"{of.birth_date:%d/%m/%Y}, rang\u00a0{of.birth_rank}",
            cells,
        )
        for of in card.persons
    )
    return format_html_join("", ROW, rows)


@lru_cache(maxsize=KEPT_GRIDS)
def _found_shape(responsible: tuple[bool, ...]) -> Shape:
    """Of a hit with so many cards, each of a « contrat responsable » or not."""
    shown = [
        {"responsible": one} | {name: slot(_of_card(name, rank)) for name in CARD_SLOTS}
        for rank, one in enumerate(responsible)
    ]
    said = {name: slot(name) for name in ("day", "number", "instant", "whose")}
    return Shape(render_to_string(FOUND, said | {"shown": shown}))


@cache
def _missed_shape() -> Shape:
    return Shape(render_to_string(MISSED, {name: slot(name) for name in ("day", "number", "instant", "phone")}))


def _of_card(name: str, rank: int) -> str:
    return f"{name}_{rank}"


def whose(cards: Sequence[RightsCard]) -> str:
    """`d’Inès Le Goff`, `de Samir Benali`, `des 4 personnes de la carte`."""
    persons = {(of.given_names, of.family_name, of.birth_date) for card in cards for of in card.persons}
    if len(persons) > 1:
        return f"des {len(persons)}\u00a0personnes de la carte"
    given, family, _ = next(iter(persons))
    name = f"{given} {family}".strip()
    return f"d’{name}" if ELIDES.match(name) else f"de {name}"
