"""What may be told of an employee, and from when. Pure: no database, no clock. Days are of Europe/Paris.

Importers ask `problems_of` row by row: what is known of the company is read once (`queries.known_of`), and each good
row is remembered, so that a file is also checked against itself.
"""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from portals.dates import months_after
from portals.feeds import numbers
from portals.feeds.errors import Unfit
from portals.names import folded_name
from portals.presentation.formats import NBSP, long_date

RETROACTIVE_MONTHS = 3
"""How far back a cover may begin or end: slips correct three months. docs/decisions/workforce.md"""
AHEAD_MONTHS = 6
YOUNGEST = 14
OLDEST = 100
LONGEST = {"family_name": 80, "birth_name": 80, "given_names": 120, "employee_number": 40, "population": 80}
NO_END = datetime.date.max

FAMILY_NAME, GIVEN_NAMES, BIRTH_DATE, START_DATE = "family_name", "given_names", "birth_date", "start_date"
NIR, EMAIL, EMPLOYEE_NUMBER, POPULATION, SEX = "nir", "email", "employee_number", "population", "sex"
LAST_DAY, RIGHTS_END = "last_day", "rights_end"

UNREADABLE = re.compile(r"[\x00-\x1f\x7f<>]")


@dataclass(frozen=True)
class NewEmployee:
    """Somebody to affiliate. `email` is the employer's; `own_email`, `phone` and `iban` are told by the employee alone.

    `sex` is `1`, `2` or unknown. A NIR is written in any way; `read_nir` gives its 15 characters.
    """

    family_name: str
    given_names: str
    birth_date: datetime.date
    birth_name: str = ""
    sex: str = ""
    nir: str = field(default="", repr=False)
    email: str = ""
    employee_number: str = ""
    own_email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    iban: str = field(default="", repr=False)

    @property
    def search_name(self) -> str:
        return folded_name(self.family_name, self.given_names)

    @property
    def search_given(self) -> str:
        return folded_name(self.given_names, self.family_name)

    @property
    def key(self) -> tuple[str, str, datetime.date]:
        """By which two rows without NIR are held for one person: name, first given name, birth date."""
        return identity_key(self.family_name, self.given_names, self.birth_date)


