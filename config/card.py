"""What the mutual's third-party payment cards say of it, and the keys that sign them. Each fact is a setting (CARD_…).

The defaults are fictitious: no body of this number, of this routing criterion or of this centre is known to the authors.
"""

from dataclasses import dataclass

from config.environment import text


@dataclass(frozen=True)
class CardFacts:
    """Texts, as they are printed: leading zeros count.

    `amc_number`: the number of the mutual among complementary bodies (8 to 10 digits); `csr`: the secondary routing
    criterion (8 characters at most, possibly none).
    """

    amc_number: str
    csr: str
    management_centre: str
    teletransmission: str


CARD = CardFacts(
    amc_number=text("CARD_AMC_NUMBER", "0009914587"),
    csr=text("CARD_CSR", "E2M"),
    management_centre=text("CARD_MANAGEMENT_CENTRE", "560"),
    teletransmission=text("CARD_TELETRANSMISSION", "0441"),
)
