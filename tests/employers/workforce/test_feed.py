"""The feed of affiliations."""

import datetime
from pathlib import Path

import pytest
from django.utils import timezone

from employers.workforce import actions
from employers.workforce.models import Affiliation
from members.households.models import Person
from portals.access import isolation
from portals.accounts.models import Space
from portals.names import folded_name
from tests import builders
from tests.cast import Cast
from tests.employers.contributions.objects import contract_of, feed
from tests.employers.workforce.objects import operation_of

pytestmark = pytest.mark.django_db

Row = dict[str, str]


def row(person: Person, contract: str, **fields: str) -> Row:
    return {
        "contract_number": contract, "person_ref": person.person_ref, "start_date": "2024-01-01",
        "employee_number": "00042", "end_date": "", "end_reason": "", **fields,
    }  # fmt: skip


@pytest.fixture
def hired(cast: Cast) -> tuple[Person, str]:
    """Bob, covered by the company's contract."""
    contract = contract_of(cast.company).contract_number
    with isolation.system():
        person = builders.person(family_name="L’Œuvré-Noël", given_names="Éloïse Marie-Ange")
        builders.policy(person.household, group_contract=contract)
    return person, contract


def test_affiliations_load_twice_and_say_what_the_company_sees(
    tmp_path: Path, cast: Cast, hired: tuple[Person, str]
) -> None:
    person, contract = hired
    assert feed(tmp_path, "affiliations", row(person, contract)).created == 1
    assert feed(tmp_path, "affiliations", row(person, contract)).unchanged == 1
    with isolation.system():
        kept = Affiliation.objects.select_related("policy").get()
    assert (kept.company_id, kept.person_id, kept.employee_number) == (cast.company.pk, person.pk, "00042")
    assert kept.search_name == folded_name(person.family_name, person.given_names) == "l oeuvre noel eloise marie ange"
    assert kept.search_given == folded_name(person.given_names, person.family_name)
    assert kept.policy is not None and kept.policy.group_contract == contract


@pytest.mark.parametrize(
    ("fields", "reject"),
    [
        ({"contract_number": "GC-404"}, ("contract_number", "unknown_reference")),
        ({"person_ref": "nobody"}, ("person_ref", "unknown_reference")),
        ({"end_date": "2023-12-31"}, ("end_date", "bad_interval")),
        ({"start_date": "1999-01-01"}, ("start_date", "bad_interval")),
        ({"start_date": "2026-02-30"}, ("start_date", "bad_date")),
    ],
)
def test_a_wrong_row_is_rejected_alone(
    tmp_path: Path, hired: tuple[Person, str], fields: dict[str, str], reject: tuple[str, str]
) -> None:
    person, contract = hired
    counts = feed(
        tmp_path, "affiliations", row(person, contract, start_date="2024-02-01"), row(person, contract) | fields
    )
    assert counts.created == 1
    assert [found[:3] for found in counts.first_rejects] == [(3, *reject)]


def test_a_dependant_is_nobodys_employee(tmp_path: Path, cast: Cast) -> None:
    contract = contract_of(cast.company).contract_number
    counts = feed(tmp_path, "affiliations", row(cast.home.samir, contract))
    assert [found[:3] for found in counts.first_rejects] == [(2, "person_ref", "not_the_insured")]


def test_what_was_said_in_the_space_stays_until_a_file_knows_of_it(
    tmp_path: Path, cast: Cast, hired: tuple[Person, str]
) -> None:
    person, contract = hired
    feed(tmp_path, "affiliations", row(person, contract))
    last = timezone.localdate()
    with isolation.tenant(Space.EMPLOYER, cast.company.pk):
        operation = operation_of(cast.company)
        made = Affiliation.objects.get()
        actions.change(by=operation.by, operation=operation, affiliation=made, population="Cadres")
        actions.end(
            by=operation.by, operation=operation_of(cast.company), affiliation=made, reason="démission", last_day=last,
            rights_end=last,
        )  # fmt: skip
    feed(tmp_path, "affiliations", row(person, contract, employee_number=""))
    with isolation.system():
        made.refresh_from_db()
        assert (made.population, made.end_date, made.employee_number) == ("Cadres", last, "00042")
        feed(tmp_path, "affiliations", row(person, contract, end_date="2026-01-31", end_reason="retraite"))
        made.refresh_from_db()
    assert (made.end_date, made.end_reason, made.ended_here_on) == (datetime.date(2026, 1, 31), "retraite", None)
