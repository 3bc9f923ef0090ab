"""The legal cases of waivers, dated, with their sources, and what they make of dates. Pure: no database, no clock.

Days are of Europe/Paris; a last day is included.
"""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from employers.waivers.words import Case
from portals.correspondence.rules import names_medical_document
from portals.dates import months_after
from portals.names import folded_name, unaccented
from portals.presentation.formats import long_date

YEAR = 12
ONE_DAY = datetime.timedelta(days=1)
REMINDED_BEFORE = (60, 15)
"""Days before the last one of a waiver when the company is reminded."""
AHEAD = 6
"""Months: a waiver is not asked for longer ahead."""
GENERAL = datetime.date(2016, 1, 1)
"""Since when every employee is covered by a group contract (law of 14 June 2013, article 1), and most cases hold."""


class Length(StrEnum):
    """What a case asks of the time between the first day and the end that is declared."""

    ANY = "any"
    UNDER_THREE_MONTHS = "under three months"
    UNDER_A_YEAR = "under a year"
    A_YEAR_OR_MORE = "a year or more"
    A_YEAR_AT_MOST = "a year at most"


@dataclass(frozen=True)
class Rule:
    """One case as the law has it from `valid_from` to `valid_to`, both included.

    `of_right`: it holds even when the act of the company does not provide it. `proof`: what the employee gives, empty
    when nothing is asked. `end`: what the declared end is, empty when none is asked. `yearly`: proved again each year.
    """

    case: Case
    source: str
    of_right: bool
    wording: str
    proof: str = ""
    end: str = ""
    yearly: bool = False
    length: Length = Length.ANY
    valid_from: datetime.date = GENERAL
    valid_to: datetime.date | None = None

    @property
    def label(self) -> str:
        return str(self.case.label)

    def holds_on(self, day: datetime.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


RULES: tuple[Rule, ...] = (
    Rule(
        Case.BEFORE, "Loi n° 89-1009 du 31 décembre 1989, article 11", of_right=True,
        wording="Vous étiez salarié avant que l’employeur décide seul de ce régime, et vous en payez une part.",
        valid_from=datetime.date(1990, 1, 1),
    ),
    Rule(
        Case.SHORT, "Code de la sécurité sociale, article L. 911-7, III", of_right=True,
        wording="Votre contrat vous couvre moins de trois mois, et vous avez votre propre contrat responsable.",
        proof="Attestation de votre contrat santé responsable", end="Dernier jour du contrat de travail",
        length=Length.UNDER_THREE_MONTHS,
    ),
    Rule(
        Case.SOLIDARITY, "Code de la sécurité sociale, article D. 911-2, 1°", of_right=True,
        wording="Vous avez la complémentaire santé solidaire.",
        proof="Attestation de droits à la complémentaire santé solidaire", end="Dernier jour de ce droit",
        length=Length.A_YEAR_AT_MOST, valid_from=datetime.date(2019, 11, 1),
    ),
    Rule(
        Case.INDIVIDUAL, "Code de la sécurité sociale, article D. 911-2, 2°", of_right=True,
        wording="Vous aviez un contrat santé individuel à l’embauche, ou quand le régime a été mis en place.",
        proof="Attestation de l’assureur, avec l’échéance du contrat", end="Échéance du contrat individuel",
        length=Length.A_YEAR_AT_MOST,
    ),
    Rule(
        Case.ELSEWHERE, "Code de la sécurité sociale, article D. 911-2, 3°", of_right=True, yearly=True,
        wording="Vous êtes couvert, même comme ayant droit, par le contrat obligatoire d’un autre emploi, le régime "
        "local d’Alsace-Moselle, celui des industries électriques et gazières, une mutuelle de la fonction publique "
        "ou un contrat Madelin.",
        proof="Attestation de ce régime pour l’année en cours",
    ),
    Rule(
        Case.TERM_UNDER_YEAR, "Code de la sécurité sociale, article R. 242-1-6, 2°", of_right=False,
        wording="Votre contrat à durée déterminée, d’apprentissage ou de mission dure moins d’un an.",
        end="Dernier jour du contrat de travail", length=Length.UNDER_A_YEAR,
    ),
    Rule(
        Case.TERM_OVER_YEAR, "Code de la sécurité sociale, article R. 242-1-6, 2°", of_right=False, yearly=True,
        wording="Votre contrat à durée déterminée, d’apprentissage ou de mission dure un an ou plus, et vous avez déjà un "
        "contrat santé.",
        proof="Attestation de ce contrat santé", end="Dernier jour du contrat de travail", length=Length.A_YEAR_OR_MORE,
    ),
    Rule(
        Case.HEAVY_SHARE, "Code de la sécurité sociale, article R. 242-1-6, 2°", of_right=False, yearly=True,
        wording="À temps partiel ou en apprentissage, vous paieriez pour l’ensemble de vos garanties au moins 10\u202f% "
        "de votre salaire brut.",
    ),
    Rule(
        Case.SEVERAL, "Code de la sécurité sociale, article R. 242-1-6, 2°", of_right=False, yearly=True,
        wording="Un autre de vos employeurs vous couvre déjà par un contrat obligatoire.",
        proof="Attestation de l’autre employeur ou de son assureur, pour l’année en cours",
    ),
)  # fmt: skip


def rule_of(case: str, day: datetime.date) -> Rule | None:
    """The case as it is on a day; None when the law does not know it then."""
    return next((rule for rule in RULES if rule.case == case and rule.holds_on(day)), None)


def open_rules(provided: Collection[str], day: datetime.date) -> list[Rule]:
    """The cases that may be asked for on a day: those of right, and those that the act of the company provides."""
    return [rule for rule in RULES if rule.holds_on(day) and (rule.of_right or rule.case in provided)]


def optional_rules(day: datetime.date) -> list[Rule]:
    """The cases that hold only when the act of the company provides them."""
    return [rule for rule in RULES if rule.holds_on(day) and not rule.of_right]


@dataclass(frozen=True)
class Employee:
    """Who asks, as the employer knows them. `number`: that of the company, empty when it gives none."""

    family_name: str
    given_names: str
    number: str = ""
    birth_date: datetime.date | None = None
    hired_on: datetime.date | None = None

    @property
    def folded(self) -> str:
        """How the name is searched and compared."""
        return folded_name(self.family_name, self.given_names)


@dataclass(frozen=True)
class Plea:
    """A request as the employee makes it.

    `first_day` of the waiver; `ends_on`: the end that the case asks for. `words`: the request, as written; `written_on`: its
    date. `informed`: the employee knows what staying out means (Code de la sécurité sociale, article R. 242-1-6).
    """

    employee: Employee
    case: str
    first_day: datetime.date
    words: str
    written_on: datetime.date
    informed: bool
    ends_on: datetime.date | None = None


def problems_of(
    rule: Rule,
    plea: Plea,
    *,
    contract_start: datetime.date,
    contract_end: datetime.date | None,
    today: datetime.date,
    is_renewal: bool = False,
) -> dict[str, str]:
    """What is wrong, by field, in words for who asks; nothing when the request may be sent.

    A renewal does not prove again what was proved at first: the hire, the length of the work contract.
    """
    problems: dict[str, str] = {}
    if not plea.informed:
        problems["informed"] = "Sans cette mention, la demande ne vaut rien."
    if plea.written_on > today:
        problems["written_on"] = "Cette date est à venir."
    if plea.first_day < contract_start:
        problems["first_day"] = f"Le contrat commence le {long_date(contract_start)}\u00a0: pas de dispense avant."
    elif contract_end is not None and plea.first_day > contract_end:
        problems["first_day"] = f"Le contrat a pris fin le {long_date(contract_end)}."
    elif plea.first_day > months_after(today, AHEAD):
        problems["first_day"] = "C’est trop tôt\u00a0: une dispense se demande au plus six mois à l’avance."
    if rule.case == Case.BEFORE and not is_renewal:
        problems |= _hired_before(plea.employee.hired_on, contract_start)
    length = rule.length if not is_renewal or rule.length == Length.A_YEAR_AT_MOST else Length.ANY
    return problems | _wrong_end(rule, length, plea.first_day, plea.ends_on)


def _hired_before(hired_on: datetime.date | None, contract_start: datetime.date) -> dict[str, str]:
    if hired_on is None:
        return {"hired_on": "Ce cas demande la date d’embauche."}
    if hired_on >= contract_start:
        return {"hired_on": "Ce cas ne vaut que pour qui était salarié avant le début du contrat."}
    return {}


def _wrong_end(rule: Rule, length: Length, first_day: datetime.date, ends_on: datetime.date | None) -> dict[str, str]:
    """What the end that is declared lacks; several cases hang on the time that it leaves."""
    if not rule.end:
        return {}
    if ends_on is None:
        return {"ends_on": f"Ce cas demande une date\u00a0: {rule.end[0].lower()}{rule.end[1:]}."}
    if ends_on < first_day:
        return {"ends_on": "La fin vient avant le début."}
    after, a_year = ends_on + ONE_DAY, months_after(first_day, YEAR)
    fits, words = {
        Length.ANY: (True, ""),
        Length.UNDER_THREE_MONTHS: (after < months_after(first_day, 3), "Ce cas vaut pour moins de trois mois."),
        Length.UNDER_A_YEAR: (after < a_year, "Ce cas vaut pour moins d’un an."),
        Length.A_YEAR_OR_MORE: (after >= a_year, "Ce cas vaut à partir d’un an."),
        Length.A_YEAR_AT_MOST: (
            ends_on <= a_year,
            "Cette échéance revient chaque année\u00a0: donnez la prochaine, dans l’année.",
        ),
    }[length]
    return {} if fits else {"ends_on": words}


def valid_until(rule: Rule, *, proved_on: datetime.date, ends_on: datetime.date | None) -> datetime.date | None:
    """The last day of a waiver: its declared end, or a year after it was proved, whichever comes first. None: no end."""
    ends = [ends_on] if ends_on and rule.end else []
    if rule.yearly:
        ends.append(months_after(proved_on, YEAR))
    return min(ends, default=None)


def is_renewable(rule: Rule, until: datetime.date | None, ends_on: datetime.date | None) -> bool:
    """Whether another proof may carry the waiver further: not when the work contract itself ends."""
    if until is None:
        return False
    return (rule.yearly and until != ends_on) or rule.length == Length.A_YEAR_AT_MOST


def reminder_due(until: datetime.date, today: datetime.date) -> int | None:
    """Which reminder is due on a day (60 or 15 days before the last one); None when none is, or when it is too late.

    A night that was missed is caught up: the latest reminder alone is due.
    """
    left = (until - today).days
    return next((days for days in sorted(REMINDED_BEFORE) if 0 <= left <= days), None)


MEDICAL_NAMES = ("arret de travail", "arret maladie", "feuille de soins", "hospitalisation", "diagnostic", "medical")
"""What the names of files say here, beside the words known everywhere (`portals.correspondence.rules`)."""


def looks_medical(name: str) -> bool:
    """Whether the name of a file says that it is a medical document, which an employer must never receive (PDP-4.2)."""
    plain = unaccented(name)
    return names_medical_document(plain) or any(word in folded_name(name) for word in MEDICAL_NAMES)


MEDICAL = (
    "Ce document semble médical\u00a0: un employeur n’a pas à le recevoir. Une attestation de la couverture suffit."
)
