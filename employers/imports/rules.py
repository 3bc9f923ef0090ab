"""Checking the lines of a file of employees: from texts to somebody who can be affiliated, or to what is wrong. Pure.

Dates, names, numbers and duplicates are judged by the rules of the workforce, as when one employee is typed; here
texts are read, and what is wrong is said for a cell.
"""

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from stdnum.fr import nir as stdnum_nir

from employers.imports.columns import RANK
from employers.imports.reading import Line
from employers.workforce.rules import ContractFacts, Known, NewEmployee, Problem, problems_of, read_nir
from portals.names import folded_name
from portals.presentation.dates import read_date
from portals.presentation.formats import NBSP

SEXES = {
    **dict.fromkeys(("f", "femme", "mme", "madame", "mlle", "mademoiselle", "2", "feminin"), "2"),
    **dict.fromkeys(("m", "h", "homme", "mr", "monsieur", "1", "masculin"), "1"),
}
TITLES = {
    "required": "Réponse manquante",
    "too_long": "Texte trop long",
    "bad_text": "Signe non admis",
    "bad_age": "Date peu vraisemblable",
    "bad_nir": "Numéro incorrect",
    "contradicts": "NIR et naissance se contredisent",
    "bad_email": "Adresse incomplète",
    "before_contract": "Avant le début du contrat",
    "after_contract": "Après la fin du contrat",
    "too_old": "Date trop ancienne",
    "too_far": "Date trop lointaine",
    "duplicate": "Deux fois dans le fichier",
    "already_covered": "Déjà affilié",
    "duplicate_number": "Matricule déjà pris",
}
NEEDS_BIRTH = frozenset({"bad_age", "contradicts", "duplicate", "already_covered"})
"""What says nothing as long as the birth date is not one."""
NEEDS_START = frozenset({"bad_age", "before_contract", "after_contract", "too_old", "too_far", "already_covered"})
SOME_DAY = datetime.date(1990, 1, 1)
ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?: 00:00:00)?")
NUMBERS = ("", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")


@dataclass(frozen=True)
class Flaw:
    """What is wrong with a cell: in a few words beside the field, then in a sentence."""

    key: str
    title: str
    why: str


@dataclass(frozen=True)
class Checked:
    """A line, and what became of it. One that is ready has an employee, a contract and a first day."""

    line: Line
    employee: NewEmployee
    contract: ContractFacts | None
    start_date: datetime.date
    flaws: tuple[Flaw, ...] = ()

    @property
    def is_ready(self) -> bool:
        return not self.flaws and self.contract is not None

    @property
    def name(self) -> str:
        return f"{self.employee.given_names} {self.employee.family_name}".strip() or "Sans nom"


def check_all(lines: Iterable[Line], contracts: Sequence[ContractFacts], known: Known) -> list[Checked]:
    """Every line against the rules, the workforce and the good lines before it. `known` remembers those."""
    populations = Populations(contracts)
    seen: dict[object, int] = {}
    checked = []
    for line in lines:
        found = check(line, populations, known, seen)
        if found.is_ready:
            known.remember(found.employee)
            for key in _keys(found.employee):
                seen.setdefault(key, line.number)
        checked.append(found)
    return checked


def check(line: Line, populations: "Populations", known: Known, seen: dict[object, int]) -> Checked:
    """One line. `seen`: the good lines before it, by what they are recognised by."""
    flaws: list[Flaw] = []
    told = dict(zip(RANK, line.cells, strict=True))
    birth = _date(told["birth_date"], "birth_date", flaws)
    sex = _sex(told["sex"], flaws)
    nir = read_nir(told["nir"]) if told["nir"] else ""
    if told["nir"] and not nir:
        flaws.append(_wrong_nir(told["nir"]))
    start = _date(told["start_date"], "start_date", flaws)
    contract = populations.contract_of(told["contract"], told["population"], start, flaws)
    employee = NewEmployee(
        family_name=told["family_name"], given_names=told["given_names"], birth_date=birth or SOME_DAY, sex=sex,
        nir=nir, email=told["email"], employee_number=told["employee_number"],
    )  # fmt: skip
    judged = contract or populations.any_contract
    if judged is not None:
        silent = (frozenset() if birth else NEEDS_BIRTH) | (frozenset() if start and contract else NEEDS_START)
        named = {flaw.key for flaw in flaws}
        flaws += [
            _said(problem, employee, seen)
            for problem in problems_of(employee, judged, known, start_date=start or known.today)
            if problem.code not in silent and problem.field not in named
        ]
    flaws.sort(key=lambda flaw: RANK[flaw.key])
    return Checked(line, employee, contract, start or known.today, tuple(flaws))


def _said(problem: Problem, employee: NewEmployee, seen: dict[object, int]) -> Flaw:
    why = problem.message
    if problem.code == "duplicate":
        first = next((seen[key] for key in _keys(employee) if key in seen), None)
        if first is not None:
            why = f"C’est déjà la personne de la ligne{NBSP}{first}{NBSP}: laissez l’une des deux de côté."
    return Flaw(problem.field, TITLES.get(problem.code, "À corriger"), why)


def _keys(employee: NewEmployee) -> list[object]:
    return [employee.key, *([employee.nir] if employee.nir else [])]


def _date(text: str, key: str, flaws: list[Flaw]) -> datetime.date | None:
    if not text:
        flaws.append(Flaw(key, TITLES["required"], "Écrivez le jour, le mois et l’année."))
        return None
    iso = ISO.fullmatch(text)
    try:
        return read_date("/".join(reversed(iso.groups())) if iso else text.removesuffix(" 00:00:00"))
    except ValidationError as error:
        title, _, why = error.messages[0].partition(f"{NBSP}: ")
        if why:
            flaws.append(Flaw(key, title, why[0].upper() + why[1:]))
        else:
            flaws.append(Flaw(key, "Date illisible", title))
        return None


def _sex(text: str, flaws: list[Flaw]) -> str:
    if not text:
        return ""
    sex = SEXES.get(folded_name(text))
    if sex is None:
        flaws.append(Flaw("sex", "Réponse inconnue", "Écrivez F ou M, ou laissez vide."))
    return sex or ""


def _wrong_nir(text: str) -> Flaw:
    """Say what is wrong with a NIR more closely than that it is."""
    compact = stdnum_nir.compact(text)
    if len(compact) == 15 and compact[7:].isdecimal() and compact[:5].isdecimal():
        title = f"Clé{NBSP}{compact[13:]} incorrecte"
        why = (
            "La clé ne correspond pas aux treize premiers chiffres. Un chiffre a sans doute été inversé\u00a0: "
            "reprenez-le sur son attestation."
        )
    elif len(compact) == 13 and compact[7:].isdecimal():
        title, why = (
            "Clé manquante",
            "Il manque les deux derniers chiffres\u00a0: ils figurent sur l’attestation de droits.",
        )
    elif "E+" in compact:
        title, why = (
            "Numéro arrondi",
            "Le tableur a arrondi ce nombre\u00a0: mettez la colonne au format Texte, puis reprenez-le.",
        )
    else:
        title, why = (
            "Numéro incorrect",
            f"Un NIR compte 15 chiffres, clé comprise\u00a0; celui-ci en compte {len(compact)}.",
        )
    return Flaw("nir", title, why)


class Populations:
    """The contracts of a company as a file names them: by number, by population, or not at all when there is one."""

    def __init__(self, contracts: Sequence[ContractFacts]) -> None:
        self.contracts = tuple(contracts)
        self.names = tuple(dict.fromkeys(contract.population for contract in contracts))
        self._by_name: dict[str, list[ContractFacts]] = {}
        self._by_number: dict[str, list[ContractFacts]] = {}
        for contract in contracts:
            self._by_name.setdefault(_word(contract.population), []).append(contract)
            self._by_number.setdefault(folded_name(contract.number), []).append(contract)

    @property
    def any_contract(self) -> ContractFacts | None:
        return self.contracts[0] if self.contracts else None

    def contract_of(
        self, number: str, population: str, start: datetime.date | None, flaws: list[Flaw]
    ) -> ContractFacts | None:
        """The contract that a line means, or None with what is wrong added to `flaws`."""
        found = list(self.contracts)
        if number:
            found = self._by_number.get(folded_name(number), [])
            if not found:
                numbers = ", ".join(contract.number for contract in self.contracts)
                flaws.append(Flaw("contract", "Contrat inconnu", f"Vos contrats\u00a0: {numbers}."))
                return None
        if population:
            found = [contract for contract in found if contract in self._by_name.get(_word(population), [])]
            if not found:
                flaws.append(Flaw("population", "Population inconnue du contrat", self.told))
                return None
        if len(found) > 1 and start is not None:
            found = [contract for contract in found if _runs(contract, start)] or found
        if len(found) > 1:
            flaws.append(self._unclear(found, population))
            return None
        return found[0] if found else None

    def _unclear(self, found: list[ContractFacts], population: str) -> Flaw:
        if not population and len({contract.population for contract in found}) > 1:
            return Flaw("population", "Population à choisir", self.told)
        numbers = ", ".join(contract.number for contract in found)
        return Flaw("contract", "Contrat à préciser", f"Plusieurs contrats couvrent cette population\u00a0: {numbers}.")

    @property
    def told(self) -> str:
        """« Votre contrat connaît deux populations : cadres et non-cadres. »"""
        names = [name[0].lower() + name[1:] for name in self.names]
        if len(names) == 1:
            return f"Votre contrat connaît une population\u00a0: {names[0]}."
        count = NUMBERS[len(names)] if len(names) < len(NUMBERS) else str(len(names))
        whose = "Votre contrat connaît" if len(self.contracts) == 1 else "Vos contrats connaissent"
        return f"{whose} {count} populations\u00a0: {', '.join(names[:-1])} et {names[-1]}."


def _word(population: str) -> str:
    """`Cadre`, `Cadres` and `CADRES` name the same population."""
    return " ".join(word.removesuffix("s") for word in folded_name(population).split())


def _runs(contract: ContractFacts, day: datetime.date) -> bool:
    return contract.start <= day and (contract.end is None or contract.end >= day)
