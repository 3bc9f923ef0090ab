"""The FHIR R4 part of the package: checked by the reference models, equal to the lines, about nobody else."""

import io
import json
from decimal import Decimal

import pytest
from django.utils import timezone
from fhir.resources.R4B.bundle import Bundle
from pydantic import ValidationError

from members.benefits.models import BenefitLine
from members.export import fhir
from members.households.queries import viewpoint_by
from portals.access import isolation
from portals.access.models import Grant
from tests import builders
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-8.7", "CGU-8.8")]


def bundle_of(cast: Cast) -> str:
    grant = Grant.objects.get(account=cast.alice_account)
    target = io.StringIO()
    with isolation.tenant(grant.space, grant.tenant_id):
        fhir.write_bundle(viewpoint_by(grant, day=timezone.localdate()), target)
    return target.getvalue()


def test_the_bundle_is_fhir_and_tells_each_line_once(cast: Cast) -> None:
    builders.benefits(cast.alice, 40)
    builders.benefit(cast.alice, care_date="1999-12-31")  # before any cover
    written = bundle_of(cast)
    bundle = Bundle.model_validate_json(written)
    resources = [entry["resource"] for entry in json.loads(written)["entry"]]
    assert len(bundle.entry or []) == len(resources)
    lines = [one for one in resources if one["resourceType"] == "ExplanationOfBenefit"]
    with isolation.system():
        expected = BenefitLine.objects.filter(person_id__in=[cast.alice.pk, cast.home.ines.pk])
        sums = {line.benefit_ref: (line.expense, line.mutual_amount, line.out_of_pocket) for line in expected}
    told = {}
    for line in lines:
        amounts = {
            one["category"]["coding"][0]["code"]: Decimal(str(one["amount"]["value"]))
            for one in line["item"][0]["adjudication"]
        }
        told[line["identifier"][0]["value"]] = (amounts["submitted"], amounts["benefit"], amounts["copay"])
    assert told == sums
    addresses = {f"{one['resourceType']}/{one['id']}" for one in resources}
    for line in lines:
        assert line["patient"]["reference"] in addresses
        coverage = line["insurance"][0]["coverage"]
        assert coverage.get("reference", next(iter(addresses))) in addresses


def test_what_reaches_somebody_is_told_to_them_only(cast: Cast) -> None:
    patients = [
        entry["resource"] for entry in json.loads(bundle_of(cast))["entry"] if entry["resource"]["resourceType"] == "Patient"
    ]  # fmt: skip
    assert [patient["name"][0]["given"][0] for patient in patients] == ["Alice", "Inès"]
    assert "telecom" in patients[0]
    assert "telecom" not in patients[1]
    assert "Samir" not in bundle_of(cast)


def test_what_is_not_fhir_is_not_written(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fhir, "GENDERS", {"2": ["female"]})
    with pytest.raises(ValidationError):
        bundle_of(cast)
