"""A complaint, from what is typed to the answer, as a person and as staff see it (CGU-3.13)."""

import datetime
import io

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from portals import jobs
from portals.access import isolation
from portals.access.models import Grant, Motive, Restriction, RestrictionKind
from portals.accounts.models import Account
from portals.correspondence import actions, answering
from portals.correspondence.models import Kind, Message, Outcome, State, Thread, WritingDraft
from portals.documents.models import Upload
from portals.gestion.roles import Role
from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast
from tests.pages import words_of
from tests.portals.documents import hostile

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.13")]

NEW = "/reclamations/nouvelle/"
SAID = {"topic": "refused", "text": "Ma couronne du 3 septembre n’est pas remboursée.", "medical": "no"}
QUERIES = 12


def page_words(client: Client, address: str) -> str:
    return plain(words_of(client.get(address).content.decode()))


def plain(text: str) -> str:
    """Words compared without their no-break spaces."""
    return text.replace("\u00a0", " ")


def complained(client: Client, **more: object) -> Thread:
    answer = client.post(NEW, {**SAID, **more})
    assert answer.status_code == 302, words_of(answer.content.decode())
    with isolation.system():
        return Thread.objects.select_related("account").order_by("-id")[0]


def invoice(name: str = "facture.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, hostile.written(hostile.plain_pdf()), content_type="application/pdf")


def answered(thread: Thread, agent: Account, outcome: str = Outcome.REFUSED) -> None:
    answering.answer(by=agent, thread=thread, text="La garantie se renouvelle en 2028.", outcome=outcome)


def test_it_has_a_number_a_clock_and_a_dated_copy_at_once(alice: Client, mailoutbox: list[EmailMessage]) -> None:
    thread = complained(alice)
    assert (thread.number, thread.state) == ("RC-2026-000001", State.WAITING)
    page = page_words(alice, f"/reclamations/{thread.number}/")
    assert "au plus tard le 9 décembre 2026" in page
    assert "au plus tard le 21 octobre 2026" in page
    assert "Il reste 61 jours" in page
    copy = alice.get(f"/reclamations/{thread.number}/copie.pdf")
    assert copy["Content-Type"] == "application/pdf"
    text = "\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(copy.content)).pages)
    for words in (thread.number, "9 octobre 2026", "couronne du 3 septembre", "9 décembre 2026", "FNMF"):
        assert words in plain(text)
    jobs.run_due()
    mail = mailoutbox[-1]
    assert thread.number in mail.body
    assert "couronne" not in f"{mail.subject}{mail.body}"


def test_numbers_follow_each_other(alice: Client) -> None:
    assert [complained(alice).number for _ in range(2)] == ["RC-2026-000001", "RC-2026-000002"]


def test_the_text_is_sealed_and_the_journal_says_what_was_done_and_not_what_was_written(alice: Client) -> None:
    thread = complained(alice)
    with isolation.system():
        stored = bytes(Message.objects.get(thread=thread).text_sealed)
    assert b"couronne" not in stored
    assert Entry.objects.filter(action="complaint.sent", object_id=str(thread.pk)).exists()


def test_from_the_complaint_to_the_mediator(alice: Client, agent: Account, mailoutbox: list[EmailMessage]) -> None:
    thread = complained(alice)
    here = f"/reclamations/{thread.number}/"
    assert alice.get(f"{here}reponse.pdf").status_code == 404
    assert alice.get(f"{here}reexamen/").status_code == 404
    answering.acknowledge(by=agent, thread=thread, text="Claire Morvan étudie votre dossier.")
    assert "donné le 9 octobre 2026" in page_words(alice, here)
    answered(thread, agent)
    page = page_words(alice, here)
    assert "Nous avons répondu à votre réclamation : non acceptée" in page
    assert "255 rue de Vaugirard" in page
    assert "9 octobre 2027" in page
    pages = PdfReader(io.BytesIO(alice.get(f"{here}reponse.pdf").content)).pages
    letter = " ".join(page.extract_text() for page in pages)
    assert "renouvelle en 2028" in letter
    assert "Vaugirard" in letter
    assert alice.post(f"{here}reexamen/", {"text": "Le contrat dit autre chose."}).status_code == 302
    with isolation.system():
        thread.refresh_from_db()
    assert (thread.state, thread.escalated_at) == (State.WAITING, timezone.now())
    assert alice.get(f"{here}reexamen/").status_code == 404
    jobs.run_due()
    assert [mail.subject for mail in mailoutbox] == [
        "Nous avons bien reçu votre réclamation",
        "Votre réclamation est à l’étude",
        "Nous avons répondu à votre réclamation",
    ]


def test_it_is_closed_and_opened_again(alice: Client, agent: Account) -> None:
    thread = complained(alice)
    answered(thread, agent, Outcome.GRANTED)
    alice.post(f"/echanges/{thread.number}/clore/")
    assert "close" in page_words(alice, f"/reclamations/{thread.number}/")
    alice.post(f"/reclamations/{thread.number}/", {"text": "Le virement n’est pas arrivé."})
    with isolation.system():
        thread.refresh_from_db()
    assert (thread.state, thread.due_on) == (State.WAITING, datetime.date(2026, 12, 9))


def test_it_says_when_we_are_late_and_opens_the_mediator(alice: Client, cast: Cast) -> None:
    thread = complained(alice)
    with time_machine.travel(datetime.datetime(2026, 12, 10, 10, tzinfo=datetime.UTC), tick=False):
        later = builders.sign_in(Client(), cast.alice_account)
        page = page_words(later, f"/reclamations/{thread.number}/")
    assert "en retard" in page
    assert "255 rue de Vaugirard" in page


def test_a_second_look_has_a_day_of_its_own_and_is_not_late_from_the_start(
    alice: Client, cast: Cast, agent: Account
) -> None:
    thread = complained(alice)
    answered(thread, agent)
    with time_machine.travel(datetime.datetime(2026, 12, 15, 10, tzinfo=datetime.UTC), tick=False):
        with isolation.system():
            actions.escalate(by=cast.alice_account, thread=thread, text="Le contrat dit autre chose.")
        later = builders.sign_in(Client(), cast.alice_account)
        pages = [page_words(later, address) for address in (f"/reclamations/{thread.number}/", "/reclamations/")]
    assert "Nous vous répondons de nouveau au plus tard le 28 décembre 2026" in pages[0]
    assert "Réponse au plus tard le 28 décembre 2026" in pages[1]
    assert "en retard" not in pages[0] and "délai de deux mois est passé" not in pages[0]


def test_a_second_look_at_what_we_never_answered_leaves_us_late(alice: Client, cast: Cast) -> None:
    thread = complained(alice)
    due_on = thread.due_on
    with time_machine.travel(datetime.datetime(2026, 12, 10, 10, tzinfo=datetime.UTC), tick=False), isolation.system():
        actions.escalate(by=cast.alice_account, thread=thread, text="Je n’ai rien reçu.")
        thread.refresh_from_db()
    assert (thread.state, thread.due_on) == (State.WAITING, due_on)
    assert thread.escalated_at is not None


def test_what_waits_for_us_is_not_settled(alice: Client, cast: Cast) -> None:
    thread = complained(alice)
    with isolation.system(), pytest.raises(actions.NotAnswered):
        actions.close(by=cast.alice_account, thread=thread)
    assert alice.post(f"/echanges/{thread.number}/clore/").status_code == 302
    with isolation.system():
        thread.refresh_from_db()
    assert thread.state == State.WAITING


def test_what_is_medical_is_not_taken_here(alice: Client, cast: Cast) -> None:
    """A member is led to the sealed page (tests/privacy/vault/test_pages.py), everybody else to the post."""
    assert alice.post(NEW, {**SAID, "medical": "yes"}).status_code == 307
    page = builders.sign_in(Client(), cast.company_account).post(NEW, {**SAID, "medical": "yes"})
    assert page.status_code == 200
    assert "Écrivez alors au médecin-conseil" in page.content.decode()
    page = alice.post(NEW, {**SAID, "enclosures": invoice("Questionnaire médical.pdf")})
    assert "Ce document va au médecin-conseil" in page.content.decode()
    with isolation.system():
        assert not Thread.objects.exists()
    assert not Upload.objects.exists()


def test_documents_come_with_it_and_are_given_back_once_checked(alice: Client, agent: Account, cast: Cast) -> None:
    thread = complained(alice, enclosures=invoice())
    upload = Upload.objects.get()
    address = f"/echanges/{thread.number}/pieces/{upload.pk}/"
    assert alice.get(address).status_code == 404
    desk = builders.enter_gestion(Client(), agent)
    desk.post(f"/gestion/portals/thread/{thread.pk}/pieces/{upload.pk}/liberer/")
    given = alice.get(address)
    assert given["Content-Disposition"].startswith("attachment")
    assert builders.sign_in(Client(), cast.bob_account).get(address).status_code == 404


@pytest.mark.commitment("CGU-7.1")
@pytest.mark.parametrize("state", ["suspended", "over", "read_only", "terms_refused"])
def test_nothing_closes_the_way_of_a_complaint(state: str, cast: Cast, agent: Account) -> None:
    account = cast.alice_account
    grants = Grant.objects.filter(account=account)
    if state == "suspended":
        Restriction.objects.create(
            account=account, kind=RestrictionKind.SUSPENSION, motive=Motive.BREACH, reason="Essai.", by=agent
        )
    elif state == "over":
        grants.update(closes_on=timezone.localdate())
    elif state == "read_only":
        grants.update(ended_on=datetime.date(2026, 3, 31), closes_on=datetime.date(2028, 3, 31))
    else:
        account.accepted_terms = None
        account.save(update_fields=["accepted_terms"])
    client = builders.sign_in(Client(), account)
    assert client.get("/reclamations/").status_code == 200
    thread = complained(client)
    for end in ("", "copie.pdf"):
        assert client.get(f"/reclamations/{thread.number}/{end}").status_code == 200


def test_signed_out_it_shows_the_ways_of_the_post(client: Client) -> None:
    page = page_words(client, "/reclamations/")
    assert "Service réclamations" in page
    assert "Médecin-conseil" in page


def test_another_account_finds_nothing(alice: Client, cast: Cast) -> None:
    thread = complained(alice)
    for account in (cast.bob_account, cast.home.samir_account):
        other = builders.sign_in(Client(), account)
        for end in ("", "copie.pdf", "reponse.pdf", "reexamen/"):
            assert other.get(f"/reclamations/{thread.number}/{end}").status_code == 404
        assert other.post(f"/echanges/{thread.number}/clore/").status_code == 404
        assert thread.number not in page_words(other, "/reclamations/")


def test_the_database_itself_shows_a_thread_to_its_account_only(alice: Client, cast: Cast) -> None:
    complained(alice)
    with isolation.tenant("adherent", cast.bob.household_id):
        assert not Thread.objects.exists()
        assert not Message.objects.exists()


# Drafts


def test_a_draft_waits_and_goes_once_it_is_sent(alice: Client, cast: Cast) -> None:
    alice.post(NEW, {**SAID, "keep": "1"})
    elsewhere = builders.sign_in(Client(), cast.alice_account)
    assert "couronne du 3 septembre" in elsewhere.get(NEW).content.decode()
    complained(elsewhere)
    with isolation.system():
        assert not WritingDraft.objects.exists()


def test_what_was_typed_survives_the_end_of_the_session(alice: Client, cast: Cast) -> None:
    holder = alice.get(NEW).context["holder"]
    gone = Client()
    answer = gone.post(NEW, {**SAID, "holder": holder})
    assert answer.headers["Location"] == "/connexion/?next=%2Freclamations%2Fnouvelle%2F"
    bob = builders.sign_in(Client(), cast.bob_account)
    assert "couronne" not in bob.get(NEW).content.decode()
    back = builders.sign_in(Client(), cast.alice_account)
    assert "couronne du 3 septembre" in back.get(NEW).content.decode()


def test_without_the_signed_word_nothing_is_kept(cast: Cast) -> None:
    Client().post(NEW, {**SAID, "holder": "1:forged"})
    with isolation.system():
        assert not WritingDraft.objects.exists()


# The queue of staff


def test_the_queue_shows_what_is_due_first(alice: Client, agent: Account) -> None:
    first = complained(alice)
    with time_machine.travel(datetime.datetime(2026, 10, 20, 10, tzinfo=datetime.UTC), tick=False):
        desk = builders.enter_gestion(Client(), agent)
        page = page_words(desk, "/gestion/portals/thread/")
    assert f"{first.number}" in page
    assert "21/10/2026 bientôt" in page


def test_staff_acknowledge_note_answer_and_close(alice: Client, agent: Account) -> None:
    thread = complained(alice)
    desk = builders.enter_gestion(Client(), agent)
    here = f"/gestion/portals/thread/{thread.pk}/"
    assert "couronne du 3 septembre" in page_words(desk, f"{here}change/")
    for said in (
        {"act": "acknowledge", "text": "Bien reçu."},
        {"act": "note", "text": "Relire le devis avec le service dentaire."},
        {"act": "answer", "text": "Vous avez raison.", "outcome": "granted"},
        {"act": "close"},
    ):
        assert desk.post(f"{here}repondre/", said).status_code == 302, said
    assert "service dentaire" in page_words(desk, f"{here}change/")
    page = page_words(alice, f"/reclamations/{thread.number}/")
    assert "Vous avez raison." in page
    assert "service dentaire" not in page


def test_a_complaint_is_not_answered_without_an_outcome_nor_twice(alice: Client, agent: Account) -> None:
    thread = complained(alice)
    desk = builders.enter_gestion(Client(), agent)
    here = f"/gestion/portals/thread/{thread.pk}/repondre/"
    assert "Choisissez une issue" in words_of(desk.post(here, {"act": "answer", "text": "Non."}).content.decode())
    answered(thread, agent)
    with pytest.raises(answering.NotWaiting):
        answered(thread, agent)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SECURITY, Role.MEDICAL_ADVISER])
def test_other_roles_read_no_complaint(role: Role, alice: Client) -> None:
    thread = complained(alice)
    desk = builders.enter_gestion(Client(), builders.colleague(role))
    assert desk.get(f"/gestion/portals/thread/{thread.pk}/change/").status_code == 403


# Size


def test_its_pages_cost_the_same_with_many_lines(alice: Client, cast: Cast) -> None:
    thread = complained(alice)

    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert alice.get(address).status_code == 200
        return len(captured)

    addresses = ["/reclamations/", f"/reclamations/{thread.number}/", NEW]
    page_words(alice, "/reclamations/")  # the word of the last act is shown once
    before = [cost(address) for address in addresses]
    with isolation.system():
        for rank in range(40):
            actions.write(
                by=cast.alice_account, kind=Kind.COMPLAINT, topic="delay", text=f"Encore {rank}.", grant=None, files=[]
            )
            actions.follow_up(by=cast.alice_account, thread=thread, text=f"De plus {rank}.", files=[])
    assert [cost(address) for address in addresses] == before
    assert max(before) <= QUERIES
    assert "Page plus ancienne" in page_words(alice, "/reclamations/")
