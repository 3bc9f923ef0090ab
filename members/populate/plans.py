"""The plans of the fabricated portfolio and their guarantee tables, one of which was improved along the way."""

import datetime
from typing import NamedTuple

OPENING = datetime.date(2018, 1, 1)
IMPROVEMENT = datetime.date(2025, 1, 1)
NNBSP, NBSP = "\u202f", "\u00a0"


class Plan(NamedTuple):
    """What a plan pays: percents of the base, or euros for optics (an equipment) and soft medicine (a session)."""

    code: str
    name: str
    kind: str
    percents: dict[str, int]
    optics: int
    session: int
    sessions: int


class Guarantee(NamedTuple):
    """One line of a guarantee table, in percents and cents. `percent` includes the compulsory scheme's share."""

    plan: str
    family: str
    valid_from: datetime.date
    valid_to: datetime.date | None
    basis: str
    percent: int
    amount: int
    annual_cap: int
    wording: str


def _percents(med: int, care: int, dental: int, prostheses: int, hospital: int) -> dict[str, int]:
    return {
        "MED": med, "AUXM": care, "LABO": care, "PHAR": 100, "DESO": dental, "DENT": prostheses,
        "DEOR": prostheses, "AUDI": prostheses, "HOSP": hospital, "TRAN": 100,
    }  # fmt: skip


PLANS = (
    Plan("LIT", "Littoral", "individual", _percents(100, 100, 100, 125, 100), 100, 0, 0),
    Plan("RIV", "Rivage", "individual", _percents(150, 125, 125, 200, 150), 200, 25, 4),
    Plan("LAR", "Large", "individual", _percents(200, 150, 150, 300, 200), 350, 40, 5),
    Plan("EQG", "Équipage", "group", _percents(125, 100, 100, 175, 125), 150, 20, 3),
    Plan("EQP", "Équipage renforcé", "group", _percents(200, 150, 150, 300, 200), 300, 35, 5),
)
IMPROVED = "RIV"
IMPROVED_MED = 175
WORDINGS = {
    "MED": "Consultations, actes techniques et imagerie",
    "AUXM": "Auxiliaires médicaux",
    "LABO": "Analyses de laboratoire",
    "PHAR": "Pharmacie et appareillage remboursés",
    "DESO": "Soins dentaires",
    "DENT": "Prothèses dentaires",
    "DEOR": "Orthodontie",
    "AUDI": "Aides auditives de classe 2",
    "HOSP": "Honoraires hospitaliers",
    "TRAN": "Transport sanitaire",
}


def _rated(plan: Plan, family: str, percent: int, start: datetime.date, end: datetime.date | None) -> Guarantee:
    wording = f"{WORDINGS[family]}{NBSP}: {percent}{NNBSP}% de la base de remboursement"
    return Guarantee(plan.code, family, start, end, "BR", percent, 0, 0, wording)


def _fixed(plan: Plan) -> list[Guarantee]:
    def line(family: str, basis: str, wording: str, *, amount: int = 0, cap: int = 0) -> Guarantee:
        percent = 100 if basis == "EXPENSE" else 0
        return Guarantee(plan.code, family, OPENING, None, basis, percent, amount * 100, cap * 100, wording)

    total = plan.session * plan.sessions
    optics = f"Optique de classe B{NBSP}: {plan.optics}{NNBSP}€ par équipement"
    soft = f"{plan.session}{NNBSP}€ par séance, {total}{NNBSP}€ par an" if total else "non couvertes"
    return [
        line("OPTI", "FIXED", optics, amount=plan.optics, cap=plan.optics),
        line("DOUX", "FIXED", f"Médecines douces{NBSP}: {soft}", amount=plan.session, cap=total),
        line("RAC0", "EXPENSE", f"100{NNBSP}% Santé{NBSP}: reste à charge nul"),
        line("FJ", "EXPENSE", "Forfait journalier hospitalier, sans limite de durée"),
    ]


def guarantees() -> list[Guarantee]:
    """Every line of every guarantee table, current and past."""
    lines: list[Guarantee] = []
    for plan in PLANS:
        for family, percent in plan.percents.items():
            if (plan.code, family) == (IMPROVED, "MED"):
                eve = IMPROVEMENT - datetime.timedelta(days=1)
                lines.append(_rated(plan, family, percent, OPENING, eve))
                lines.append(_rated(plan, family, IMPROVED_MED, IMPROVEMENT, None))
            else:
                lines.append(_rated(plan, family, percent, OPENING, None))
        lines.extend(_fixed(plan))
    return lines


def _by_plan_and_family() -> dict[tuple[str, str], tuple[Guarantee, ...]]:
    table: dict[tuple[str, str], tuple[Guarantee, ...]] = {}
    for line in guarantees():
        key = (line.plan, line.family)
        table[key] = (*table.get(key, ()), line)
    return table


TABLE = _by_plan_and_family()


def guarantee_at(plan: str, family: str, day: datetime.date) -> Guarantee:
    """The line of a plan's table that applies on a day of care."""
    lines = TABLE[(plan, family)]
    for line in lines:
        if line.valid_from <= day and (line.valid_to is None or day <= line.valid_to):
            return line
    raise LookupError(f"no guarantee {family} in plan {plan} on {day}")
