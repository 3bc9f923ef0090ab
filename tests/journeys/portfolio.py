"""A small portfolio as feed files: one household, and what was paid to it last month."""

import csv
import datetime
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

KINDS = ("plans", "guarantees", "persons", "policies", "covers", "benefits")

MEMBER_NUMBER = "0048217736"
PERSON_REF = "0048217736-1"
EMAIL = "claire@example.org"

PERSON = {
    "person_ref": PERSON_REF, "member_number": MEMBER_NUMBER, "rank": "1", "role": "member",
    "family_name": "L’Hôtellier-Œuvrard", "given_names": "Claire Anne", "birth_date": "1985-05-18", "sex": "2",
    "email": EMAIL, "address_line1": "4 rue des Tamaris", "postcode": "56400", "city": "Auray", "country": "FR",
    "iban": "FR1420041010050500013M02606", "scheme_code": "01", "office_code": "561", "alsace_moselle": "0",
}  # fmt: skip


@dataclass(frozen=True)
class Care:
    """One benefit line, amounts as they stand in the file."""

    ref: str
    act_code: str
    label: str
    professional: str
    expense: str
    base: str
    rate: str
    scheme: str
    deduction: str
    mutual: str
    paid_to: str

    @property
    def own(self) -> Decimal:
        return Decimal(self.expense) - Decimal(self.scheme) - Decimal(self.mutual)


CARES = (
    Care(
        "DEC1", "APC", "Avis ponctuel", "Dr Élise Marchetti",
        "85.00", "60.00", "0.70", "40.00", "2.00", "36.00", "insured",
    ),
    Care(
        "DEC2", "PH7", "Pharmacie 65 %", "Pharmacie du Port",
        "23.40", "23.40", "0.65", "13.21", "2.00", "8.19", "professional",
    ),
    Care(
        "DEC3", "PFM", "Couronne", "Dr Anne Quéré",
        "1620.00", "120.00", "0.60", "72.00", "0.00", "465.00", "insured",
    ),
)  # fmt: skip


def month_before(today: datetime.date) -> datetime.date:
    """The first day of the month before."""
    return (today.replace(day=1) - datetime.timedelta(days=1)).replace(day=1)


def write(folder: Path, *, paid_in: datetime.date) -> dict[str, Path]:
    """Write the six files; every line was paid on the 15th of `paid_in`'s month."""
    since = "2022-01-01"
    plan = {"plan_code": "EQU", "name": "Équilibre", "kind": "individual", "responsible": "1", "valid_from": since}
    guarantee = {"plan_code": "EQU", "valid_from": since, "basis": "BR", "rate": "1.50", "wording": "150 % de la base"}
    policy = {"policy_number": "SA1", "member_number": MEMBER_NUMBER, "plan_code": "EQU", "start_date": since}
    rows: dict[str, list[dict[str, str]]] = {
        "plans": [plan],
        "guarantees": [guarantee | {"act_family": family} for family in ("MED", "PHAR", "DENT")],
        "persons": [PERSON],
        "policies": [policy],
        "covers": [{"policy_number": "SA1", "person_ref": PERSON_REF, "start_date": since}],
        "benefits": [_benefit(care, paid_in) for care in CARES],
    }
    return {kind: _file(folder / f"{kind}.csv", rows[kind]) for kind in KINDS}


def _benefit(care: Care, paid_in: datetime.date) -> dict[str, str]:
    return {
        "benefit_ref": care.ref, "policy_number": "SA1", "person_ref": PERSON_REF,
        "care_date": f"{paid_in.replace(day=3)}", "act_code": care.act_code, "act_label": care.label, "quantity": "1",
        "professional_name": care.professional, "expense": care.expense, "base": care.base, "scheme_rate": care.rate,
        "scheme_amount": care.scheme, "deduction": care.deduction, "mutual_amount": care.mutual, "other_amount": "0.00",
        "paid_to": care.paid_to, "payment_ref": f"VIR-{care.ref}", "payment_date": f"{paid_in.replace(day=15)}",
        "source": "NOEMIE" if care.paid_to == "insured" else "DRE",
    }  # fmt: skip


def _file(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path
