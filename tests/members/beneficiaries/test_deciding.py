"""What staff decide, and what follows: covers, cards, parents, accesses, e-mails."""

import datetime
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client

from members.beneficiaries import covering, deciding
from members.beneficiaries.actions import NotAsked, add_proofs
from members.beneficiaries.models import BeneficiaryRequest
from members.beneficiaries.sealing import answers_of
from members.beneficiaries.words import Kind, State
from members.card.models import Card
from members.coverage.models import Cover
from members.households.models import Person
from members.representation.models import Representation
from portals import jobs
from portals import secrets as personal
from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.models import Account
from portals.documents.models import Upload, UploadState
from portals.feeds import load
from portals.gestion.roles import Role
from tests import builders
from tests.builders import feed_files
from tests.cast import Cast
from tests.members.beneficiaries.objects import CERTIFICATE, NEWBORN, draft_of, sent_of
from tests.pages import words_of

pytestmark = pytest.mark.django_db

D = datetime.date
QUEUE = "/gestion/members/beneficiaryrequest/"


def reread(request: BeneficiaryRequest) -> BeneficiaryRequest:
    with isolation.system():
        return BeneficiaryRequest.objects.select_related("person").get(pk=request.pk)


@pytest.mark.commitment("CGU-3.9")
def test_a_newborn_is_covered_from_birth_on_the_card_and_represented(cast: Cast, staff: Account) -> None:
    sent = sent_of(cast.alice_account, cast.alice)
    deciding.accept(by=staff, request=sent)
    jobs.run_due()
    person = reread(sent).person
    assert person is not None
    assert (person.person_ref, person.rank, person.role) == (sent.number, 5, "child")
    with isolation.system():
        cover = Cover.objects.get(person=person)
        assert (cover.start_date, cover.end_date) == (D(2026, 9, 20), None)
        card = Card.objects.get(household_id=cast.alice.household_id, person=None, revoked_at=None)
        assert "Noé" in str(card.content)
        assert Representation.objects.filter(person=person, account=cast.alice_account, is_automatic=True).exists()
    assert Grant.objects.filter(account=cast.alice_account, subject_id=person.pk, basis="representation").exists()
    subjects = [message.subject for message in mail.outbox if message.to == [cast.alice_account.email]]
    assert "Nous avons bien reçu votre demande" in subjects
    assert "Votre demande est acceptée" in subjects
    assert not any("Noé" in f"{message.subject} {message.body}" for message in mail.outbox)


def test_the_nir_is_sealed_on_the_person_and_leaves_the_request(cast: Cast, staff: Account) -> None:
    sent = sent_of(cast.alice_account, cast.alice)
    nir = "126097512345601"
    with isolation.system():
        sent.answers_sealed = personal.seal(
            f"beneficiary:{sent.reference}",
            "members_beneficiaryrequest.answers_sealed",
            str({**NEWBORN, "nir": nir}).replace("'", '"'),
        )
        sent.save()
    deciding.accept(by=staff, request=sent)
    row = reread(sent)
    with isolation.system():
        assert "nir" not in answers_of(row)
        assert row.person is not None
        assert row.person.nir_sealed is not None
        place = "members_person.nir"
        assert personal.unseal(f"person:{sent.number}", place, row.person.nir_sealed) == nir
        assert bytes(row.person.nir_index or b"") == personal.blind_index(place, nir)


def test_somebody_who_comes_back_is_not_created_again(cast: Cast, staff: Account) -> None:
    samir = cast.home.samir
    gone = sent_of(
        cast.alice_account, cast.alice, kind=Kind.REMOVE, case="", reason="divorce", person=samir,
        effect=D(2026, 10, 31),
    )  # fmt: skip
    deciding.accept(by=staff, request=gone, effect_date=D(2026, 8, 31))
    back = sent_of(cast.alice_account, cast.alice, case="spouse", effect=D(2026, 11, 1))
    with isolation.system():
        answers = {**NEWBORN, "given_names": "samir", "birth_date": "1979-06-02", "nir": ""}
        back.answers_sealed = personal.seal(
            f"beneficiary:{back.reference}",
            "members_beneficiaryrequest.answers_sealed",
            str(answers).replace("'", '"'),
        )
        back.save()
    deciding.accept(by=staff, request=back)
    assert reread(back).person_id == samir.pk
    with isolation.system():
        assert Person.objects.filter(household=samir.household_id).count() == 4
        covers = Cover.objects.filter(person=samir).order_by("start_date").values_list("start_date", "end_date")
        assert list(covers)[1:] == [(D(2026, 11, 1), None)]


@pytest.mark.commitment("CGU-3.10")
def test_a_removal_ends_the_cover_the_card_and_tells_the_person(cast: Cast, staff: Account) -> None:
    sent = sent_of(
        cast.alice_account, cast.alice, kind=Kind.REMOVE, case="", reason="divorce", person=cast.home.samir,
        effect=D(2026, 10, 31),
    )  # fmt: skip
    deciding.accept(by=staff, request=sent)
    jobs.run_due()
    with isolation.system():
        assert Cover.objects.get(person=cast.home.samir).end_date == D(2026, 10, 31)
    grant = Grant.objects.get(account=cast.home.samir_account)
    assert (grant.ended_on, grant.closes_on) == (D(2026, 10, 31), D(2028, 10, 31))
    told = [message.subject for message in mail.outbox if message.to == [cast.home.samir_account.email]]
    assert "Votre couverture change" in told


