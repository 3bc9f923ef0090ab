"""What a DSN file would change among the employees of a company. Pure: nothing is written here.

Employees are recognised by their NIR, or by their name and birth date when the mutual does not hold it. Whoever the file
does not name is left as they are: a file may be of one establishment only.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from employers.dsn.anomalies import Anomaly, Code
from employers.dsn.declared import Declared, DsnFile
from employers.workforce.rules import (
    ContractFacts,
    Known,
    NewEmployee,
    Problem,
    identity_key,
    is_retroactive,
    problems_of,
    problems_of_end,
)
from portals.names import folded_name
from portals.presentation.formats import NBSP, short_date

SIREN = 9
DAY = datetime.timedelta(days=1)
NOTHING = "rien"


class Kind(StrEnum):
    """What a proposal would do, in the order of the page."""

    AFFILIATE = "affiliate"
    MOVE = "move"
    CHANGE = "change"
    END = "end"


@dataclass(frozen=True)
class Held:
    """An affiliation that the company has."""

    id: int
    contract_id: int
    contract_number: str
    population: str
    family_name: str
    given_names: str
    birth_date: datetime.date
    employee_number: str
    email: str
    start_date: datetime.date
    end_date: datetime.date | None

    def runs_until(self, day: datetime.date) -> bool:
        """Whether the rights still run on a day."""
        return self.end_date is None or self.end_date >= day


@dataclass(frozen=True)
class Portfolio:
    """What a file is compared with. `by_nir` is by fingerprint; the latest affiliation of each person comes last."""

    siren: str
    contracts: Mapping[str, ContractFacts]
    by_nir: Mapping[bytes, tuple[Held, ...]]
    by_name: Mapping[tuple[str, str, datetime.date], tuple[Held, ...]]


@dataclass(frozen=True)
class Difference:
    """One value that would change, in words for the page."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Proposal:
    """One thing to do to one employee, chosen or not by its `key`.

    `held`: the affiliation concerned, None for somebody new. `last_day` of the rights, when they would end.
    `remarks`: what is worth reading before it is chosen.
    """

    kind: Kind
    declared: Declared
    contract: ContractFacts
    held: Held | None = None
    differences: tuple[Difference, ...] = ()
    last_day: datetime.date | None = None
    remarks: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.declared.line}-{self.kind}"

    @property
    def eve(self) -> datetime.date:
        """The last day under the contract that somebody leaves for another."""
        return self.declared.starts_on - DAY

    @property
    def ends(self) -> bool:
        """Whether rights end for a reason that somebody must give."""
        return self.last_day is not None

    @property
    def employee(self) -> NewEmployee:
        return employee_of(self.declared)


@dataclass(frozen=True)
class Comparison:
    """All of it: what is proposed, what is wrong, how many need nothing, how many are kept out."""

    proposals: tuple[Proposal, ...]
    anomalies: tuple[Anomaly, ...]
    unchanged: int
    kept_out: int


def employee_of(declared: Declared) -> NewEmployee:
    return NewEmployee(
        family_name=declared.family_name,
        given_names=declared.given_names,
        birth_date=declared.birth_date,
        birth_name=declared.birth_name,
        sex=declared.sex,
        nir=declared.nir,
        email=declared.email,
        employee_number=declared.employee_number,
    )


def compare(file: DsnFile, portfolio: Portfolio, known: Known) -> Comparison:
    """The difference between the file and the company's employees on `known.today`. `known` remembers the file's rows."""
    anomalies = [*file.anomalies, *_memberships(file, portfolio)]
    proposals: list[Proposal] = []
    unchanged = kept_out = 0
    for declared in file.declared:
        contract = portfolio.contracts.get(declared.contract_number)
        if contract is None or declared.siret[:SIREN] != portfolio.siren:
            kept_out += 1
            continue
        found, wrong = _of_one(declared, contract, portfolio, known)
        proposals += found
        anomalies += [Anomaly(declared.line, Code.REFUSED, problem.message) for problem in wrong]
        kept_out += bool(wrong)
        unchanged += not found and not wrong
    return Comparison(tuple(proposals), tuple(sorted(anomalies)), unchanged, kept_out)


