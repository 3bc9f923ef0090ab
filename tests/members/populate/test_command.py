"""`manage.py populate`, from the command line to the tables."""

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Sum

from members.benefits.models import BenefitLine
from members.coverage.models import Cover, Policy
from members.households.models import Household, Person
from members.populate import cast
from portals.access import isolation

TODAY = "2026-11-21"


def populate(*options: str) -> str:
    out = io.StringIO()
    call_command("populate", *options, "--today", TODAY, stdout=out)
    return out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_it_loads_what_it_writes_and_changes_nothing_the_second_time(tmp_path: Path) -> None:
    first = populate("--members", "12", "--cast", "--out", str(tmp_path))
    for kind in ("plans", "guarantees", "persons", "policies", "covers", "benefits"):
        assert f"{kind}: read=" in first
    assert "rejected=0" in first

    with (tmp_path / "benefits.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    with isolation.system():
        assert Household.objects.count() == Policy.objects.count() == 12 + 7
        assert Person.objects.count() == Cover.objects.count()
        assert set(cast.PERSONS.values()) <= set(Person.objects.values_list("person_ref", flat=True))
        assert BenefitLine.objects.count() == len(lines)
        total = BenefitLine.objects.aggregate(total=Sum("mutual_amount"))["total"]
    assert total == sum(Decimal(line["mutual_amount"]) for line in lines)

    second = populate("--members", "12", "--cast")
    assert second.count("created=0 updated=0") == second.count("read=")
    assert second.count("read=") >= 6


def test_it_writes_without_loading(tmp_path: Path) -> None:
    populate("--members", "3", "--no-load", "--out", str(tmp_path / "files"))
    assert (tmp_path / "files" / "benefits.csv").exists()


@pytest.mark.parametrize("options", [("--members", "-1"), ("--members", "1", "--no-load")])
def test_it_refuses_what_makes_no_sense(options: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        populate(*options)
