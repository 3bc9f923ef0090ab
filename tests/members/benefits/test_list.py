"""The list of benefits: whose, filtered how, added up, a page at a time."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast
from tests.pages import words_of

URL = "/adherent/prestations/"
NARROW, NBSP = "\u202f", "\u00a0"

pytestmark = pytest.mark.usefixtures("october")


def page(client: Client, **filters: str) -> str:
    response = client.get(URL, filters)
    assert response.status_code == 200
    return response.content.decode()


def rows_of(markup: str) -> list[str]:
    """The label of each line, in order."""
    return re.findall(r'<th scope="row" class="full"><a href="[^"]+">([^<]+)</a>', markup)


@pytest.mark.commitment("CGU-3.6", "PDP-1.2")
def test_the_member_sees_their_lines_and_those_of_a_young_child_and_nobody_elses(alice: Client) -> None:
    assert sorted(rows_of(page(alice))) == ["Consultation généraliste", "Détartrage d’Inès"]


def test_a_spouse_sees_their_own_lines_only(cast: Cast, client: Client) -> None:
    builders.sign_in(client, cast.home.samir_account)
    markup = page(client)
    assert rows_of(markup) == ["Ostéopathie de Samir"]
    assert "lui appartient" not in markup
    assert 'name="person"' not in markup


def test_the_first_line_is_the_answer_and_its_amounts_add_up(alice: Client) -> None:
    markup = page(alice)
    assert f"La mutuelle prend en charge 18,00{NARROW}€ sur 60,00{NARROW}€." in words_of(markup)
    assert f"2 lignes pour Alice et Inès, le 24{NBSP}septembre{NBSP}2026." in words_of(markup)
    total = markup.split("Total de la sélection")[1].split("</tr>")[0]
    assert re.findall(r'data-l="(\w+)">([^<]+)<', total) == [
        ("Dépense", f"60,00{NARROW}€"),
        ("Régime", f"38,00{NARROW}€"),
        ("Mutuelle", f"18,00{NARROW}€"),
        ("Vous", f"4,00{NARROW}€"),
    ]


@pytest.fixture
def more_lines(cast: Cast) -> None:
    """A pair of glasses to be paid on 14 October, and an X-ray of August for which nothing is due."""
    builders.benefit(
        cast.alice, care_date=datetime.date(2026, 10, 1), act_label="Lunettes", act_code="V01", family="OPTI",
        payment_date=datetime.date(2026, 10, 14), professional_name="Rémy, l’opticien",
    )  # fmt: skip
    builders.benefit(
        cast.alice, care_date=datetime.date(2026, 8, 3), act_label="Radiographie", payment_date=None, mutual_amount="0"
    )


@pytest.mark.commitment("CGU-3.6")
@pytest.mark.usefixtures("more_lines")
@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["Lunettes", "Détartrage d’Inès", "Consultation généraliste", "Radiographie"]),
        ({"start": "24/09/2026"}, ["Lunettes", "Détartrage d’Inès", "Consultation généraliste"]),
        ({"start": "25/09/2026"}, ["Lunettes"]),
        ({"end": "31/08/2026"}, ["Radiographie"]),
        ({"start": "01/08/2026", "end": "24/09/2026", "text": "radio"}, ["Radiographie"]),
        ({"family": "DESO"}, ["Détartrage d’Inès"]),
        ({"state": "expected"}, ["Lunettes"]),
        ({"state": "paid"}, ["Détartrage d’Inès", "Consultation généraliste"]),
        ({"text": "detartrage"}, ["Détartrage d’Inès"]),
        ({"text": "L'OPTICIEN remy"}, ["Lunettes"]),
        ({"text": "100%"}, []),
        ({"text": "_"}, []),
    ],
)
def test_each_filter_keeps_what_it_says(filters: dict[str, str], expected: list[str], alice: Client) -> None:
    assert rows_of(page(alice, **filters)) == expected


@pytest.mark.usefixtures("more_lines")
def test_the_lines_of_one_person_may_be_asked_for(cast: Cast, alice: Client) -> None:
    markup = page(alice, person=str(cast.home.ines.pk))
    assert rows_of(markup) == ["Détartrage d’Inès"]
    assert "1 ligne pour Inès" in words_of(markup)


def test_a_line_without_label_of_its_own_is_told_and_found_by_its_act(cast: Cast, alice: Client) -> None:
    act = builders.act("ZZTEST", family="MED", label="Examen à l’œil nu")
    builders.benefit(cast.alice, act_label="", act_code=act.code)
    assert rows_of(page(alice, text="oeil")) == ["Examen à l’œil nu"]


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        ({"start": "31/11/2026"}, "novembre n’a que 30"),
        ({"end": "demain"}, "Écrivez le jour, le mois et l’année"),
        ({"start": "02/10/2026", "end": "01/10/2026"}, "La fin vient avant le début"),
        ({"person": "999999"}, "l’une des personnes de la liste"),
        ({"family": "XXXX"}, "Choisissez dans la liste"),
        ({"state": "peut-être"}, "Choisissez dans la liste"),
        ({"text": "x" * 61}, "60 caractères au plus"),
    ],
)
def test_a_filter_that_cannot_be_read_is_explained_and_nothing_typed_is_lost(
    filters: dict[str, str], words: str, alice: Client
) -> None:
    markup = page(alice, **{"text": "couronne", **filters})
    assert words in markup
    assert 'role="alert"' in markup
    assert f'value="{filters.get("text", "couronne")}"' in markup
    assert not rows_of(markup)


def test_somebody_the_viewer_may_not_read_is_no_choice(cast: Cast, alice: Client) -> None:
    markup = page(alice, person=str(cast.home.samir.pk))
    assert "l’une des personnes de la liste" in markup
    assert "Ostéopathie" not in markup


def test_an_empty_selection_says_when_the_last_care_was_and_leads_to_it(cast: Cast, alice: Client) -> None:
    last = builders.benefit(cast.alice, care_date=datetime.date(2026, 10, 2))
    markup = page(alice, text="orthodontie")
    assert "Aucun soin ne correspond" in markup
    assert f'<a href="{reverse("members:benefit", args=[last.pk])}">2{NBSP}octobre{NBSP}2026</a>' in markup


def test_somebody_without_any_care_is_told_so(client: Client, db: None) -> None:
    newcomer = builders.person()
    builders.sign_in(client, builders.account(newcomer))
    assert "Aucun soin pour le moment." in page(client)


def test_the_member_is_told_what_arrived_for_the_others_without_their_care(cast: Cast, alice: Client) -> None:
    builders.benefit(cast.home.samir, payment_ref="VIR2", mutual_amount="9.40", act_label="Secret de Samir")
    builders.benefit(cast.home.lina, payment_ref="VIR3", mutual_amount="50.00")
    builders.benefit(cast.home.samir, payment_ref="VIR4", payment_date=datetime.date(2026, 10, 20))
    markup = page(alice)
    assert f"Samir et Lina ont 16 ans ou plus{NBSP}: le détail de leurs soins leur appartient." in markup
    assert f"En 2026, 2 versements pour 18,40{NARROW}€ sont arrivés à ce titre sur votre compte." in words_of(markup)
    assert "Secret" not in markup


def test_each_line_says_how_its_payment_stands_and_to_whom(cast: Cast, alice: Client) -> None:
    paid = page(alice)
    assert "Versé le 06/10/2026" in paid
    assert '<span class="sub">à vous</span>' in paid
    builders.benefit(cast.alice, payment_date=datetime.date(2026, 10, 14), paid_to="professional")
    builders.benefit(cast.alice, payment_date=None)
    builders.reversal(cast.home.alice_line)
    markup = page(alice)
    for words in ("Prévu le 14/10/2026", "au professionnel", "À venir", "Annulation"):
        assert words in markup


def test_every_line_is_on_one_page_and_only_one(cast: Cast, alice: Client) -> None:
    for n in range(60):
        builders.benefit(cast.alice, act_label=f"Soin {n:03d}", care_date=datetime.date(2026, 9, 1 + n % 3))
    expected = rows_in_order(cast)
    seen: list[str] = []
    address = f"{URL}?end=03/09/2026"
    pages = []
    while address:
        markup = alice.get(address).content.decode()
        pages.append(rows_of(markup))
        seen += pages[-1]
        address = link(markup, "next")
    assert seen == expected
    assert [len(one) for one in pages] == [25, 25, 10]
    back = alice.get(link(markup, "prev")).content.decode()
    assert rows_of(back) == pages[1]
    first = alice.get(link(back, "prev")).content.decode()
    assert rows_of(first) == pages[0]
    assert not link(first, "prev")
    assert "60 lignes" in first


def rows_in_order(cast: Cast) -> list[str]:
    from members.benefits.models import BenefitLine
    from portals.access import isolation

    with isolation.system():
        lines = BenefitLine.objects.filter(person=cast.alice, care_date__lte=datetime.date(2026, 9, 3))
        return [line.act_label for line in lines.order_by("-care_date", "-id")]


def link(markup: str, rel: str) -> str:
    found = re.search(rf'href="([^"]+)" rel="{rel}"', markup)
    return found[1].replace("&amp;", "&") if found else ""


@pytest.mark.parametrize("mark", ["x", "2026-13-45.1", "2026-09-24.99999999999999999999", "0001-01-01.1", "'--"])
@pytest.mark.parametrize("side", ["older", "newer"])
def test_an_address_that_was_tampered_with_still_shows_the_list(mark: str, side: str, alice: Client) -> None:
    assert rows_of(page(alice, **{side: mark}))


def test_looking_at_the_list_is_written_in_the_journal_without_any_value(cast: Cast, alice: Client) -> None:
    page(alice, text="Consultation")
    entry = Entry.objects.get(action="benefits.listed")
    assert entry.account_id == cast.alice_account.pk
    assert entry.tenant_id == cast.alice.household_id
    assert entry.details["lines"] == 1


@pytest.mark.commitment("CGU-3.2")
def test_the_page_says_that_it_is_indicative(alice: Client) -> None:
    assert "à titre indicatif" in page(alice)


@pytest.mark.parametrize("lines", [1, 20, 10_000])
def test_the_number_of_queries_does_not_depend_on_the_number_of_lines(
    lines: int, cast: Cast, alice: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    builders.benefits(cast.alice, lines)
    page(alice)
    with django_assert_max_num_queries(MOST_QUERIES) as counted:
        page(alice)
    assert 5 < len(reads(counted.captured_queries)) <= 12


MOST_QUERIES = 18  # the 12 of the page, and the savepoints that the test's own transaction adds


def reads(queries: list[dict[str, str]]) -> list[str]:
    return [query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))]


def test_only_the_household_is_read_never_a_whole_partition(cast: Cast, alice: Client) -> None:
    from django.db import connection

    from members.benefits.queries import Filters, selection
    from members.households.queries import viewpoint
    from portals.access import isolation

    with isolation.tenant("adherent", cast.alice.household_id):
        view = viewpoint(
            household_id=cast.alice.household_id,
            person_id=cast.alice.pk,
            day=datetime.date(2026, 10, 9),
            is_represented=False,
        )
        lines = selection(view, Filters(start=datetime.date(2026, 9, 1)))
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        plan = lines.explain()
    assert "Seq Scan on members_benefitline" not in plan
    assert "_2026_08" not in plan
