"""What the page says of an answer. A hit and a miss are both drawn each time, and one of the two is thrown away.

What has a line for each item is drawn here rather than by the template engine, which takes ten times as long over it.
"""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from members.rights.answering import CoveredPerson, RightsCard
from portals.presentation.formats import NARROW
from providers.rights.actions import Answered
from providers.rights.drawing import drawn_cells, drawn_columns

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


@dataclass(frozen=True)
class ShownRights:
    """A card on the page."""

    card: RightsCard

    @property
    def block(self) -> SafeString:
        """The five items of the card, in its order."""
        card = self.card
        items = (
            ("Période de validité", f"{card.valid_from:%d/%m/%Y} – {card.valid_to:%d/%m/%Y}"),
            ("N°\u00a0AMC", card.amc_number),
            ("Type de convention", " ".join(card.conventions)),
            ("CSR", card.csr),
            ("N°\u00a0adhérent", card.member_number),
        )
        return format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", items)

    @property
    def columns(self) -> SafeString:
        """The headings of the grid."""
        return drawn_columns(self.card.domains)

    @property
    def rows(self) -> SafeString:
        """Name as it is printed, date and rank of birth, and the cells, which are the same for everybody on a card."""
        cells = drawn_cells(self.card.cells)
        rows = (
            (
                f"{of.given_names} {of.family_name.upper()}".strip(),
                f"{of.birth_date:%d/%m/%Y}, rang\u00a0{of.birth_rank}",
                cells,
            )
            for of in self.card.persons
        )
        return format_html_join("", ROW, rows)


def drawn(answered: Answered) -> SafeString:
    """The part of the page that says the answer. It needs nothing of the request."""
    found = _found(answered, answered.cards or (SPECIMEN,))
    missed = render_to_string(MISSED, {"answered": answered, "organisation": settings.ORGANISATION_FACTS})
    return SafeString(found if answered.cards else missed)


def _found(answered: Answered, cards: Sequence[RightsCard]) -> str:
    context = {"answered": answered, "shown": [ShownRights(card) for card in cards], "whose": whose(cards)}
    return render_to_string(FOUND, context)


def whose(cards: Sequence[RightsCard]) -> str:
    """`d’Inès Le Goff`, `de Samir Benali`, `des 4 personnes de la carte`."""
    persons = {(of.given_names, of.family_name, of.birth_date) for card in cards for of in card.persons}
    if len(persons) > 1:
        return f"des {len(persons)}\u00a0personnes de la carte"
    given, family, _ = next(iter(persons))
    name = f"{given} {family}".strip()
    return f"d’{name}" if ELIDES.match(name) else f"de {name}"
