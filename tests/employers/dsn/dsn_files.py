"""DSN files written by hand-shaped lines: any number of establishments and employees, and one with every anomaly."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from stdnum.fr import nir as stdnum_nir

SIREN = "552100554"
NICS = ("00013", "00021", "00039")
DAY = "%d%m%Y"
FAMILY = ("Le Goff", "Benali", "Tanguy", "Hervé", "Riou", "Kérébel", "Morvan", "Salaün", "Cadiou", "Guéguen")
GIVEN = ("Anaïs", "Yann", "Gwenaëlle", "Loïc", "Nolwenn", "Tugdual", "Maëlle", "Ronan", "Soizic", "Erwan")


def line(code: str, value: str) -> str:
    """`'S21.G00.30.001','value'`."""
    return f"'S21.G00.{code}','{value}'"


def nir_of(nth: int, born: datetime.date, sex: str) -> str:
    """13 characters, as a DSN writes them: one for each rank."""
    return f"{sex}{born:%y%m}29{19 + nth // 900:03d}{100 + nth % 900:03d}"


def with_key(nir: str) -> str:
    return nir + str(stdnum_nir.calc_check_digits(nir))


@dataclass(frozen=True)
class Employee:
    """One individual with one employment and one affiliation."""

    family_name: str
    given_names: str
    born: datetime.date
    nir: str
    sex: str = "2"
    number: str = ""
    email: str = ""
    starts_on: datetime.date = datetime.date(2026, 11, 2)
    ends_on: datetime.date | None = None
    leaving: tuple[datetime.date, str] | None = None
    membership: str = "1"
    dependants: tuple[tuple[str, datetime.date, str, str], ...] = ()

    def lines(self) -> list[str]:
        """Blocks 30, 40, 62, 70 and 73, with a salary that nobody reads."""
        return [
            *self.person(),
            line("40.001", self.starts_on.strftime(DAY)),
            line("40.009", "C1"),
            *self.end_of_job(),
            *self.affiliation(),
            line("51.001", "31102026"),
            line("51.013", "2543.17"),
        ]

    def person(self) -> list[str]:
        return [
            line("30.001", self.nir),
            line("30.002", self.family_name.upper()),
            line("30.004", self.given_names),
            line("30.005", f"0{self.sex}"),
            line("30.006", self.born.strftime(DAY)),
            *([line("30.018", self.email)] if self.email else []),
            *([line("30.019", self.number)] if self.number else []),
        ]

    def end_of_job(self) -> list[str]:
        if self.leaving is None:
            return []
        return [line("62.001", self.leaving[0].strftime(DAY)), line("62.002", self.leaving[1])]

    def affiliation(self) -> list[str]:
        found = [
            line("70.005", "ENS"),
            line("70.012", "1"),
            line("70.013", self.membership),
            line("70.014", self.starts_on.strftime(DAY)),
            *([line("70.015", self.ends_on.strftime(DAY))] if self.ends_on else []),
        ]
        for kind, born, family_name, given_names in self.dependants:
            found += [
                line("73.003", kind),
                line("73.005", born.strftime(DAY)),
                line("73.006", family_name),
                line("73.009", given_names),
            ]
        return found


@dataclass(frozen=True)
class Site:
    """One establishment, with the contracts that it takes part in by the names that affiliations use."""

    nic: str
    employees: tuple[Employee, ...]
    contracts: dict[str, str] = field(default_factory=dict)

    def lines(self) -> list[str]:
        found = [line("11.001", self.nic), line("11.003", "12 quai du Port")]
        for name, contract in self.contracts.items():
            found += [line("15.001", contract), line("15.002", "P0942"), line("15.005", name)]
        return found + [each for employee in self.employees for each in employee.lines()]


def employee(nth: int, **fields: object) -> Employee:
    """The nth employee: a name, a birth date, a NIR and a number of their own."""
    born = datetime.date(1966 + nth % 38, 1 + nth % 12, 1 + nth % 28)
    sex = "2" if nth % 2 else "1"
    person = Employee(
        family_name=f"{FAMILY[nth % 10]} {_letters(nth)}",
        given_names=GIVEN[nth // 10 % 10],
        born=born,
        nir=nir_of(nth, born, sex),
        sex=sex,
        number=f"M{nth:05d}",
    )
    return replace(person, **fields)  # type: ignore[arg-type]  # the fields of an employee


def written(sites: Iterable[Site], *, siren: str = SIREN, encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    """A whole file, from S10 to S90: one declaration for each establishment, as payroll software sends them."""
    found = ["'S10.G00.00.001','Logiciel de paie'", "'S10.G00.00.006','P26V01'"]
    for site in sites:
        found += ["'S20.G00.05.001','01'", line("06.001", siren), line("06.002", NICS[0]), *site.lines()]
    found += [f"'S90.G00.90.001','{len(found) + 2}'", "'S90.G00.90.002','1'"]
    return (end.join(found) + end).encode(encoding)


def two_hundred(contract: str, *, known: tuple[Employee, ...] = ()) -> list[Site]:
    """Three establishments and 200 employees, those given first."""
    everyone = [*known, *(employee(nth) for nth in range(200 - len(known)))]
    return [
        Site(NICS[0], tuple(everyone[:120]), {"1": contract}),
        Site(NICS[1], tuple(everyone[120:170]), {"1": contract}),
        Site(NICS[2], tuple(everyone[170:]), {"1": contract}),
    ]


def _letters(nth: int) -> str:
    """A second family name, so that no two are alike."""
    return "".join("bcdfghjklm"[int(digit)] + "aeiou"[int(digit) % 5] for digit in f"{nth:03d}")
