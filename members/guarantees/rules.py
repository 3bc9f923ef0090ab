"""A line of a guarantee table and the law around it, in plain words. Pure: no database, no clock. Amounts are euros."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from members.benefits.engine import Basis, GuaranteeLine, Law, Unit
from portals.presentation.formats import NARROW, NBSP, euros, number, percent

ONE = Decimal(1)
UNITS = {"OPTI": "par équipement", "DOUX": "par séance", "AUDI": "par oreille", "FJ": "par jour"}
"""What a fixed amount is counted on; an act for the other families."""

ZERO_BASKET = f"100{NARROW}%{NBSP}Santé"


@dataclass(frozen=True)
class Words:
    """`short` fits beside a title, `whole` is a sentence; `ceiling` is empty when nothing limits the year."""

    short: str
    whole: str
    ceiling: str = ""


def words_of(line: GuaranteeLine, family: str) -> Words:
    """What a line gives, as one would say it. `rate` includes the compulsory scheme's share."""
    ceiling = _ceiling(line)
    rate = line.rate or Decimal(0)
    match line.basis:
        case Basis.BASE if rate == ONE:
            return Words(
                f"100{NARROW}% du tarif de base",
                "Le tarif de base est remboursé en entier, par le régime et la mutuelle ensemble.",
                ceiling,
            )
        case Basis.BASE:
            said = percent(rate)
            return Words(
                f"{said} du tarif de base",
                f"Le régime et la mutuelle remboursent ensemble jusqu’à {said} du tarif de base.",
                ceiling,
            )
        case Basis.EXPENSE if rate >= ONE:
            return Words("Toute la dépense", "Toute la dépense est remboursée.", ceiling)
        case Basis.EXPENSE:
            said = percent(rate)
            return Words(f"{said} de la dépense", f"{said} de la dépense est remboursée, régime compris.", ceiling)
    return _fixed(line, family, ceiling)


def _fixed(line: GuaranteeLine, family: str, ceiling: str) -> Words:
    if line.amount is None:
        return Words("Selon le plafond", "La mutuelle complète le régime, dans la limite du plafond.", ceiling)
    if not line.amount:
        return Words("Rien de prévu", "Cette formule ne prévoit rien pour ces soins.")
    said = f"{euros(line.amount)} {UNITS.get(family, 'par acte')}"
    return Words(said, f"La mutuelle verse jusqu’à {said}, en plus du régime.", ceiling)


def _ceiling(line: GuaranteeLine) -> str:
    if not line.annual_cap:
        return ""
    if line.cap_unit is Unit.ACTS:
        return f"{number(line.annual_cap)} actes par personne et par an"
    return f"{euros(line.annual_cap)} par personne et par an"


def law_notes(family: str, law: Law, *, responsible: bool) -> list[str]:
    """What the law adds to a responsible plan, or takes away, for a family of acts. Figures are those in force."""
    if not responsible:
        return [f"Ce contrat n’est pas responsable{NBSP}: les règles du {ZERO_BASKET} ne s’y appliquent pas."]
    notes = NOTES.get(family)
    return [note for note in notes(law) if note] if notes else []


def _of_optics(law: Law) -> tuple[str, ...]:
    return (
        f"L’opticien vous propose toujours des lunettes du panier {ZERO_BASKET} (classe A), sans reste à charge.",
        _limit("Pour une monture de classe B, la loi limite le remboursement à", law.frame_limit),
        _renewal(law),
    )


def _of_prostheses(_law: Law) -> tuple[str, ...]:
    return (f"Le dentiste vous propose, quand il existe, un soin du panier {ZERO_BASKET}, sans reste à charge.",)


def _of_hearing_aids(law: Law) -> tuple[str, ...]:
    return (
        f"Les aides auditives de classe 1 ({ZERO_BASKET}) sont sans reste à charge.",
        _limit("Pour celles de classe 2, la loi limite le remboursement par oreille à", law.hearing_limit),
    )


def _of_doctors(law: Law) -> tuple[str, ...]:
    return (_overrun(law), _participation(law))


def _of_hospital(law: Law) -> tuple[str, ...]:
    return (_overrun(law),)


def _of_laboratories(law: Law) -> tuple[str, ...]:
    return (_participation(law),)


def _of_franchises(law: Law) -> tuple[str, ...]:
    if law.franchise_cap is None:
        return ()
    return (
        f"Les franchises, {euros(law.franchise_cap)} au plus par an, restent à votre charge{NBSP}: "
        "la loi interdit de les rembourser.",
    )


def _of_the_daily_charge(_law: Law) -> tuple[str, ...]:
    return ("La loi oblige un contrat responsable à le payer en entier, sans limite de durée.",)


def _of_baskets(_law: Law) -> tuple[str, ...]:
    return (
        "Lunettes, prothèses dentaires et aides auditives de ces paniers ont des prix limités par la loi. "
        "Le devis doit toujours en proposer.",
    )


NOTES: dict[str, Callable[[Law], tuple[str, ...]]] = {
    "OPTI": _of_optics,
    "DENT": _of_prostheses,
    "AUDI": _of_hearing_aids,
    "MED": _of_doctors,
    "HOSP": _of_hospital,
    "LABO": _of_laboratories,
    "PHAR": _of_franchises,
    "AUXM": _of_franchises,
    "TRAN": _of_franchises,
    "FJ": _of_the_daily_charge,
    "RAC0": _of_baskets,
}


def _limit(words: str, amount: Decimal | None) -> str:
    return f"{words} {euros(amount)}, régime compris." if amount else ""


def _renewal(law: Law) -> str:
    if law.renewal_months is None or law.early_renewal_months is None:
        return ""
    return (
        f"Un équipement tous les {number(law.renewal_months)} mois{NARROW}; tous les {number(law.early_renewal_months)} "
        "mois avant 16 ans ou si la vue change."
    )


def _overrun(law: Law) -> str:
    if law.overrun_limit is None:
        return ""
    return (
        f"Si le médecin n’a pas signé l’OPTAM, régime et mutuelle paient au plus {percent(law.overrun_limit)} "
        "du tarif de base."
    )


def _participation(law: Law) -> str:
    if law.participation_cap is None:
        return ""
    return (
        f"La participation forfaitaire, {euros(law.participation_cap)} au plus par an, reste à votre charge{NBSP}: "
        "la loi interdit de la rembourser."
    )
