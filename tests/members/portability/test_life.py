"""A portability from its first day to its end: proofs, notice, suspension, what is declared, the offer, and the pages."""

import datetime
import io
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from members.card.models import Card
from members.coverage.models import Cover, Policy
from members.portability import deciding
from members.portability.models import IndividualOffer, Portability, UnemploymentProof
from members.portability.planned import follow
from members.portability.words import OfferState, ProofState, State
from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.models import Account
from portals.documents.verification import Verdict
from portals.documents.verification.checking import check_file
from portals.gestion.roles import Role
from portals.jobs import run_due
from privacy.models import Entry
from tests import builders
from tests.cast import Cast
from tests.members.portability.objects import offer_of, portability_of, proof_of
from tests.newcomer import mails
from tests.pages import words_of
from tests.portals.documents import hostile

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("october"), pytest.mark.commitment("CGU-3.15")]

PAGE = "/adherent/portabilite/"
D = datetime.date
LEFT = D(2026, 9, 30)
ENDS = D(2027, 9, 30)


@pytest.fixture
def row(cast: Cast) -> Portability:
    """Alice's contract ended on 30 September 2026 after years: twelve months."""
    made = portability_of(cast.alice, contract_end=LEFT)
    run_due()
    mails()
    return made


@pytest.fixture
def staff(db: None) -> Account:
    return builders.staff()


def again(row: Portability) -> Portability:
    with isolation.system():
        return Portability.objects.get(pk=row.pk)


def ends_of(cast: Cast) -> set[datetime.date | None]:
    """The last day of the policy and of each of its covers."""
    with isolation.system():
        policy = Policy.objects.get(household=cast.alice.household)
        return {policy.end_date, *Cover.objects.filter(policy=policy).values_list("end_date", flat=True)}


def night(day: datetime.date) -> None:
    with isolation.system():
        follow(day)


def plain(response: Any) -> str:
    return words_of(response.content.decode()).replace("\xa0", " ")


def words(client: Client, address: str = PAGE) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return plain(response)


