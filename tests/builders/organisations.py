"""Companies, professionals, and their contracts."""

from typing import Any

from stdnum import luhn

from employers.companies.models import Company, GroupContract
from members.coverage.models import PlanKind
from portals.access import isolation
from providers.agreements.models import Agreement, Professional
from tests.builders.households import plan
from tests.builders.numbers import COVERED_SINCE, number


def company(**fields: Any) -> Company:
    """A company of the portfolio."""
    stem = f"{300_000_000 + number()}0001"
    chosen = {
        "siret": stem + luhn.calc_check_digit(stem),
        "name": "Ateliers de la Rade",
        "city": "Lorient",
        "postcode": "56100",
        "email": "paie@ateliers-rade.example.org",
        **fields,
    }
    with isolation.system():
        return Company.objects.create(**chosen)


def group_contract(of: Company, **fields: Any) -> GroupContract:
    """A running group contract of the company, for all its employees."""
    with isolation.system():
        return GroupContract.objects.create(
            **{
                "contract_number": f"GC{number():06d}",
                "company": of,
                "plan": fields.pop("plan", None) or plan(kind=PlanKind.GROUP),
                "population": "Ensemble du personnel",
                "start_date": COVERED_SINCE,
                **fields,
            }
        )


def professional(**fields: Any) -> Professional:
    """A dentist of the directory."""
    stem = f"{9_990_000_000 + number()}"
    chosen = {
        "professional_ref": f"PS{number():06d}",
        "rpps": stem + luhn.calc_check_digit(stem),
        "profession": "Chirurgien-dentiste",
        "family_name": "Quéré",
        "given_name": "Anne",
        "postcode": "56100",
        "city": "Lorient",
        **fields,
    }
    with isolation.system():
        return Professional.objects.create(**chosen)


def agreement(of: Professional, **fields: Any) -> Agreement:
    """A running third-party-payment agreement of the professional."""
    chosen = {
        "agreement_number": f"TP{number():06d}",
        "professional": of,
        "start_date": COVERED_SINCE,
        "email": "cabinet@example.org",
        **fields,
    }
    with isolation.system():
        return Agreement.objects.create(**chosen)
