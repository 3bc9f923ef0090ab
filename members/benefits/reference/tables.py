"""Reads the four tables. Pure: no database, no clock."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Family:
    """A family of acts, as guarantee tables name it, and the need it answers in plain words."""

    code: str
    label: str
    need: str
    position: int


@dataclass(frozen=True, slots=True)
class Code:
    """An act code. `scheme_rate` is the usual rate of the general scheme, None where the act is a deduction."""

    code: str
    label: str
    family: str
    scheme_rate: Decimal | None
    zero_out_of_pocket: bool
    card_domain: str
    prs_nat: str


@dataclass(frozen=True, slots=True)
class Tariff:
    """An amount in euros, valid from one date to another, both included. `kind` is `base` or `deduction`."""

    act_code: str
    kind: str
    amount: Decimal
    valid_from: date
    valid_to: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A figure of the law (euros, share or months), valid from one date to another, both included."""

    code: str
    label: str
    value: Decimal
    valid_from: date
    valid_to: date | None
    source: str


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@cache
def families() -> tuple[Family, ...]:
    """The families, in display order."""
    return tuple(
        Family(code=row["code"], label=row["label"], need=row["need"], position=int(row["position"]))
        for row in _rows("act_families.csv")
    )


@cache
def codes() -> dict[str, Code]:
    """The act codes, by code."""
    return {
        row["code"]: Code(
            code=row["code"],
            label=row["label"],
            family=row["family"],
            scheme_rate=Decimal(row["scheme_rate"]) if row["scheme_rate"] else None,
            zero_out_of_pocket=row["zero_out_of_pocket"] == "1",
            card_domain=row["card_domain"],
            prs_nat=row["prs_nat"],
        )
        for row in _rows("act_codes.csv")
    }


@cache
def tariffs() -> tuple[Tariff, ...]:
    """The dated tariffs, in the order of the file: by act, then by date."""
    return tuple(
        Tariff(
            act_code=row["act_code"],
            kind=row["kind"],
            amount=Decimal(row["amount"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            source=row["source"],
        )
        for row in _rows("act_tariffs.csv")
    )


@cache
def _history(act_code: str, kind: str) -> tuple[Tariff, ...]:
    return tuple(tariff for tariff in tariffs() if tariff.act_code == act_code and tariff.kind == kind)


def tariff_at(act_code: str, kind: str, day: date) -> Decimal | None:
    """The amount in euros valid on a day, or None where no tariff is fixed."""
    for tariff in _history(act_code, kind):
        if tariff.valid_from <= day and (tariff.valid_to is None or day <= tariff.valid_to):
            return tariff.amount
    return None


@cache
def parameters() -> tuple[Parameter, ...]:
    """The law's figures, in the order of the file: by code, then by date."""
    return tuple(
        Parameter(
            code=row["code"],
            label=row["label"],
            value=Decimal(row["value"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            source=row["source"],
        )
        for row in _rows("law_parameters.csv")
    )


def parameters_at(day: date) -> dict[str, Decimal]:
    """The law's figures in force on a day, by code."""
    return {
        each.code: each.value
        for each in parameters()
        if each.valid_from <= day and (each.valid_to is None or day <= each.valid_to)
    }