def test_a_file_that_does_not_know_of_the_removal_does_not_undo_it(cast: Cast, staff: Account, tmp_path: Path) -> None:
    samir = cast.home.samir
    deciding.accept(
        by=staff,
        request=sent_of(
            cast.alice_account, cast.alice, kind=Kind.REMOVE, case="", reason="divorce", person=samir,
            effect=D(2026, 10, 31),
        ),
    )  # fmt: skip
    with isolation.system():
        cover = Cover.objects.get(person=samir)
    row = {
        "policy_number": "SA48217736", "person_ref": samir.person_ref, "start_date": f"{cover.start_date}", "end_date": "",
    }  # fmt: skip
    for end, kept in (("", D(2026, 10, 31)), ("2026-09-30", D(2026, 9, 30))):
        load("covers", feed_files.write(tmp_path / "covers.csv", [row | {"end_date": end}]))
        with isolation.system():
            assert Cover.objects.get(pk=cover.pk).end_date == kept


def test_what_cannot_be_is_refused_and_changes_nothing(cast: Cast, staff: Account) -> None:
    sent = sent_of(cast.alice_account, cast.alice)
    with pytest.raises(covering.PolicyEnded):
        deciding.accept(by=staff, request=sent, effect_date=D(1999, 1, 1))
    with isolation.system():
        add_proofs(by=cast.alice_account, request=sent, files=[CERTIFICATE])
    with pytest.raises(deciding.ProofUnchecked):
        deciding.accept(by=staff, request=sent)
    removal = sent_of(
        cast.alice_account, cast.alice, kind=Kind.REMOVE, case="", reason="death", person=cast.home.ines
    )  # fmt: skip
    with pytest.raises(covering.EndsTooEarly):
        deciding.accept(by=staff, request=removal, effect_date=D(1999, 1, 1))
    deciding.accept(by=staff, request=removal)
    with pytest.raises(NotAsked):
        deciding.refuse(by=staff, request=removal, reason="Trop tard.")
    assert reread(sent).state == State.ASKED


def test_the_missing_document_and_the_refusal_are_read_word_for_word(cast: Cast, staff: Account, alice: Client) -> None:
    sent = sent_of(cast.alice_account, cast.alice)
    deciding.ask_for_document(by=staff, request=sent, words="La page du livret où figure l’enfant.")
    page = f"/adherent/beneficiaires/demandes/{sent.pk}/"
    assert "La page du livret où figure l’enfant." in words_of(alice.get(page).content.decode())
    assert "Ajouter un document à votre demande" in words_of(alice.get("/adherent/").content.decode())
    with isolation.system():
        add_proofs(by=cast.alice_account, request=sent, files=[CERTIFICATE])
    assert reread(sent).state == State.ASKED
    deciding.refuse(by=staff, request=sent, reason="L’acte ne vous nomme pas comme parent.")
    shown = words_of(alice.get(page).content.decode())
    assert "L’acte ne vous nomme pas comme parent." in shown
    assert "Faites une réclamation" in shown


# The queue


def test_an_agent_decides_from_the_queue(cast: Cast, agent: Client) -> None:
    sent = sent_of(cast.alice_account, cast.alice)
    listed = agent.get(QUEUE).content.decode()
    assert sent.number in listed
    assert "Noé" not in listed
    page = words_of(agent.get(f"{QUEUE}{sent.pk}/change/").content.decode())
    assert "Noé Benali" in page
    assert "dans les temps" in page
    answer = agent.post(f"{QUEUE}{sent.pk}/decider/", {"decision": "accept", "effect_date": "01/10/2026"})
    assert answer.status_code == 302
    with isolation.system():
        assert Cover.objects.get(person=reread(sent).person).start_date == D(2026, 10, 1)


def test_a_refusal_without_words_is_not_taken(cast: Cast, agent: Client) -> None:
    sent = sent_of(cast.alice_account, cast.alice)
    page = agent.post(f"{QUEUE}{sent.pk}/decider/", {"decision": "refuse"})
    assert "raison du refus" in page.content.decode()
    assert reread(sent).state == State.ASKED


@pytest.mark.commitment("PDP-4.2")
def test_a_medical_document_is_taken_away_for_good(cast: Cast, agent: Client, alice: Client) -> None:
    sent = sent_of(cast.alice_account, cast.alice)
    with isolation.system():
        add_proofs(by=cast.alice_account, request=sent, files=[CERTIFICATE])
        upload = sent.proofs.get(state=UploadState.QUARANTINED)
    agent.post(f"{QUEUE}{sent.pk}/documents/{upload.pk}/medical/")
    assert Upload.objects.get(pk=upload.pk).stored_id is None
    page = words_of(alice.get(f"/adherent/beneficiaires/demandes/{sent.pk}/").content.decode())
    assert "au médecin-conseil" in page


def test_an_auditor_sees_that_there_is_a_request_and_not_of_whom(cast: Cast) -> None:
    sent = sent_of(cast.alice_account, cast.alice)
    auditor = builders.enter_gestion(Client(), builders.colleague(Role.AUDITOR))
    page = words_of(auditor.get(f"{QUEUE}{sent.pk}/change/").content.decode())
    assert sent.number in page
    assert "Noé" not in page
    assert auditor.post(f"{QUEUE}{sent.pk}/decider/", {"decision": "refuse"}).status_code == 403


def test_a_draft_is_nobody_elses_business(cast: Cast, agent: Client) -> None:
    draft = draft_of(cast.alice_account, cast.alice)
    assert agent.get(f"{QUEUE}{draft.pk}/change/").status_code in {302, 404}