def _memberships(file: DsnFile, portfolio: Portfolio) -> Iterable[Anomaly]:
    """Once for a company, once for a membership: not for each of their employees."""
    strangers = {
        membership.company_line for membership in file.memberships if membership.siret[:SIREN] != portfolio.siren
    }
    for line in sorted(strangers):
        words = "Ce SIREN n’est pas celui de votre entreprise\u00a0: ses établissements ne sont pas lus."
        yield Anomaly(line, Code.OTHER_COMPANY, words)
    for membership in file.memberships:
        if membership.company_line in strangers or membership.contract_number in portfolio.contracts:
            continue
        plural = "s" if membership.people > 1 else ""
        words = (
            f"Le contrat de cette adhésion n’est pas l’un des vôtres chez nous{NBSP}: {membership.people}{NBSP}"
            f"affiliation{plural} n’{'ont' if plural else 'a'} pas été comparée{plural}. C’est normal pour un contrat "
            "d’un autre organisme."
        )
        yield Anomaly(membership.line, Code.UNKNOWN_CONTRACT, words)


def _of_one(
    declared: Declared, contract: ContractFacts, portfolio: Portfolio, known: Known
) -> tuple[list[Proposal], list[Problem]]:
    everything = _held_of(declared, portfolio, known)
    running = [held for held in everything if held.runs_until(declared.starts_on)]
    same = next((held for held in reversed(running) if held.contract_id == contract.id), None)
    if same is not None:
        return _of_known(declared, contract, same, known.today)
    return _of_new(declared, contract, running[-1] if running else None, known)


def _held_of(declared: Declared, portfolio: Portfolio, known: Known) -> tuple[Held, ...]:
    by_nir = portfolio.by_nir.get(known.fingerprint(declared.nir), ())
    key = identity_key(declared.family_name, declared.given_names, declared.birth_date)
    return by_nir or portfolio.by_name.get(key, ())


def _of_known(
    declared: Declared, contract: ContractFacts, held: Held, today: datetime.date
) -> tuple[list[Proposal], list[Problem]]:
    """What differs between the file and an affiliation that runs: facts, and the end."""
    found: list[Proposal] = []
    remarks = _name_remarks(declared, held)
    told = (
        ("Matricule", held.employee_number, declared.employee_number),
        ("Adresse e-mail", held.email, declared.email),
    )
    differences = tuple(
        Difference(label, before or NOTHING, after) for label, before, after in told if after and after != before
    )
    if differences:
        found.append(Proposal(Kind.CHANGE, declared, contract, held, differences, remarks=remarks))
    last_day = declared.last_day
    if last_day is None or last_day == held.end_date:
        return found, []
    wrong = problems_of_end(held.start_date, last_day=last_day, rights_end=last_day, today=today)
    if wrong:
        return found, wrong
    if held.end_date is not None:
        remarks = (*remarks, f"La fin déjà prévue le {short_date(held.end_date)} serait remplacée.")
    return [*found, Proposal(Kind.END, declared, contract, held, last_day=last_day, remarks=remarks)], []


def _of_new(
    declared: Declared, contract: ContractFacts, elsewhere: Held | None, known: Known
) -> tuple[list[Proposal], list[Problem]]:
    """Somebody to affiliate; `elsewhere`: under another contract of the company, which they would leave on the eve."""
    employee, start = employee_of(declared), declared.starts_on
    checked = _as_left(known, employee, elsewhere, start) if elsewhere else known
    wrong = problems_of(employee, contract, checked, start_date=start)
    if elsewhere and not wrong:
        eve = start - DAY
        wrong = problems_of_end(elsewhere.start_date, last_day=eve, rights_end=eve, today=known.today)
    last_day = None if elsewhere else declared.last_day
    if last_day and not wrong:
        wrong = problems_of_end(start, last_day=last_day, rights_end=last_day, today=known.today)
    if wrong:
        return [], wrong
    known.remember(employee)
    remarks = ("Effet rétroactif.",) if is_retroactive(start, known.today) else ()
    kind = Kind.MOVE if elsewhere else Kind.AFFILIATE
    return [Proposal(kind, declared, contract, elsewhere, last_day=last_day, remarks=remarks)], []


def _as_left(known: Known, employee: NewEmployee, held: Held, start: datetime.date) -> Known:
    """What will be known once the other affiliation has ended on the eve."""
    eve = start - DAY
    return replace(
        known,
        nirs={**known.nirs, known.fingerprint(employee.nir): eve},
        people={**known.people, employee.key: eve},
        numbers={**known.numbers, held.employee_number: eve},
    )


def _name_remarks(declared: Declared, held: Held) -> tuple[str, ...]:
    """The NIR says who it is; another name is told, and changed by the employee, who proves it."""
    if folded_name(declared.family_name, declared.given_names) == folded_name(held.family_name, held.given_names):
        return ()
    return (f"Le fichier écrit «{NBSP}{declared.given_names} {declared.family_name}{NBSP}».",)
