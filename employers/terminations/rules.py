"""What leaving for a reason, on a day, brings about. Pure: no database, no clock. Days of Europe/Paris, last days included.

Sources: article L. 911-8 of the code de la sécurité sociale, article 4 of the loi Evin (see `members.portability.rules`).
"""

import datetime
from dataclasses import dataclass

from employers.terminations.words import Reason
from members.portability.rules import OfferDays, Rights, offer_days, proof_due, rights_after
from members.portability.words import Ground

OPENS_BENEFIT = frozenset(
    {
        Reason.JUSTIFIED_RESIGNATION,
        Reason.DISMISSAL,
        Reason.AGREEMENT,
        Reason.FIXED_TERM,
        Reason.APPRENTICESHIP,
        Reason.TRIAL_BY_EMPLOYER,
    }
)
"""Ways of leaving that give a right to unemployment benefit. Gross misconduct gives it too, and no portability."""

GROUNDS: dict[str, Ground] = {
    **dict.fromkeys(OPENS_BENEFIT, Ground.UNEMPLOYED),
    Reason.GROSS_MISCONDUCT: Ground.UNEMPLOYED,
    Reason.RETIREMENT: Ground.RETIRED,
    Reason.DEATH: Ground.BEREAVED,
}
"""What opens the individual contract of the loi Evin, by reason; nothing for whoever leaves without benefit or pension."""


class DatesRefused(ValueError):
    """The dates contradict one another. The message is for the person; `field` is the answer's."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Departure:
    """What HR tells. `employed_since`: first day of the contract, or of those that followed one another without a day
    between them. `notice_until`: end of a notice that is paid and not worked."""

    reason: Reason
    last_day: datetime.date
    employed_since: datetime.date
    notice_until: datetime.date | None = None

    @property
    def contract_end(self) -> datetime.date:
        """The last day of the contract, and of the cover that it gives: that of the notice, worked or not."""
        return self.notice_until or self.last_day


@dataclass(frozen=True)
class Consequences:
    """What follows from a departure. `proof_due_on`: the day by which the person proves their benefit."""

    departure: Departure
    rights: Rights
    proof_due_on: datetime.date | None
    ground: Ground | None
    offer: OfferDays | None

    @property
    def has_portability(self) -> bool:
        return self.rights.ends_on is not None


def is_foretold_death(reason: str, last_day: datetime.date, today: datetime.date) -> bool:
    """A death is told once it has happened."""
    return reason == Reason.DEATH and last_day > today


def consequences(departure: Departure, *, today: datetime.date, is_covered: bool = True) -> Consequences:
    """`is_covered`: the person was covered by the contract; whoever had a waiver has nothing to keep. Raises DatesRefused."""
    if departure.employed_since > departure.last_day:
        raise DatesRefused("employed_since", "Le contrat commence avant son dernier jour.")
    if departure.notice_until is not None and departure.notice_until < departure.last_day:
        raise DatesRefused("notice_until", "Le préavis finit après le dernier jour travaillé.")
    if is_foretold_death(departure.reason, departure.last_day, today):
        raise DatesRefused("last_day", "Un décès se déclare une fois survenu\u00a0: indiquez le jour du décès.")
    rights = rights_after(
        since=departure.employed_since,
        contract_end=departure.contract_end,
        opens=is_covered and departure.reason in OPENS_BENEFIT,
    )
    ground = GROUNDS.get(departure.reason) if is_covered else None
    return Consequences(
        departure=departure,
        rights=rights,
        proof_due_on=proof_due(rights.starts_on, today) if rights.ends_on else None,
        ground=ground,
        offer=offer_days(rights.rights_end, today=today) if ground else None,
    )
