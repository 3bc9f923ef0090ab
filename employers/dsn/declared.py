"""What a DSN file says of the people that it affiliates, and how a draft keeps it. Pure.

Only what is needed to affiliate is kept: a DSN says salaries and tax rates too, which are never read, and dependants,
whom an employer does not affiliate: the employee does.
"""

import datetime
from dataclasses import asdict, dataclass
from typing import Any

from employers.dsn.anomalies import Anomaly, Code


@dataclass(frozen=True)
class Declared:
    """One affiliation (block 70) with the person and the employment around it.

    `family_name` is the one in use; `birth_name` is empty when it is the same. `nir` has 15 characters. `contract_line`
    is that of the membership (block 15). `ends_on` is the last day of the affiliation, `left_on` that of the employment,
    `employed_since` its first: each when it is told.
    """

    line: int
    person_line: int
    siret: str
    contract_number: str
    contract_line: int
    nir: str
    family_name: str
    birth_name: str
    given_names: str
    sex: str
    birth_date: datetime.date
    starts_on: datetime.date
    ends_on: datetime.date | None = None
    left_on: datetime.date | None = None
    employed_since: datetime.date | None = None
    leaving_code: str = ""
    email: str = ""
    employee_number: str = ""
    population_code: str = ""
    option_code: str = ""

    @property
    def last_day(self) -> datetime.date | None:
        """The last day of the rights: that of the employment, or of the affiliation when nothing else is told."""
        return self.left_on or self.ends_on


@dataclass(frozen=True)
class Membership:
    """A block 15: the establishment takes part in a contract. `company_line` is that of its block 06."""

    line: int
    siret: str
    contract_number: str
    company_line: int
    people: int


@dataclass(frozen=True)
class DsnFile:
    """A whole file, read. `people` counts its individuals, `without` those that no block 70 affiliates."""

    encoding: str
    lines: int
    establishments: int
    people: int
    without: int
    declared: tuple[Declared, ...]
    memberships: tuple[Membership, ...]
    anomalies: tuple[Anomaly, ...]


def as_draft(file: DsnFile) -> dict[str, Any]:
    """The file as plain values, dates as `YYYY-MM-DD`."""
    plain: dict[str, Any] = _plain(asdict(file))
    return plain


def from_draft(kept: dict[str, Any]) -> DsnFile:
    """What `as_draft` made, as it was."""
    return DsnFile(
        **{name: kept[name] for name in ("encoding", "lines", "establishments", "people", "without")},
        declared=tuple(_declared(each) for each in kept["declared"]),
        memberships=tuple(Membership(**each) for each in kept["memberships"]),
        anomalies=tuple(Anomaly(each["line"], Code(each["code"]), each["words"]) for each in kept["anomalies"]),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def _declared(kept: dict[str, Any]) -> Declared:
    days = {name: _day(kept[name]) for name in ("birth_date", "starts_on", "ends_on", "left_on", "employed_since")}
    return Declared(**{**kept, **days})


def _day(written: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(written) if written else None