@dataclass(frozen=True)
class ContractFacts:
    """What the rules ask of a group contract. `end` is its last day, None while it runs."""

    id: int
    number: str
    population: str
    start: datetime.date
    end: datetime.date | None


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field, in words for whoever typed it. `code` says it to programs."""

    field: str
    code: str
    message: str


@dataclass
class Known:
    """Who is affiliated to the company already. `today` is the day of the check.

    Each map gives the last day of the rights, `NO_END` while they run. `fingerprint` turns a NIR into what `nirs` holds.
    """

    today: datetime.date
    fingerprint: Callable[[str], bytes]
    nirs: dict[bytes, datetime.date] = field(default_factory=dict)
    people: dict[tuple[str, str, datetime.date], datetime.date] = field(default_factory=dict)
    numbers: dict[str, datetime.date] = field(default_factory=dict)
    in_file: set[object] = field(default_factory=set)

    def remember(self, employee: NewEmployee) -> None:
        """The next rows of the same file are checked against this one too."""
        keys: list[object] = [employee.key]
        if employee.nir and (nir := read_nir(employee.nir)):
            keys.append(self.fingerprint(nir))
        if employee.employee_number:
            keys.append(employee.employee_number)
        self.in_file.update(keys)


def identity_key(family_name: str, given_names: str, birth_date: datetime.date) -> tuple[str, str, datetime.date]:
    first = folded_name(given_names).split()
    return folded_name(family_name), first[0] if first else "", birth_date


def read_nir(typed: str) -> str:
    """The 15 characters of a NIR, empty when it is not one."""
    try:
        return numbers.nir().read(typed.strip().upper())
    except Unfit:
        return ""


def earliest_start(contract: ContractFacts, today: datetime.date) -> datetime.date:
    """The first day that an affiliation told today may begin on: the first of a month, three months back."""
    return max(contract.start, months_after(today.replace(day=1), -RETROACTIVE_MONTHS))


def latest_start(contract: ContractFacts, today: datetime.date) -> datetime.date:
    last = months_after(today, AHEAD_MONTHS)
    return last if contract.end is None else min(last, contract.end)


def is_retroactive(start_date: datetime.date, today: datetime.date) -> bool:
    return start_date < today


def problems_of(
    employee: NewEmployee,
    contract: ContractFacts,
    known: Known,
    *,
    start_date: datetime.date,
    population: str = "",
) -> list[Problem]:
    """Everything that keeps this employee from being affiliated from that day, in the order of the columns."""
    return [
        *_of_names(employee, population),
        *_of_birth(employee, start_date),
        *_of_nir(employee),
        *_of_email(employee.email),
        *problems_of_start(contract, start_date=start_date, today=known.today),
        *_of_duplicates(employee, known, start_date),
    ]


def problems_of_end(
    affiliation_start: datetime.date,
    *,
    last_day: datetime.date,
    rights_end: datetime.date,
    today: datetime.date,
) -> list[Problem]:
    """What keeps rights from ending that day. `last_day`: of the employment."""
    if last_day < affiliation_start:
        return [_wrong(LAST_DAY, "before_start", f"L’affiliation a commencé le {long_date(affiliation_start)}.")]
    if rights_end < last_day:
        return [_wrong(RIGHTS_END, "before_last_day", "Les droits ne s’arrêtent pas avant le dernier jour du contrat.")]
    earliest = months_after(today.replace(day=1), -RETROACTIVE_MONTHS)
    if last_day < earliest:
        return [
            _wrong(
                LAST_DAY,
                "too_old",
                f"Au plus tôt le {long_date(earliest)}{NBSP}: écrivez-nous pour une date plus ancienne.",
            )
        ]
    latest = months_after(today, AHEAD_MONTHS)
    if last_day > latest:
        return [_wrong(LAST_DAY, "too_far", f"Au plus tard le {long_date(latest)}{NBSP}: revenez plus près du jour.")]
    return []


def problems_of_change(changed: dict[str, str], *, number_is_taken: bool) -> list[Problem]:
    """What keeps a correction of the employee number, the e-mail address or the population from being written."""
    found = _of_texts({name: value for name, value in changed.items() if name in LONGEST})
    if POPULATION in changed and not changed[POPULATION]:
        found.append(_wrong(POPULATION, "required", "Indiquez la population."))
    if number_is_taken:
        found.append(_wrong(EMPLOYEE_NUMBER, "duplicate_number", "Ce matricule est celui d’un autre salarié."))
    return [*found, *_of_email(changed.get(EMAIL, ""))]


def _wrong(name: str, code: str, message: str) -> Problem:
    return Problem(name, code, message)


def _of_names(employee: NewEmployee, population: str) -> list[Problem]:
    found = []
    if not folded_name(employee.family_name):
        found.append(_wrong(FAMILY_NAME, "required", "Indiquez le nom."))
    if not folded_name(employee.given_names):
        found.append(_wrong(GIVEN_NAMES, "required", "Indiquez le prénom."))
    told = {name: str(getattr(employee, name)) for name in LONGEST if name != POPULATION}
    return [*found, *_of_texts(told | {POPULATION: population})]


def _of_texts(told: dict[str, str]) -> list[Problem]:
    found = []
    for name, value in told.items():
        if len(value) > LONGEST[name]:
            found.append(_wrong(name, "too_long", f"{LONGEST[name]} caractères au plus."))
        elif UNREADABLE.search(value):
            found.append(_wrong(name, "bad_text", "Ce texte contient un signe qui ne s’écrit pas ici."))
    return found


def _of_birth(employee: NewEmployee, start_date: datetime.date) -> list[Problem]:
    years = start_date.year - employee.birth_date.year
    years -= (start_date.month, start_date.day) < (employee.birth_date.month, employee.birth_date.day)
    if YOUNGEST <= years <= OLDEST:
        return []
    return [
        _wrong(
            BIRTH_DATE, "bad_age", f"Vérifiez la date{NBSP}: elle donne {max(years, 0)} ans au début de l’affiliation."
        )
    ]


def _of_nir(employee: NewEmployee) -> list[Problem]:
    if not employee.nir:
        return []
    nir = read_nir(employee.nir)
    if not nir:
        return [_wrong(NIR, "bad_nir", f"Ce numéro n’est pas juste{NBSP}: 15 chiffres, clé comprise.")]
    if nir_contradicts(nir, sex=employee.sex, birth_date=employee.birth_date):
        return [_wrong(NIR, "contradicts", "Ce numéro dit un autre sexe ou une autre date de naissance.")]
    return []


def nir_contradicts(nir: str, *, sex: str, birth_date: datetime.date) -> bool:
    """Whether a NIR of 15 characters says another sex (when it is told), year or month of birth."""
    if nir[0] not in "12":
        return False  # provisional numbers say neither
    month = int(nir[3:5])
    other_sex = bool(sex) and nir[0] != sex
    return other_sex or nir[1:3] != f"{birth_date:%y}" or (1 <= month <= 12 and month != birth_date.month)


def _of_email(email: str) -> list[Problem]:
    if not email:
        return []
    try:
        numbers.email().read(email)
    except Unfit:
        return [_wrong(EMAIL, "bad_email", f"Cette adresse n’est pas complète{NBSP}: nom@exemple.fr.")]
    return []


def problems_of_start(contract: ContractFacts, *, start_date: datetime.date, today: datetime.date) -> list[Problem]:
    """What keeps an affiliation from beginning that day: the contract, too long ago, too far ahead."""
    if start_date < contract.start:
        return [_wrong(START_DATE, "before_contract", f"Le contrat commence le {long_date(contract.start)}.")]
    if contract.end is not None and start_date > contract.end:
        return [_wrong(START_DATE, "after_contract", f"Le contrat s’est arrêté le {long_date(contract.end)}.")]
    if start_date < earliest_start(contract, today):
        day = long_date(earliest_start(contract, today))
        return [_wrong(START_DATE, "too_old", f"Au plus tôt le {day}{NBSP}: écrivez-nous pour une date plus ancienne.")]
    if start_date > latest_start(contract, today):
        day = long_date(latest_start(contract, today))
        return [_wrong(START_DATE, "too_far", f"Au plus tard le {day}{NBSP}: revenez plus près du jour.")]
    return []


def _of_duplicates(employee: NewEmployee, known: Known, start_date: datetime.date) -> list[Problem]:
    nir = read_nir(employee.nir) if employee.nir else ""
    mark = known.fingerprint(nir) if nir else b""
    if employee.key in known.in_file or (mark and mark in known.in_file):
        return [_wrong(FAMILY_NAME, "duplicate", "Cette personne est déjà sur une ligne précédente.")]
    covered_until = max(known.nirs.get(mark, datetime.date.min), known.people.get(employee.key, datetime.date.min))
    if covered_until >= start_date:
        until = "" if covered_until == NO_END else f" jusqu’au {long_date(covered_until)}"
        return [_wrong(FAMILY_NAME, "already_covered", f"Cette personne est déjà affiliée{until}.")]
    number = employee.employee_number
    if number and (number in known.in_file or known.numbers.get(number, datetime.date.min) >= start_date):
        return [_wrong(EMPLOYEE_NUMBER, "duplicate_number", "Ce matricule est celui d’un autre salarié.")]
    return []
