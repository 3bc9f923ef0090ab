"""How soon refunds leave, as the organisation promises them. Each delay is a setting (REFUND_…), in working days.

The defaults are fictitious: the texts of the authors' organisation give no figure.
"""

from dataclasses import dataclass

from config.environment import integer


@dataclass(frozen=True)
class RefundDelays:
    """Working days between what starts the clock and the transfer.

    `teletransmitted`: from the caisse's décompte; `third_party`: from the professional's invoice, paid to them; `posted`:
    from a décompte or an invoice that the person sends; `arrival`: what banks then take.
    """

    teletransmitted: int
    third_party: int
    posted: int
    arrival: int


DELAYS = RefundDelays(
    teletransmitted=integer("REFUND_TELETRANSMITTED_DAYS", 2),
    third_party=integer("REFUND_THIRD_PARTY_DAYS", 5),
    posted=integer("REFUND_POSTED_DAYS", 8),
    arrival=integer("REFUND_ARRIVAL_DAYS", 2),
)
