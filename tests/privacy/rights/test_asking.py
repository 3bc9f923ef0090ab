"""Asking from the space: for oneself, a child, the one whom one represents, a deceased person; and what comes back."""

import io
import zipfile

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from portals import jobs
from portals.access import isolation
from portals.access.models import Motive, Restriction, RestrictionKind
from portals.accounts.export.actions import ask_export
from portals.accounts.export.models import AccountExport
from portals.accounts.models import Account
from privacy.audit.models import Entry
from privacy.rights import actions, answering
from privacy.rights.models import Channel, Identity, Outcome, Right, RightsRequest, State, Whom
from tests import builders
from tests.cast import Cast
from tests.pages import words_of
from tests.permissions.people import people_of
from tests.portals.documents import hostile
from tests.privacy.rights.objects import answered, doubted_request_of, request_of

pytestmark = pytest.mark.django_db

NEW = "/mes-donnees/droits/nouvelle/"
SAID = {"right": "rectification", "whom": "self", "words": "Mon nom s’écrit en deux mots."}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def page_words(client: Client, address: str) -> str:
    return plain(words_of(client.get(address).content.decode()))


def paper(name: str = "acte.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, hostile.written(hostile.plain_pdf()), content_type="application/pdf")


def asked(client: Client, **more: object) -> RightsRequest:
    answer = client.post(NEW, {**SAID, **more})
    assert answer.status_code == 302, words_of(answer.content.decode())
    with isolation.system():
        return RightsRequest.objects.select_related("account").order_by("-id")[0]


@pytest.mark.commitment("CGU-8.11")
@pytest.mark.commitment("PDP-8.2")
def test_whoever_is_signed_in_asks_without_any_document_and_knows_the_date(
    alice: Client, mailoutbox: list[EmailMessage]
) -> None:
    made = asked(alice)
    assert (made.number, made.state, made.identity) == ("DR-2026-000001", State.OPEN, Identity.SIGNED_IN)
    page = page_words(alice, f"/mes-donnees/droits/{made.number}/")
    assert "au plus tard le 9 novembre 2026" in page
    assert "Il reste 31 jours" in page
    jobs.run_due()
    assert made.number in mailoutbox[-1].body
    assert "deux mots" not in f"{mailoutbox[-1].subject}{mailoutbox[-1].body}"
    assert b"deux mots" not in bytes(made.words_sealed)
    assert Entry.objects.filter(action="rights.asked", object_id=str(made.pk)).exists()


@pytest.mark.commitment("CGU-8.8")
@pytest.mark.commitment("CGU-8.9")
@pytest.mark.commitment("PDP-8.1")
@pytest.mark.commitment("PDP-8.5")
@pytest.mark.commitment("PDP-8.8")
@pytest.mark.parametrize("right", list(Right))
def test_each_right_has_its_request(alice: Client, right: Right) -> None:
    assert right.label in page_words(alice, "/mes-donnees/") or right == Right.QUESTION
    made = asked(alice, right=right.value)
    assert made.right == right
    assert made.due_on.isoformat() == "2026-11-09"


@pytest.mark.commitment("CGU-8.8")
def test_one_asks_for_a_child_under_sixteen_and_for_no_other_person_of_the_household(alice: Client, cast: Cast) -> None:
    made = asked(alice, whom=str(cast.home.ines.pk))
    assert (made.whom, made.subject_id) == (Whom.DEPENDANT, cast.home.ines.pk)
    assert "Inès" in page_words(alice, f"/mes-donnees/droits/{made.number}/")
    for other in (cast.home.lina, cast.home.samir, cast.bob):
        refused = alice.post(NEW, {**SAID, "whom": str(other.pk)})
        assert refused.status_code == 200
    with isolation.system():
        assert RightsRequest.objects.count() == 1


@pytest.mark.commitment("CGU-8.8")
def test_a_representative_asks_for_the_one_represented_and_each_sees_their_own_requests(
    cast: Cast, client: Client
) -> None:
    guardian = people_of(cast)["representative"].enter()
    assert guardian.post(NEW, {**SAID, "whom": "self"}).status_code == 200
    assert guardian.post(NEW, {**SAID, "whom": "represented"}).status_code == 302
    with isolation.system():
        made = RightsRequest.objects.get()
    assert (made.whom, made.subject_id) == (Whom.REPRESENTED, cast.alice.pk)
    alice = builders.sign_in(client, cast.alice_account)
    assert alice.get(f"/mes-donnees/droits/{made.number}/").status_code == 404


@pytest.mark.commitment("PDP-8.8")
def test_an_heir_sends_the_proof_of_it(alice: Client) -> None:
    heir = {**SAID, "right": "post_mortem", "whom": "deceased", "deceased": "Yves Le Goff"}
    refused = alice.post(NEW, heir)
    assert "Ajoutez la preuve de votre qualité" in plain(words_of(refused.content.decode()))
    made = asked(alice, **{**heir, "proofs": paper()})
    with isolation.system():
        assert (made.whom, made.subject_id, made.proofs.get().kind) == (Whom.DECEASED, None, "quality")


@pytest.mark.commitment("PDP-1.5")
def test_the_officer_is_asked_a_question_that_is_no_right(alice: Client, officer: Account) -> None:
    assert "Poser une question au délégué" in page_words(alice, "/mes-donnees/")
    made = asked(alice, right="question", words="Qui a lu mon dossier en mars ?")
    answering.answer(
        by=officer, request=made, outcome=Outcome.GRANTED, text="Le service remboursements, pour votre devis."
    )
    assert "Le service remboursements" in page_words(alice, f"/mes-donnees/droits/{made.number}/")


@pytest.mark.commitment("PDP-8.9")
@pytest.mark.commitment("PDP-8.10")
@pytest.mark.commitment("CGU-8.12")
@pytest.mark.parametrize("address", ["/mes-donnees/", "/mes-donnees/droits/", NEW, "/dpo/", "/dpo/demande/"])
def test_the_officer_and_the_authority_are_named_wherever_one_asks(alice: Client, address: str) -> None:
    page = page_words(alice, address)
    for words in ("dpo@harmonie-mutuelle.fr", "44273 Nantes Cedex 2", "3 place de Fontenoy", "www.cnil.fr"):
        assert words in page


@pytest.mark.commitment("CGU-8.12")
@pytest.mark.commitment("PDP-8.10")
def test_the_answer_is_a_signed_letter_with_a_code_the_officer_and_the_authority(
    alice: Client, cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    made = answered(request_of(cast.alice_account))
    page = page_words(alice, f"/mes-donnees/droits/{made.number}/")
    assert "C’est corrigé." in page
    assert "Identité (gestion du contrat) Fait droit" in " ".join(page.split())
    pdf = alice.get(f"/mes-donnees/droits/{made.number}/reponse.pdf")
    text = plain("\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf.content)).pages))
    for words in (
        made.number,
        "C’est corrigé.",
        "dpo@harmonie-mutuelle.fr",
        "3 place de Fontenoy",
        "Code de vérification",
    ):
        assert words in text
    jobs.run_due()
    assert "C’est corrigé" not in mailoutbox[-1].body
    verified = alice.post("/verifier/", {"file": SimpleUploadedFile("r.pdf", pdf.content, "application/pdf")})
    assert verified.status_code in {200, 302}


@pytest.mark.commitment("PDP-8.11")
def test_the_person_says_what_the_answer_was_worth(alice: Client, cast: Cast) -> None:
    made = request_of(cast.alice_account)
    here = f"/mes-donnees/droits/{made.number}/avis/"
    assert alice.post(here, {"opinion": "yes"}).status_code == 404
    answered(made)
    assert alice.post(here, {"opinion": "partly"}).status_code == 302
    with isolation.system():
        made.refresh_from_db()
    assert made.opinion == "partly"


@pytest.mark.commitment("CGU-8.11")
def test_a_doubt_is_told_with_its_reason_and_the_proof_goes_from_the_space(alice: Client, cast: Cast) -> None:
    made = doubted_request_of(cast.alice_account)
    here = f"/mes-donnees/droits/{made.number}/"
    assert "Deux personnes portent ce nom." in page_words(alice, here)
    with time_machine.travel("2026-10-19T10:00:00Z", tick=False):
        builders.sign_in(alice, cast.alice_account)
        assert alice.post(f"{here}justificatif/", {"proofs": paper("identite.pdf")}).status_code == 302
        assert alice.get(f"{here}justificatif/").status_code == 404
    with isolation.system():
        made.refresh_from_db()
    assert (made.state, made.due_on.isoformat()) == (State.OPEN, "2026-11-19")


def test_a_request_is_taken_back_until_it_is_answered(alice: Client, cast: Cast) -> None:
    made = asked(alice)
    here = f"/mes-donnees/droits/{made.number}/"
    alice.post(f"{here}retirer/")
    assert "Vous avez retiré cette demande" in page_words(alice, here)
    with isolation.system():
        assert not made.tasks.exists()
    with pytest.raises(actions.NotPending):
        answered(made)


@pytest.mark.commitment("PDP-8.11")
@pytest.mark.parametrize("state", ["suspended", "access_ended", "read_only", "company", "professional"])
def test_rights_are_open_whatever_the_state_of_the_account(state: str, cast: Cast) -> None:
    visitor = people_of(cast)[state].enter()
    assert visitor.post(NEW, SAID).status_code == 302


def test_the_archive_of_the_account_holds_its_requests(cast: Cast) -> None:
    answered(request_of(cast.alice_account))
    ask_export(by=cast.alice_account)
    jobs.run_due()
    export = AccountExport.objects.select_related("file").get()
    assert export.file is not None
    with export.file.file.open("rb") as stored, zipfile.ZipFile(stored) as archive:
        told = archive.read("adherent/demandes-de-droits.csv").decode()
    assert "DR-2026-000001" in told
    assert "C’est corrigé." in told


@pytest.mark.commitment("PDP-8.2")
def test_what_can_be_done_at_once_is_pointed_to(alice: Client) -> None:
    page = alice.get(f"{NEW}?droit=rectification").content.decode()
    assert reverse("members:coordinates") in page
    assert reverse("portals:email_change") in page
    assert reverse("portals:export") in alice.get(f"{NEW}?droit=access").content.decode()
    assert RightsRequest._meta.get_field("channel").choices == Channel.choices


def _suspend(account: Account) -> None:
    Restriction.objects.create(
        account=account, kind=RestrictionKind.CLOSURE, motive=Motive.SECURITY, reason="Essai.", by=builders.staff()
    )


def test_an_account_that_the_mutual_closed_still_asks(alice: Client, cast: Cast) -> None:
    _suspend(cast.alice_account)
    assert asked(alice).number == "DR-2026-000001"