def attestation(name: str = "attestation.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, hostile.written(hostile.plain_pdf()), content_type="application/pdf")


def test_everybody_covered_stays_so_and_the_card_and_the_space_follow(
    cast: Cast, row: Portability, alice: Client
) -> None:
    assert (row.months, row.ends_on, row.proof_due_on) == (12, ENDS, D(2026, 12, 8))
    assert ends_of(cast) == {ENDS}
    with isolation.system():
        assert Cover.objects.filter(policy__household=cast.alice.household).count() == 4
        assert Card.objects.filter(household=cast.alice.household, valid_to=D(2026, 12, 31), revoked_at=None).exists()
        assert Grant.objects.get(account=cast.alice_account).closes_on in {None, D(2029, 9, 30)}
    said = words(alice)
    assert "Votre couverture continue, gratuite, jusqu’au 30 septembre 2027" in said
    assert "Samir Benali" in said
    assert "attendu avant le 8 décembre 2026" in said


def test_whoever_is_covered_beside_sees_the_dates_and_no_proof(cast: Cast, row: Portability) -> None:
    proof_of(cast.alice_account, row)
    said = words(builders.sign_in(Client(), cast.home.samir_account))
    assert "Votre couverture continue jusqu’au 30 septembre 2027" in said
    assert "Vos justificatifs" not in said
    assert builders.sign_in(Client(), cast.home.samir_account).post(f"{PAGE}notice.pdf").status_code == 404


def test_another_household_sees_nothing_even_without_filters(cast: Cast, row: Portability) -> None:
    proof_of(cast.alice_account, row)
    with isolation.tenant("adherent", cast.bob.household_id):
        assert not Portability.objects.exists()
        assert not UnemploymentProof.objects.exists()
        assert not IndividualOffer.objects.exists()
    assert "pas de portabilité" in words(builders.sign_in(Client(), cast.bob_account))


def test_a_proof_is_sent_checked_and_accepted(cast: Cast, row: Portability, alice: Client) -> None:
    assert alice.post(f"{PAGE}justificatif/", {"proofs": attestation()})["Location"] == PAGE
    assert "À vérifier" in words(alice)
    with isolation.system():
        proof = UnemploymentProof.objects.get()
        upload = proof.uploads.get()
    desk = builders.enter_gestion(Client(), builders.colleague(Role.AGENT))
    at = f"/gestion/members/unemploymentproof/{proof.pk}/"
    assert desk.get(f"{at}change/").status_code == 200
    desk.post(f"{at}decider/", {"decision": "accept"})
    assert again(row).proof_due_on == D(2026, 12, 8)  # a document is still in quarantine
    desk.post(f"{at}documents/{upload.pk}/liberer/")
    assert desk.post(f"{at}decider/", {"decision": "accept"}).status_code == 302
    assert again(row).proof_due_on == D(2027, 4, 9)
    said = words(alice)
    assert "Allocations prouvées jusqu’au 9 avril 2027" in said
    (mail,) = mails()
    assert mail.subject == "Votre document est vérifié"
    assert "Alice" not in str(mail.body)


def test_a_medical_document_is_not_taken(row: Portability, alice: Client) -> None:
    response = alice.post(f"{PAGE}justificatif/", {"proofs": attestation("ordonnance.pdf")})
    assert "ne passe pas par ici" in words_of(response.content.decode())
    with isolation.system():
        assert not UnemploymentProof.objects.exists()


def test_without_proof_it_is_reminded_announced_then_suspended_and_never_retroactively(
    cast: Cast, row: Portability, october: time_machine.Traveller, alice: Client
) -> None:
    night(D(2026, 11, 7))
    assert not mails()
    night(D(2026, 11, 8))
    night(D(2026, 11, 9))
    assert [mail.subject for mail in mails()] == ["Un document est attendu pour garder votre couverture"]
    night(D(2026, 12, 8))
    assert [mail.subject for mail in mails()] == ["Votre couverture va être suspendue"]
    assert again(row).suspends_on == D(2026, 12, 23)
    night(D(2026, 12, 22))
    assert again(row).state == State.RUNNING
    october.move_to(datetime.datetime(2026, 12, 25, 10, tzinfo=datetime.UTC))
    night(D(2026, 12, 25))  # two nights were missed
    assert again(row).state == State.SUSPENDED
    assert ends_of(cast) == {D(2026, 12, 24)}
    assert "est suspendue depuis le 25 décembre 2026" in words(builders.sign_in(Client(), cast.alice_account))


def test_a_proof_that_waits_for_staff_holds_the_suspension_back(cast: Cast, row: Portability) -> None:
    proof_of(cast.alice_account, row)
    night(D(2026, 12, 8))
    night(D(2026, 12, 30))
    assert again(row).state == State.RUNNING


def test_nobody_is_suspended_who_could_not_be_told(cast: Cast, row: Portability) -> None:
    with isolation.system():
        Account.objects.filter(pk=cast.alice_account.pk).update(is_active=False)
        cast.alice.email = ""
        cast.alice.save(update_fields=["email"])
    night(D(2026, 12, 8))
    night(D(2027, 1, 30))
    assert again(row).state == State.RUNNING


def test_a_proof_after_the_suspension_gives_the_cover_back_without_a_gap(
    cast: Cast, row: Portability, staff: Account, october: time_machine.Traveller
) -> None:
    night(D(2026, 12, 8))
    october.move_to(datetime.datetime(2026, 12, 23, 10, tzinfo=datetime.UTC))
    night(D(2026, 12, 23))
    deciding.accept(by=staff, proof=proof_of(cast.alice_account, row))
    assert again(row).state == State.RUNNING
    assert ends_of(cast) == {ENDS}


def test_a_refusal_is_said_word_for_word_and_changes_no_cover(
    cast: Cast, row: Portability, staff: Account, alice: Client
) -> None:
    proof = proof_of(cast.alice_account, row)
    deciding.ask_for_document(by=staff, proof=proof, words="La page 2 manque.")
    assert "La page 2 manque." in words(alice)
    deciding.refuse(by=staff, proof=proof, reason="Ce document est celui d’une autre année.")
    assert "Ce document est celui d’une autre année." in words(alice)
    assert ends_of(cast) == {ENDS}
    with pytest.raises(deciding.NotAsked):
        deciding.accept(by=staff, proof=proof)


def test_a_new_job_stops_it_shown_first_confirmed_then_taken_back(cast: Cast, row: Portability, alice: Client) -> None:
    answers = {"cause": "new_job", "since": "02/11/2026"}
    shown = plain(alice.post(f"{PAGE}arret/", answers))
    assert "s’arrêterait le 1er novembre 2026" in shown
    assert "ne vous est plus offert" in shown
    assert again(row).state == State.RUNNING
    assert alice.post(f"{PAGE}arret/", {**answers, "confirm": "1"})["Location"] == PAGE
    assert (again(row).state, again(row).last_day) == (State.STOPPED, D(2026, 11, 1))
    assert ends_of(cast) == {D(2026, 11, 1)}
    with isolation.system():
        assert IndividualOffer.objects.get().state == OfferState.WITHDRAWN
    assert "s’arrête le 1er novembre 2026" in words(alice)
    alice.post(f"{PAGE}reprise/")
    assert ends_of(cast) == {ENDS}
    with isolation.system():
        assert IndividualOffer.objects.get().state == OfferState.SCHEDULED


def test_what_is_declared_late_takes_back_no_cover(cast: Cast, row: Portability, alice: Client) -> None:
    alice.post(f"{PAGE}arret/", {"cause": "benefit", "since": "01/10/2026", "confirm": "1"})
    assert ends_of(cast) == {D(2026, 10, 9)}
    with isolation.system():
        offer = IndividualOffer.objects.get()
    assert (offer.state, offer.rights_end, offer.until) == (OfferState.SCHEDULED, D(2026, 10, 9), D(2027, 4, 9))


def test_the_offer_leaves_thirty_days_before_the_end_and_is_asked_for(
    cast: Cast, row: Portability, alice: Client, october: time_machine.Traveller
) -> None:
    night(D(2027, 8, 30))
    with isolation.system():
        assert IndividualOffer.objects.get().state == OfferState.SCHEDULED
    night(D(2027, 8, 31))
    assert "Une offre pour garder une couverture vous attend" in [mail.subject for mail in mails()]
    pdf = alice.post(f"{PAGE}offre.pdf")
    text = PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text().replace("\xa0", " ")
    assert "30 mars 2028" in text
    assert "125" in text
    assert alice.post(f"{PAGE}offre/demander/")["Location"] == PAGE
    with isolation.system():
        assert IndividualOffer.objects.get().state == OfferState.ASKED
    assert "Rien n’est encore signé" in words(alice)


def test_the_notice_is_a_document_that_can_be_checked(cast: Cast, row: Portability, alice: Client) -> None:
    pdf = alice.post(f"{PAGE}notice.pdf").content
    assert check_file(pdf, by=None).verdict == Verdict.UNCHANGED
    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text().replace("\xa0", " ")
    assert "30 septembre 2027" in text
    assert Entry.objects.filter(action="portability.printed").exists()


def test_staff_read_the_offers(cast: Cast, row: Portability) -> None:
    offer = offer_of(row)
    desk = builders.enter_gestion(Client(), builders.colleague(Role.AGENT))
    assert desk.get("/gestion/members/individualoffer/").status_code == 200
    assert offer.number in words_of(desk.get(f"/gestion/members/individualoffer/{offer.pk}/change/").content.decode())


def test_the_home_page_asks_for_the_proof(row: Portability, alice: Client) -> None:
    assert "Envoyer un justificatif de vos allocations" in words(alice, "/adherent/")


def test_a_closed_portability_takes_no_decision(cast: Cast, row: Portability, staff: Account, alice: Client) -> None:
    proof = proof_of(cast.alice_account, row)
    alice.post(f"{PAGE}arret/", {"cause": "retirement", "since": "01/11/2026", "confirm": "1"})
    with isolation.system():
        proof.refresh_from_db()
    assert proof.state == ProofState.CLOSED
    with pytest.raises(deciding.NotAsked):
        deciding.refuse(by=staff, proof=proof, reason="trop tard")
