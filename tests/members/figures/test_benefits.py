"""The facts of a month are its payments, and nothing finer than statistics may say."""

import datetime

import pytest

from members.figures.benefits import read
from members.figures.regions import DEPARTMENTS, region_of
from members.households.models import Person
from portals.access import isolation
from privacy.statistics.rules import AGES, REGIONS, SEXES
from tests.privacy.statistics.objects import MONTH, pay_once, portfolio


@pytest.mark.django_db
@pytest.mark.commitment("PDP-3.9")
def test_each_payment_is_in_the_facts_of_its_month_and_of_no_other() -> None:
    portfolio(20)
    with isolation.system():
        somebody = Person.objects.filter(benefits__isnull=False).order_by("pk")[0]
    pay_once(somebody, 77, datetime.date(2025, 8, 31))
    with isolation.system():
        july, august = (read(first, last) for first, last in (
            (MONTH, datetime.date(2025, 7, 31)), (datetime.date(2025, 8, 1), datetime.date(2025, 8, 31))
        ))  # fmt: skip
    assert len(july.facts) > 50
    assert [(fact.person, fact.expense, fact.mutual) for fact in august.facts] == [(somebody.pk, 7_700, 3_850)]
    for fact in july.facts:
        group = fact.atom.group
        assert fact.atom.family in july.families
        assert (group.age in AGES, group.sex in SEXES, group.region in REGIONS, group.plan in july.plans) == (True,) * 4
        assert fact.person in july.covered[group]


def test_a_postcode_gives_its_region() -> None:
    known = {"29200": "53", "20090": "94", "97411": "04", "98800": "98", "75011": "11", "69001": "84"}
    assert {postcode: region_of(postcode) for postcode in known} == known
    assert [region_of(*asked) for asked in (("",), ("1000", "BE"), ("75011", "BE"), ("96000",))] == ["?"] * 4
    assert DEPARTMENTS.keys() | {"?"} == REGIONS.keys()
    assert sum(len(codes.split()) for codes in DEPARTMENTS.values()) == 95 + 5 + 6
