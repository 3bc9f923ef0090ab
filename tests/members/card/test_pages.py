"""The card in the space: whose, at which date, in what words, and as what files."""

import datetime
import email
import io
from email import policy

import pikepdf
import pytest
from django.core import mail
from django.test import Client
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from members.card.contents import from_data
from members.card.datamatrix import decode, encode
from members.card.models import Card
from members.card.signature import CardVerdict, verify_card_payload
from members.card.symbols import datamatrix_symbol
from members.card.views import PRINTS_BY_ACCOUNT
from members.coverage.models import Cover, Guarantee, Plan, Policy
from portals import jobs
from portals.access import isolation
from portals.accounts import limits
from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast
from tests.members.card.objects import pages_of, read
from tests.pages import words_of

NBSP = "\u00a0"
D = datetime.date


def page(client: Client, query: str = "") -> str:
    response = client.get(f"/adherent/carte/{query}")
    assert response.status_code == 200
    return words_of(response.content.decode())


def given_out(client: Client, **choice: object) -> str:
    """The page once the card was asked for."""
    assert client.post("/adherent/carte/etablir/", choice).status_code == 302
    return page(client, "".join(f"?{name}={value}" for name, value in choice.items()))


def cards() -> list[Card]:
    with isolation.system():
        return list(Card.objects.order_by("id"))


@pytest.mark.commitment("CGU-3.12")
def test_the_member_sees_the_card_of_the_family(cast: Cast, alice: Client) -> None:
    words = given_out(alice)
    assert f"Votre carte est valable jusqu’au 31{NBSP}décembre{NBSP}2026." in words
    assert "Elle couvre quatre personnes." in words
    assert "Période de validité 01/01/2026 – 31/12/2026" in words
    assert f"N°{NBSP}AMC 0009914587" in words
    assert "Type de convention OC KA" in words
    assert "CSR E2M" in words
    assert f"N°{NBSP}adhérent 48217736" in words
    for name in ("Alice LE GOFF", "Samir BENALI", "Lina BENALI", "Inès BENALI"):
        assert name in words
    assert f"20/05/2016, rang{NBSP}1" in words
    assert f"KA{NBSP}PEC" in words
    (card,) = cards()
    assert (card.person_id, card.household_id, card.reason) == (None, cast.alice.household_id, "first")


@pytest.mark.commitment("CGU-3.12")
def test_the_level_of_a_domain_is_the_rate_of_the_guarantee(cast: Cast, alice: Client) -> None:
    with isolation.system():
        plan = Plan.objects.get(policies__household=cast.alice.household)
        Guarantee.objects.create(
            plan=plan, act_family_id="MED", valid_from=D(2020, 1, 1), basis="BR", rate="1.30", wording="Médecins"
        )
    assert f"OC{NBSP}130\u202f%" in page(alice)


def test_a_plan_that_is_not_responsible_bears_no_r(cast: Cast, alice: Client) -> None:
    assert "Contrat responsable" in alice.get("/adherent/carte/").content.decode()
    with isolation.system():
        Plan.objects.update(responsible=False)
    assert "Contrat responsable" not in alice.get("/adherent/carte/").content.decode()


@pytest.mark.commitment("CGU-3.12", "PDP-1.2")
def test_a_dependant_sees_their_own_card_and_no_other(cast: Cast, client: Client) -> None:
    samir = builders.sign_in(client, cast.home.samir_account)
    for choice in ({}, {"person": cast.alice.pk}, {"person": cast.home.lina.pk}):
        words = given_out(samir, **choice)
        assert "Samir BENALI" in words
        assert "Lina BENALI" not in words
        assert "Inès BENALI" not in words
    assert "Elle couvre une personne." in words
    (card,) = cards()
    assert card.person_id == cast.home.samir.pk


def test_the_member_asks_for_one_persons_card(cast: Cast, alice: Client) -> None:
    words = given_out(alice, person=cast.home.ines.pk)
    assert "La carte pour Inès est valable" in words
    assert "Inès BENALI" in words
    assert "Samir BENALI" not in words.split("Droits au")[0].split("Pour")[0]
    (card,) = cards()
    assert [entry[0] for entry in card.content["beneficiaries"]] == [cast.home.ines.pk]


def test_somebody_of_another_household_cannot_be_asked_for(cast: Cast, alice: Client) -> None:
    words = page(alice, f"?person={cast.bob.pk}")
    assert "Choisissez l’une des personnes de la liste." in words
    assert "Tanguy" not in words
    assert alice.get(f"/adherent/carte.pdf?person={cast.bob.pk}")["Content-Type"].startswith("text/html")
    assert alice.post("/adherent/carte/etablir/", {"person": cast.bob.pk}).status_code == 302
    assert cast.bob.pk not in [entry[0] for card in cards() for entry in card.content["beneficiaries"]]


@pytest.mark.commitment("CGU-3.12")
def test_at_a_past_date_it_says_what_was_and_gives_nothing_out(cast: Cast, alice: Client) -> None:
    words = page(alice, "?date=01/05/2025")
    assert f"Le 1er{NBSP}mai{NBSP}2025, vos droits étaient ouverts." in words
    assert "01/01/2025 – 31/12/2025" in words
    assert "Datamatrix de la carte" not in alice.get("/adherent/carte/?date=01/05/2025").content.decode()
    assert alice.get("/adherent/carte.pdf?date=01/05/2025")["Content-Type"].startswith("text/html")
    alice.post("/adherent/carte/etablir/", {"date": "01/05/2025"})
    assert cards() == []


def test_next_years_card_is_announced(alice: Client) -> None:
    words = page(alice, "?date=01/01/2027")
    assert f"Cette carte sera remise à partir du 17{NBSP}novembre{NBSP}2026." in words
    alice.post("/adherent/carte/etablir/", {"date": "01/01/2027"})
    assert cards() == []


