"""The quotes that are itemised: which lines each kind has, and which acts each line may be. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from members.quotes.models import QuoteKind

LENSES = (
    "V01", "V02", "V03", "V04", "VU1", "VU2", "VU3", "VU4", "VU5", "VU6", "VU7", "VM1", "VM2", "VM3", "VM4", "VM5",
    "VM6", "VM7",
)  # fmt: skip
FRAMES = ("M01", "M02", "M03", "M04")
TEETH = (
    "PF0", "CM0", "CZ0", "CT0", "IC0", "PA0", "PF1", "CZ1", "CT1", "IC1", "IN1", "BR1", "PA1", "PFM", "PFC", "ICO",
    "INO", "PDT", "PAR", "PAM", "IMP", "SDE", "END",
)  # fmt: skip
AIDS = ("PAZ", "PAU")
DENTAL_LINES = 4


@dataclass(frozen=True)
class Slot:
    """One line of a quote. With a single act, nothing is chosen; without `priced`, the tariff is the price.

    `counts`: how what is counted is called (`Jours`), empty when the line is one act.
    """

    name: str
    label: str
    acts: tuple[str, ...]
    asks_base: bool = False
    counts: str = ""
    priced: bool = True


@dataclass(frozen=True)
class Quotation:
    """A kind of quote: how its address and its pages name it, and its lines."""

    kind: QuoteKind
    slug: str
    title: str
    words: str
    slots: tuple[Slot, ...]
    asks_sight: bool = False


def _teeth() -> Iterator[Slot]:
    for rank in range(1, DENTAL_LINES + 1):
        yield Slot(f"line{rank}", f"Ligne {rank} du devis", TEETH, asks_base=True)


QUOTATIONS = {
    quotation.slug: quotation
    for quotation in (
        Quotation(
            QuoteKind.OPTICS,
            "optique",
            "Des lunettes",
            "Deux verres et une monture, de classe A (100\u202f% Santé) ou B.",
            (
                Slot("right", "Œil droit", LENSES, asks_base=True),
                Slot("left", "Œil gauche", LENSES, asks_base=True),
                Slot("frame", "Monture", FRAMES),
            ),
            asks_sight=True,
        ),
        Quotation(
            QuoteKind.DENTAL,
            "dentaire",
            "Des soins ou une prothèse dentaires",
            "Jusqu’à quatre lignes du devis du chirurgien-dentiste.",
            tuple(_teeth()),
        ),
        Quotation(
            QuoteKind.HEARING,
            "audition",
            "Des aides auditives",
            "Une ou deux oreilles, de classe 1 (100\u202f% Santé) ou 2.",
            (Slot("right", "Oreille droite", AIDS), Slot("left", "Oreille gauche", AIDS)),
        ),
        Quotation(
            QuoteKind.HOSPITAL,
            "hospitalisation",
            "Une hospitalisation",
            "Honoraires, chambre particulière et forfait journalier.",
            (
                Slot("surgery", "Chirurgie", ("ADC",), asks_base=True),
                Slot("anaesthesia", "Anesthésie", ("ADA",), asks_base=True),
                Slot("room", "Chambre particulière", ("CPC",)),
                Slot("days", "Forfait journalier", ("FJ",), counts="Nombre de jours", priced=False),
            ),
        ),
    )
}
ACT_SLUG = "acte"
ONE_ACT = Quotation(
    QuoteKind.ACT,
    ACT_SLUG,
    "Un acte",
    "Une consultation, une séance, un examen\u00a0: cherchez-le par ses mots.",
    (Slot("act", "L’acte", (), asks_base=True),),
)
SLUGS = {quotation.kind: quotation.slug for quotation in (*QUOTATIONS.values(), ONE_ACT)}


def act_codes(quotation: Quotation) -> set[str]:
    """Every act that a quotation may name."""
    return {code for slot in quotation.slots for code in slot.acts}
