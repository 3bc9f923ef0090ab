"""What becomes of a field at an erasure, and until when the law keeps it. Pure: no database, no clock."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from portals.dates import months_after
from portals.declarations import Classified, Erasure, Purpose

PRESCRIPTION_YEARS = 5
"""Personal actions lapse after five years (code civil, art. 2224); those of a mutual's contract earlier (L. 221-11)."""

NEEDED_BY_CONTRACT = frozenset(
    {Purpose.CONTRACT, Purpose.REIMBURSEMENT, Purpose.GROUP_CONTRACT, Purpose.PROVIDER_PAYMENT}
)
"""Purposes that a running contract still needs: an address to write to, an account to pay."""

IN_FORCE = "Le contrat est en cours\u00a0: ces données sont encore nécessaires à son exécution (RGPD, article 17.1.a)."
CONTRACT = (
    "Obligation légale de conservation après la fin du contrat (RGPD, article 17.3.b\u202f; code de la mutualité, article "
    "L. 221-11\u202f; code civil, article 2224)."
)
PROOF = "Constatation, exercice ou défense de droits en justice (RGPD, article 17.3.e\u202f; code civil, article 2224)."
RECENT = "Preuve que la demande a été traitée (RGPD, articles 12 et 17.3.e), cinq ans après sa réception."
WISHED = "La personne n’a pas demandé d’effacer ces données dans ses directives."
SHARED = "D’autres personnes du foyer en dépendent\u00a0: ces données sont aussi les leurs."


@dataclass(frozen=True)
class Relation:
    """The contract of the person with the mutual: running, or ended on a last day. `ended_on` None: there never was any."""

    is_running: bool = False
    ended_on: datetime.date | None = None


@dataclass(frozen=True)
class Hold:
    """Why something is kept. `until`: the last day; None while nobody can know it. `keeps_all`: whatever it is."""

    reason: str
    until: datetime.date | None = None
    keeps_all: bool = False


@dataclass(frozen=True)
class Holds:
    """The holds that stand on the day of a plan. `all`: that of a file, which lets nothing go."""

    contract: Hold | None
    proof: Hold | None
    use: Hold | None
    only: frozenset[str] = frozenset()
    """The kinds of data that are to go; empty: all of them."""
    all: Hold | None = None

    def on(self, kind: Classified) -> Hold | None:
        """What keeps a field of this classification, or None: it goes."""
        if self.all is not None:
            return self.all
        if self.spares(kind):
            return Hold(WISHED)
        if kind.erasure == Erasure.KEEP_CONTRACT:
            return self.contract
        if kind.erasure == Erasure.KEEP_PROOF:
            return self.proof
        if kind.purpose in NEEDED_BY_CONTRACT:
            return self.use
        return None

    def spares(self, kind: Classified) -> bool:
        """Whether nobody asked that data of this kind goes."""
        return bool(self.only) and kind.sensitivity not in self.only


def end_of_prescription(last_day: datetime.date) -> datetime.date:
    """The last day on which an action that began with `last_day` may be brought."""
    return months_after(last_day, 12 * PRESCRIPTION_YEARS)


def holds_of(relation: Relation, today: datetime.date, legal: Hold | None = None, only: Collection[str] = ()) -> Holds:
    """The holds of the law; `legal` is one that the data protection officer has set, which prolongs them.

    `only`: the kinds of data that are to go, when not all of them are.
    """
    everything = legal if legal and legal.keeps_all else None
    if relation.is_running:
        running = Hold(IN_FORCE)
        return Holds(contract=running, proof=Hold(PROOF), use=running, only=frozenset(only), all=everything)
    until = end_of_prescription(relation.ended_on) if relation.ended_on else None
    stands = until is not None and until >= today
    return Holds(
        contract=_longest(Hold(CONTRACT, until) if stands else None, legal),
        proof=_longest(Hold(PROOF, until) if stands else None, legal),
        use=None,
        only=frozenset(only),
        all=everything,
    )


def _longest(law: Hold | None, legal: Hold | None) -> Hold | None:
    standing = [hold for hold in (legal, law) if hold]
    return max(standing, key=lambda hold: hold.until or datetime.date.max, default=None)
