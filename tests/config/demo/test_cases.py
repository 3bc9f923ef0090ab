"""The files of the demo are written once, and the member reads what was handed over."""

import pytest

from config.demo.accounts.credentials import identifier_of
from config.demo.cases import fill_cases
from members.models import Person
from members.populate.cast import PERSONS
from portals.access import isolation
from portals.gestion.roles import Role
from privacy.disclosures.models import Disclosure, ToldDisclosure
from privacy.investigations.models import Investigation, Kind
from privacy.investigations.screening.models import ScreeningFlag
from privacy.investigations.walls import inside
from tests import builders
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_the_files_of_the_demo_are_written_once(cast: Cast) -> None:
    assert not fill_cases()
    for role, name in (
        (Role.DPO, "dpo"), (Role.FRAUD, "fraud-investigator"), (Role.VIGILANCE, "vigilance-officer"),
    ):  # fmt: skip
        builders.colleague(role, identifier=identifier_of(name))
    with isolation.system():
        Person.objects.filter(pk=cast.alice.pk).update(person_ref=PERSONS["member"])
        Person.objects.filter(pk=cast.bob.pk).update(person_ref=PERSONS["member-other"])
    assert fill_cases() and not fill_cases()
    with inside(*Kind.values):
        assert (Investigation.objects.count(), Disclosure.objects.count(), ScreeningFlag.objects.count()) == (1, 2, 1)
    with isolation.system():
        assert ToldDisclosure.objects.get().subject_id == cast.alice.pk
