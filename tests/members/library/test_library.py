"""The enforceable documents: which version holds for whom, how they are published and read."""

import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from members.coverage.models import Cover, Policy
from members.library.actions import AlreadyPublished, EndsTooEarly, Overlapping, end
from members.library.rules import Stretch, applied, is_readable
from portals.access import isolation
from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast
from tests.members.library.objects import PDF, document, plan_of, terms_of
from tests.pages import words_of

NBSP = "\u00a0"
PAGE = "/adherent/documents/"
DAY = datetime.date

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("october"), pytest.mark.commitment("CGU-3.3")]


def page(client: Client, address: str = PAGE) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return words_of(response.content.decode())


def test_a_new_version_ends_the_one_before() -> None:
    old = document()
    new = document(version="V-01-2025", valid_from=DAY(2025, 1, 1))
    old.refresh_from_db()
    assert (old.valid_to, new.valid_to) == (DAY(2024, 12, 31), None)


def test_a_version_is_published_once_and_in_order() -> None:
    document()
    with pytest.raises(AlreadyPublished):
        document(valid_from=DAY(2026, 1, 1))
    with pytest.raises(Overlapping):
        document(version="V-01-2019", valid_from=DAY(2019, 1, 1))


def test_a_version_ends_neither_before_it_began_nor_after_the_next_one() -> None:
    old = document()
    document(version="V-01-2025", valid_from=DAY(2025, 1, 1))
    old.refresh_from_db()
    with pytest.raises(EndsTooEarly):
        end(by=None, document=old, last_day=DAY(2019, 1, 1))
    with pytest.raises(Overlapping):
        end(by=None, document=old, last_day=None)


def test_what_holds_follows_the_cover_the_plan_and_the_group_contract() -> None:
    own, other = builders.plan(), builders.plan()
    of_all, of_plan, of_other = document(), terms_of(own), terms_of(other, version="V-02")
    of_group = document(title="Notice", group_contract="GC00001")
    stretch = Stretch(own.pk, "", DAY(2022, 1, 1), DAY(2024, 6, 30))
    in_group = Stretch(other.pk, "GC00001", DAY(2022, 1, 1), None)
    day = DAY(2023, 5, 5)
    assert [applied(one, [stretch], day) for one in (of_all, of_plan, of_other, of_group)] == [True, True, False, False]
    assert [applied(one, [in_group], day) for one in (of_all, of_plan, of_other, of_group)] == [True, False, True, True]
    assert not applied(of_all, [stretch], DAY(2024, 7, 1))
    assert is_readable(of_all, [stretch])
    late = document(title="Règlement", version="V-2025", valid_from=DAY(2025, 1, 1))
    assert not is_readable(late, [stretch])
    assert is_readable(late, [in_group])


def test_the_page_tells_what_holds_on_a_day(cast: Cast, alice: Client) -> None:
    document()
    document(version="V-01-2025", valid_from=DAY(2025, 1, 1))
    terms_of(plan_of(cast.alice))
    words = page(alice)
    assert "2 textes font foi aujourd’hui pour vous." in words
    before = page(alice, f"{PAGE}?date=05/05/2023")
    assert f"Le 5{NBSP}mai{NBSP}2023, 2 textes faisaient foi pour vous." in before
    assert f"Aucun contrat ne vous couvrait le 5{NBSP}mai{NBSP}2020." in page(alice, f"{PAGE}?date=05/05/2020")


def test_the_file_is_given_as_it_was_published(cast: Cast, alice: Client) -> None:
    published = terms_of(plan_of(cast.alice))
    response = alice.get(f"{PAGE}{published.pk}.pdf")
    assert response.getvalue() == PDF
    assert response["Content-Type"] == "application/pdf"
    assert "attachment" in response["Content-Disposition"]
    assert "sandbox" in response["Content-Security-Policy"]


def test_the_text_of_another_plan_does_not_exist(cast: Cast, alice: Client) -> None:
    theirs = terms_of(plan_of(cast.bob))
    assert alice.get(f"{PAGE}{theirs.pk}.pdf").status_code == 404
    assert alice.get(f"{PAGE}987654321.pdf").status_code == 404
    assert f"{theirs.pk}.pdf" not in alice.get(PAGE).content.decode()


def test_a_version_that_came_after_the_cover_is_not_read(cast: Cast, alice: Client) -> None:
    with isolation.system():
        Cover.objects.filter(person=cast.alice).update(end_date=DAY(2024, 6, 30))
        Policy.objects.filter(household=cast.alice.household).update(end_date=DAY(2024, 6, 30))
        Cover.objects.filter(household=cast.alice.household).update(end_date=DAY(2024, 6, 30))
    old, late = document(), document(version="V-01-2025", valid_from=DAY(2025, 1, 1))
    kept = alice.get(f"{PAGE}{old.pk}.pdf")
    assert (kept.status_code, kept.getvalue()) == (200, PDF)
    assert alice.get(f"{PAGE}{late.pk}.pdf").status_code == 404


def test_reading_is_written_in_the_journal(cast: Cast, alice: Client) -> None:
    published = document()
    alice.get(PAGE)
    alice.get(f"{PAGE}{published.pk}.pdf").getvalue()
    entries = Entry.objects.filter(account_id=cast.alice_account.pk, action__startswith="library").order_by("id")
    assert list(entries.values_list("action", "object_id")) == [
        ("library.listed", str(cast.alice.household_id)), ("library.downloaded", str(published.pk)),
    ]  # fmt: skip


def test_many_versions_cost_as_many_queries_as_one(
    cast: Cast, alice: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    document()
    page(alice)
    with django_assert_max_num_queries(100) as few:
        page(alice)
    for year in range(2021, 2027):
        document(version=f"V-{year}", valid_from=DAY(year, 1, 1))
        terms_of(plan_of(cast.alice), version=f"V-{year}", valid_from=DAY(year, 1, 1))
    with django_assert_max_num_queries(len(few)):
        page(alice)
    assert len(few) <= 12
