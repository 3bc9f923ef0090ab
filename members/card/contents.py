"""What a card says, and how it is kept. Pure: no database, no clock.

The normalised block has five items whose labels are always printed; the grid has a row for each beneficiary and a
column for each domain. The NIR is never printed: the member number is enough to bill, and a lost card tells less.
"""

import datetime
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from members.card.rules import Period
from portals.presentation.formats import NARROW, NBSP

FORMAT = 1


@dataclass(frozen=True)
class Cell:
    """Conventions and level of one domain: `OC 100 %`, `KA/OC PEC`."""

    domain: str
    conventions: tuple[str, ...]
    level: str

    @property
    def text(self) -> str:
        return f"{'/'.join(self.conventions)}{NBSP}{self.level}".strip()


@dataclass(frozen=True)
class Beneficiary:
    """`birth_rank` tells twins apart; `person_id` is kept and never printed."""

    person_id: int
    family_name: str
    given_names: str
    birth_date: datetime.date
    birth_rank: int

    @property
    def printed_name(self) -> str:
        return f"{self.given_names} {self.family_name.upper()}".strip()


@dataclass(frozen=True)
class CardContent:
    """Everything that is printed, but the number of the card and the day it was issued."""

    period: Period
    amc_number: str
    csr: str
    member_number: str
    conventions: tuple[str, ...]
    responsible: bool
    holder: str
    policy_number: str
    plan_name: str
    beneficiaries: tuple[Beneficiary, ...]
    cells: tuple[Cell, ...]
    legend: tuple[tuple[str, str], ...]
    domains: tuple[tuple[str, str], ...]

    @property
    def block(self) -> tuple[tuple[str, str], ...]:
        """The five items, in their order; a label stays when there is nothing to say."""
        return (
            ("Période de validité", f"{self.period.start:%d/%m/%Y} – {self.period.end:%d/%m/%Y}"),
            (f"N°{NBSP}AMC", self.amc_number),
            ("Type de convention", " ".join(self.conventions)),
            ("CSR", self.csr),
            (f"N°{NBSP}adhérent", self.member_number),
        )

    @property
    def footnote(self) -> str:
        """`OC : direct avec la mutuelle. PEC : accord à demander avant les soins.`"""
        words = [f"{code}{NBSP}: {label}" for code, label in self.legend]
        if any(cell.level == PRIOR_AGREEMENT for cell in self.cells):
            words.append(f"{PRIOR_AGREEMENT}{NBSP}: accord à demander avant les soins")
        return " ".join(f"{word}." for word in words)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of what is kept: two cards that say the same have the same one."""
        return hashlib.sha256(canonical(to_data(self))).hexdigest()


PRIOR_AGREEMENT = "PEC"


def rate_level(percent: int) -> str:
    """`130 %`: a share of the base of reimbursement, compulsory scheme included."""
    return f"{percent}{NARROW}%"


def canonical(data: Any) -> bytes:
    """One way only to write a value: it can be hashed and signed."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def to_data(content: CardContent) -> dict[str, Any]:
    """The content as JSON keeps it."""
    return {
        "format": FORMAT,
        "period": [content.period.start.isoformat(), content.period.end.isoformat()],
        "amc_number": content.amc_number,
        "csr": content.csr,
        "member_number": content.member_number,
        "conventions": list(content.conventions),
        "responsible": content.responsible,
        "holder": content.holder,
        "policy_number": content.policy_number,
        "plan_name": content.plan_name,
        "beneficiaries": [
            [of.person_id, of.family_name, of.given_names, of.birth_date.isoformat(), of.birth_rank]
            for of in content.beneficiaries
        ],
        "cells": [[cell.domain, list(cell.conventions), cell.level] for cell in content.cells],
        "legend": [list(entry) for entry in content.legend],
        "domains": [list(entry) for entry in content.domains],
    }


def from_data(data: dict[str, Any]) -> CardContent:
    """The content of `to_data` read back."""
    day = datetime.date.fromisoformat
    start, end = data["period"]
    return CardContent(
        period=Period(day(start), day(end)),
        amc_number=data["amc_number"],
        csr=data["csr"],
        member_number=data["member_number"],
        conventions=tuple(data["conventions"]),
        responsible=data["responsible"],
        holder=data["holder"],
        policy_number=data["policy_number"],
        plan_name=data["plan_name"],
        beneficiaries=tuple(
            Beneficiary(person_id, family, given, day(birth), rank)
            for person_id, family, given, birth, rank in data["beneficiaries"]
        ),
        cells=tuple(Cell(domain, tuple(conventions), level) for domain, conventions, level in data["cells"]),
        legend=tuple((code, label) for code, label in data["legend"]),
        domains=tuple((code, label) for code, label in data["domains"]),
    )