def test_before_the_contract_rights_are_closed(cast: Cast, alice: Client) -> None:
    with isolation.system():
        Cover.objects.filter(household_id=cast.alice.household_id).update(start_date=D(2025, 6, 1))
    words = page(alice, "?date=31/05/2025")
    assert f"Vos droits ne sont pas ouverts le 31{NBSP}mai{NBSP}2025." in words
    assert f"Ils s’ouvriront le 1er{NBSP}juin{NBSP}2025." in words


def test_a_date_that_does_not_exist_is_explained_and_todays_card_stays(alice: Client) -> None:
    given_out(alice)
    words = page(alice, "?date=31/11/2026")
    assert f"novembre n’a que 30{NBSP}jours" in words
    assert "Votre carte est valable" in words


def test_a_card_is_given_out_when_it_is_asked_for_and_once(alice: Client) -> None:
    words = page(alice)
    assert f"Les droits sont ouverts{NBSP}: il reste à établir la carte." in words
    assert cards() == []
    given_out(alice)
    given_out(alice)
    assert len(cards()) == 1


def test_the_page_costs_as_many_queries_for_four_as_for_forty(
    cast: Cast, alice: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    given_out(alice)
    with django_assert_max_num_queries(12):
        page(alice)
    with isolation.system():
        contract = Policy.objects.get(household=cast.alice.household)
    for rank in range(36):
        child = builders.person(
            cast.alice.household, role="child", given_names=f"Enfant {rank}", birth_date=D(2015, 1, 1)
        )
        builders.cover(contract, child)
    given_out(alice)
    with django_assert_max_num_queries(12):
        page(alice)


def test_cards_are_not_printed_without_end(cast: Cast, alice: Client) -> None:
    given_out(alice)
    for _ in range(PRINTS_BY_ACCOUNT.amount):
        limits.count(PRINTS_BY_ACCOUNT, str(cast.alice_account.pk))
    answer = alice.get("/adherent/carte.pdf")
    assert (answer.status_code, "Retry-After" in answer) == (429, True)
    assert alice.get("/adherent/carte/").status_code == 200


@pytest.mark.commitment("CGU-3.12")
@pytest.mark.parametrize("size", ["a4", "phone"])
def test_both_codes_are_read_from_the_pdf_and_say_what_the_card_says(alice: Client, size: str) -> None:
    given_out(alice)
    response = alice.get(f"/adherent/carte.pdf?size={size}")
    assert response.status_code == 200
    assert "Carte de tiers payant 2026.pdf" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    (card,) = cards()
    sheets = pages_of(response.content)
    codes = read(sheets[0])
    assert codes["QRCode"] == card.payload
    assert decode(codes["DataMatrix"]).number == card.number
    check = verify_card_payload(codes["QRCode"])
    assert check.verdict == CardVerdict.GENUINE
    assert check.card is not None
    assert check.card.number == card.number
    text = " ".join(
        " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(response.content)).pages)
        .replace(NBSP, " ").replace("\u202f", " ").split()
    )  # fmt: skip
    for words in ("Période de validité", "N° AMC", "Type de convention", "CSR", "N° adhérent", "Alice LE GOFF"):
        assert words in text
    if size == "a4":
        assert len(sheets) == 1


def test_the_datamatrix_of_the_page_is_that_of_the_card(cast: Cast, alice: Client) -> None:
    given_out(alice)
    markup = alice.get("/adherent/carte/").content.decode()
    (card,) = cards()
    assert datamatrix_symbol(encode(from_data(card.content), card.number)).path in markup


def test_the_pdf_is_an_accessible_document(alice: Client) -> None:
    given_out(alice)
    content = alice.get("/adherent/carte.pdf").content
    with pikepdf.open(io.BytesIO(content)) as document:
        assert str(document.Root.Lang) == "fr"
        assert bool(document.Root.MarkInfo.Marked)
        assert "pdfuaid:part" in str(document.Root.Metadata.read_bytes())
        assert "Goff" not in str(document.docinfo)


def test_the_nir_is_never_on_the_card(cast: Cast, client: Client) -> None:
    home = builders.household()
    person = builders.person(home, nir="279092B03300131")
    builders.cover(builders.policy(home), person)
    someone = builders.sign_in(client, builders.account(person))
    assert "279092" not in given_out(someone).replace(" ", "").replace(NBSP, "")
    (card,) = cards()
    assert "279092" not in str(card.content)


@pytest.mark.commitment("CGU-3.12", "PDP-1.2")
def test_the_card_is_sent_as_a_link_to_ones_own_address(cast: Cast, alice: Client) -> None:
    response = alice.post("/adherent/carte/envoyer/")
    assert (response.status_code, response["Location"]) == (302, "/adherent/carte/")
    alice.post("/adherent/carte/envoyer/")
    jobs.run_due()
    (message,) = mail.outbox
    assert message.to == [cast.alice_account.email]
    sent = email.message_from_bytes(message.message().as_bytes(), policy=policy.default)
    whole = "".join(str(part.get_content()) for part in sent.walk() if part.get_content_maintype() == "text")
    assert "/adherent/carte/" in whole
    for secret in ("Alice", "Goff", "48217736", "0009914587"):
        assert secret not in whole
    assert message.attachments == []


def test_looking_and_downloading_are_written_in_the_journal(cast: Cast, alice: Client) -> None:
    given_out(alice)
    alice.get("/adherent/carte.pdf")
    actions = list(
        Entry.objects.filter(account_id=cast.alice_account.pk).order_by("id").values_list("action", flat=True)
    )
    assert actions[-3:] == ["card.issued", "card.shown", "card.downloaded"]
