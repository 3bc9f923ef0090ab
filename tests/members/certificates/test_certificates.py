"""The certificate of cover: for whom, at which date, in what words, and as a file that anybody can check."""

import datetime
import io

import pikepdf
import pytest
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader

from members.coverage.models import Cover, Guarantee, Policy
from members.households.models import Person
from portals.access import isolation
from portals.documents.verification.models import IssuedDocument
from privacy.models import Entry
from tests import builders
from tests.cast import Cast
from tests.newcomer import mails
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("october")]

PAGE = "/adherent/attestations/"
D = datetime.date


def asked(client: Client, person: Person, day: str = "") -> HttpResponse:
    response = client.post(PAGE, {"person": person.pk, "day": day})
    assert isinstance(response, HttpResponse)
    return response


def text_of(response: HttpResponse) -> str:
    assert response["Content-Type"] == "application/pdf", words_of(response.content.decode())
    pages = PdfReader(io.BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.commitment("CGU-3.4")
def test_it_says_who_is_covered_by_what_since_when_and_for_how_much(cast: Cast, alice: Client) -> None:
    with isolation.system():
        plan = Policy.objects.get(household=cast.alice.household).plan
        Guarantee.objects.create(
            plan=plan,
            act_family_id="MED",
            valid_from=D(2020, 1, 1),
            basis="BR",
            rate="1.30",
            wording="130 % de la base",
        )
        Guarantee.objects.create(
            plan=plan, act_family_id="OPTI", valid_from=D(2027, 1, 1), basis="FIXED", amount=100, wording="Pas encore"
        )
    text = text_of(asked(alice, cast.home.ines))
    for said in ("Inès Benali", "née le 20 mai 2016", "9 octobre 2026", "SA48217736", "48217736", "Alice Le Goff",
                 "Équilibre", "1er janvier 2022", "130 % de la base"):  # fmt: skip
        assert said in text.replace("\u00a0", " "), said
    assert "Pas encore" not in text


def test_anybody_can_check_it(cast: Cast, alice: Client) -> None:
    text = text_of(asked(alice, cast.alice))
    document = IssuedDocument.objects.get()
    assert document.code in text
    assert document.period == "Droits au 9\u00a0octobre\u00a02026"


def test_it_is_a_tagged_pdf_in_french(cast: Cast, alice: Client) -> None:
    with pikepdf.open(io.BytesIO(asked(alice, cast.alice).content)) as pdf:
        assert pdf.Root.Lang == "fr"
        assert "/StructTreeRoot" in pdf.Root


def test_at_a_date_after_the_end_it_says_when_the_cover_ended(cast: Cast, alice: Client) -> None:
    with isolation.system():
        Cover.objects.filter(person=cast.home.lina).update(end_date=D(2026, 6, 30))
    text = text_of(asked(alice, cast.home.lina)).replace("\u00a0", " ")
    assert "a pris fin le 30 juin 2026" in text
    assert "Niveaux de garantie" not in text
    before = text_of(asked(alice, cast.home.lina, "30/06/2026")).replace("\u00a0", " ")
    assert "est couverte au 30 juin 2026" in before


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("01/01/2020", "aucun droit ouvert chez nous"),
        ("10/10/2026", "choisissez aujourd’hui ou avant"),
        ("31/02/2026", "Cette date n’existe pas"),
    ],
)
def test_it_certifies_only_what_is_acquired(day: str, said: str, cast: Cast, alice: Client) -> None:
    assert said in words_of(asked(alice, cast.alice, day).content.decode())
    assert not IssuedDocument.objects.exists()


@pytest.mark.commitment("PDP-1.2")
def test_a_dependant_has_their_own_and_no_other(cast: Cast, client: Client) -> None:
    samir = builders.sign_in(client, cast.home.samir_account)
    assert "Samir Benali" in text_of(asked(samir, cast.home.samir))
    for other in (cast.alice, cast.home.lina, cast.bob):
        assert "Choisissez l’une des personnes de la liste" in words_of(asked(samir, other).content.decode())


def test_whoever_has_left_still_has_theirs(cast: Cast, client: Client) -> None:
    bob = cast.bob
    with isolation.system():
        Cover.objects.filter(person=bob).update(end_date=D(2026, 3, 31))
        cast.bob_account.grants.update(ended_on=D(2026, 3, 31), closes_on=D(2028, 3, 31))
    text = text_of(asked(builders.sign_in(client, cast.bob_account), bob)).replace("\u00a0", " ")
    assert "a pris fin le 31 mars 2026" in text


def test_sending_it_to_oneself_sends_the_way_to_it(cast: Cast, alice: Client) -> None:
    assert alice.post(f"{PAGE}envoyer/")["Location"] == PAGE
    (letter,) = mails()
    assert letter.to == [cast.alice_account.email]
    assert "/adherent/attestations/" in str(letter.body)
    assert not letter.attachments


def test_reading_the_page_gives_nothing_out(cast: Cast, alice: Client) -> None:
    assert "attestation de mutuelle" in words_of(alice.get(PAGE).content.decode())
    assert not IssuedDocument.objects.exists()


def test_giving_one_out_is_in_the_journal(cast: Cast, alice: Client) -> None:
    asked(alice, cast.home.ines)
    with isolation.system():
        entry = Entry.objects.get(action="certificate.downloaded")
    assert entry.object_id == str(cast.home.ines.pk)
