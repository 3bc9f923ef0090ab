"""Feed files of a small, whole portfolio, and ways to write them."""

import csv
import io
from pathlib import Path

from portals.feeds import load

Rows = list[dict[str, str]]

# Two households: a couple with a child, and somebody alone in Corsica whose contract has ended.
FILES: dict[str, Rows] = {
    "plans": [
        {
            "plan_code": "ESS", "name": "Essentielle", "kind": "individual", "responsible": "1",
            "valid_from": "2022-01-01",
        },
    ],
    "guarantees": [
        {
            "plan_code": "ESS", "act_family": "MED", "valid_from": "2022-01-01", "basis": "BR", "rate": "1.00",
            "wording": "Consultations et visites : 100 % de la base",
        },
    ],
    "persons": [
        {
            "person_ref": "70000001-1", "member_number": "70000001", "rank": "1", "role": "member",
            "family_name": "L’Œuvré", "given_names": "Claire Anne", "birth_date": "1985-05-04", "sex": "2",
            "nir": "285055441091260", "email": "claire@example.org", "postcode": "56100", "city": "Lorient",
            "country": "FR", "iban": "FR1420041010050500013M02606", "scheme_code": "01",
        },
        {
            "person_ref": "70000001-2", "member_number": "70000001", "rank": "2", "role": "spouse",
            "family_name": "Haÿ; dit \"Le Grand\"", "given_names": "Yann", "birth_date": "1984-02-29", "sex": "1",
        },
        {
            "person_ref": "70000001-3", "member_number": "70000001", "rank": "3", "role": "child",
            "family_name": "L’Œuvré", "given_names": "Nolwenn", "birth_date": "2017-12-31",
        },
        {
            "person_ref": "70000002-1", "member_number": "70000002", "rank": "1", "role": "member",
            "family_name": "Paoli", "given_names": "Ange", "birth_date": "1979-09-01", "sex": "2",
            "nir": "279092B03300131", "alsace_moselle": "0",
        },
    ],
    "policies": [
        {"policy_number": "SA1", "member_number": "70000001", "plan_code": "ESS", "start_date": "2022-01-01"},
        {
            "policy_number": "SA2", "member_number": "70000002", "plan_code": "ESS", "start_date": "2022-01-01",
            "end_date": "2025-12-31", "end_reason": "résiliation",
        },
    ],
    "covers": [
        {"policy_number": "SA1", "person_ref": f"70000001-{rank}", "start_date": "2022-01-01"} for rank in (1, 2, 3)
    ] + [{"policy_number": "SA2", "person_ref": "70000002-1", "start_date": "2022-01-01", "end_date": "2025-12-31"}],
}  # fmt: skip


def benefit(ref: str = "D1", **fields: str) -> dict[str, str]:
    """A row of the benefits feed that is right in the portfolio above."""
    return {
        "benefit_ref": ref, "policy_number": "SA1", "person_ref": "70000001-1", "care_date": "2025-03-10",
        "act_code": "G", "act_label": "Consultation", "quantity": "1", "professional_name": "Dr Aïcha N’Diaye",
        "expense": "30.00", "base": "30.00", "scheme_rate": "0.70", "scheme_amount": "19.00", "deduction": "2",
        "mutual_amount": "9.00", "other_amount": "0.00", "paid_to": "insured", "payment_ref": "VIR1",
        "payment_date": "2025-03-14", "source": "NOEMIE", **fields,
    }  # fmt: skip


def reversal(ref: str, **fields: str) -> dict[str, str]:
    """What takes back `benefit()`."""
    return benefit(ref, expense="-30.00", scheme_amount="-19.00", mutual_amount="-9.00", **fields)


def content(rows: Rows, *, delimiter: str = ";", end: str = "\r\n", columns: list[str] | None = None) -> bytes:
    """The rows as a file; columns that a row does not name are empty."""
    names = columns or list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, names, delimiter=delimiter, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def write(path: Path, rows: Rows, *, delimiter: str = ";", columns: list[str] | None = None) -> Path:
    path.write_bytes(content(rows, delimiter=delimiter, columns=columns))
    return path


def load_portfolio(folder: Path) -> None:
    """The portfolio above, without benefit lines, into the database."""
    for kind, rows in FILES.items():
        counts = load(kind, write(folder / f"{kind}.csv", rows))
        assert (counts.created, counts.rejected) == (len(rows), 0), (kind, counts.first_rejects)
