"""What members do on the sealed pages: consent, fill, send, withdraw, ask for a copy."""

import datetime
import io
import re

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse

from portals.access import isolation
from portals.correspondence.models import Message, Thread, WritingDraft
from portals.declarations import Purpose
from portals.gestion.roles import Role
from privacy.audit.models import Entry
from privacy.register.assessments.actions import switch_off
from privacy.vault.export import case_files
from privacy.vault.medical import deciding
from privacy.vault.models import Cover, MedicalCase, MedicalConsent, State
from privacy.vault.rules import Outcome
from privacy.vault.texts import CONSENT_TEXT
from tests import builders
from tests.cast import Cast
from tests.privacy.vault.objects import ANSWERS, CANARY, filled_case_of, open_case_of, sent_case_of

pytestmark = pytest.mark.django_db


def pdf() -> bytes:
    """One blank page."""
    written = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(written)
    return written.getvalue()


def test_nothing_is_asked_before_consent(alice: Client) -> None:
    answer = alice.post(reverse("privacy:vault_new"), {"cover": "loan"})
    assert "Sans votre accord" in answer.content.decode()
    with isolation.system():
        assert not MedicalCase.objects.exists()


@pytest.mark.commitment("PDP-4.7")
def test_the_consent_keeps_the_words_that_were_shown(alice: Client, cast: Cast) -> None:
    shown = alice.get(reverse("privacy:vault_new")).content.decode()
    assert CONSENT_TEXT in shown
    answer = alice.post(reverse("privacy:vault_new"), {"cover": "loan", "consent": "on"})
    with isolation.system():
        case = MedicalCase.objects.get(account=cast.alice_account)
        consent = MedicalConsent.objects.get(case=case)
    assert answer["Location"] == reverse("privacy:vault_answers", args=[case.reference])
    assert (consent.given, consent.text, consent.number) == (True, CONSENT_TEXT, 1)


@pytest.mark.commitment("PDP-4.7")
@pytest.mark.parametrize(
    "statement", ["UPDATE privacy_medicalconsent SET given = false", "DELETE FROM privacy_medicalconsent"]
)
def test_a_consent_is_never_changed(cast: Cast, statement: str) -> None:
    open_case_of(cast.alice_account)
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with isolation.system(), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.commitment("PDP-4.6", "PDP-4.7")
def test_from_the_consent_to_the_medical_adviser(alice: Client, cast: Cast) -> None:
    alice.post(reverse("privacy:vault_new"), {"cover": "disability", "consent": "on"})
    with isolation.system():
        reference = MedicalCase.objects.get().reference
    here = {
        name: reverse(f"privacy:vault_{name}", args=[reference]) for name in ("case", "answers", "documents", "send")
    }
    alice.post(here["send"])
    with isolation.system():
        assert MedicalCase.objects.get().state == State.OPEN  # nothing to send yet
    assert alice.post(here["answers"], ANSWERS)["Location"] == here["documents"]
    sent = {"documents": SimpleUploadedFile(f"{CANARY}.pdf", pdf())}
    assert alice.post(here["documents"], sent)["Location"] == here["documents"]
    assert alice.post(here["send"])["Location"] == here["case"]
    with isolation.system():
        case = MedicalCase.objects.get()
    assert (case.state, case.answers, case.documents) == (State.SENT, 1, 1)
    assert case.erase_on is not None
    for name in ("case", "answers", "documents"):
        assert CANARY not in alice.get(here[name], follow=True).content.decode()
    assert alice.get(here["answers"])["Location"] == here["case"]  # it is no longer to be filled


def test_a_yes_without_a_word_is_asked_about(cast: Cast, alice: Client) -> None:
    case = open_case_of(cast.alice_account)
    answer = alice.post(reverse("privacy:vault_answers", args=[case.reference]), {**ANSWERS, "details": " "})
    assert "quelques mots suffisent" in answer.content.decode()


@pytest.mark.commitment("PDP-4.7")
@pytest.mark.parametrize("make", [open_case_of, filled_case_of, sent_case_of])
def test_withdrawing_erases_everything_whatever_the_state(alice: Client, cast: Cast, make) -> None:  # type: ignore[no-untyped-def]  # one of three
    case = make(cast.alice_account)
    alice.post(reverse("privacy:vault_withdraw", args=[case.reference]))
    with isolation.system():
        case.refresh_from_db()
        assert [consent.given for consent in case.consents.all()] == [True, False]
    assert (case.state, case.answers, case.documents) == (State.WITHDRAWN, 0, 0)
    assert case.erased_at is not None
    assert "tout est effacé" in alice.get(reverse("privacy:vault_case", args=[case.reference])).content.decode()
    alice.post(reverse("privacy:vault_answers", args=[case.reference]), ANSWERS)
    with isolation.system():
        assert MedicalCase.objects.get(pk=case.pk).answers == 0


@pytest.mark.commitment("PDP-4.8")
def test_anothers_case_does_not_exist(cast: Cast, alice: Client) -> None:
    case = sent_case_of(cast.alice_account)
    bob = builders.sign_in(Client(), cast.bob_account)
    for name in ("case", "answers", "documents", "withdraw"):
        assert bob.get(reverse(f"privacy:vault_{name}", args=[case.reference])).status_code == 404
    for name in ("withdraw", "send", "copy"):
        assert bob.post(reverse(f"privacy:vault_{name}", args=[case.reference])).status_code == 404
    with isolation.system():
        assert MedicalCase.objects.get(pk=case.pk).state == State.SENT


@pytest.mark.commitment("PDP-4.9")
def test_the_dpo_switches_it_off_and_withdrawing_still_works(alice: Client, cast: Cast) -> None:
    case = filled_case_of(cast.alice_account)
    with isolation.system():
        switch_off(by=cast.alice_account, code=Purpose.MEDICAL, reason="Essai.")
    assert "n’est pas en service" in alice.get(reverse("privacy:vault")).content.decode()
    assert alice.get(reverse("privacy:vault_new")).status_code == 403
    assert alice.post(reverse("privacy:vault_send", args=[case.reference])).status_code == 403
    assert alice.post(reverse("privacy:vault_withdraw", args=[case.reference])).status_code == 302
    with isolation.system():
        assert MedicalCase.objects.get(pk=case.pk).state == State.WITHDRAWN


def test_a_copy_is_asked_once_at_a_time(alice: Client, cast: Cast) -> None:
    case = sent_case_of(cast.alice_account)
    address = reverse("privacy:vault_copy", args=[case.reference])
    alice.post(address)
    with isolation.system():
        asked = MedicalCase.objects.get(pk=case.pk).copy_asked_at
    alice.post(address)
    with isolation.system():
        assert asked is not None
        assert MedicalCase.objects.get(pk=case.pk).copy_asked_at == asked


@pytest.mark.commitment("PDP-4.6", "CGU-3.13")
def test_a_complaint_that_speaks_of_health_goes_on_to_the_sealed_page(alice: Client, cast: Cast) -> None:
    typed = {"topic": "refused", "text": CANARY, "medical": "yes"}
    steered = alice.post(reverse("portals:complaint_new"), typed)
    assert (steered.status_code, steered["Location"]) == (307, reverse("privacy:vault_letter"))
    page = alice.post(steered["Location"], typed).content.decode()
    assert CANARY in page  # what was typed is not lost
    assert "Sans votre accord" in page
    with isolation.system():
        assert not Thread.objects.exists()
        assert not WritingDraft.objects.exists()
    alice.post(steered["Location"], {"text": CANARY, "complaint": "yes", "consent": "on"})
    with isolation.system():
        case, thread = MedicalCase.objects.get(), Thread.objects.get()
        message = Message.objects.get(thread=thread)
    assert (case.cover, case.state) == (Cover.LETTER, State.SENT)
    assert thread.acknowledge_by is not None  # its clock runs like any other's
    assert CANARY.encode() not in bytes(message.text_sealed)
    page = alice.get(reverse("portals:complaint", args=[thread.number])).content.decode()
    assert case.reference in page
    assert CANARY not in page


@pytest.mark.parametrize("how", [{"keep": "1"}, {}])
def test_a_message_on_health_is_kept_nowhere_else(alice: Client, cast: Cast, how: dict[str, str]) -> None:
    answer = alice.post(reverse("portals:message_new"), {"topic": "medical", "text": CANARY, **how})
    assert answer.status_code == 307
    with isolation.system():
        assert not WritingDraft.objects.exists()
        assert not Thread.objects.exists()


def test_without_the_service_it_goes_by_post(cast: Cast) -> None:
    with isolation.system():
        switch_off(by=cast.alice_account, code=Purpose.MEDICAL, reason="Essai.")
    client = builders.sign_in(Client(), cast.alice_account)
    answer = client.post(reverse("portals:message_new"), {"topic": "medical", "text": "Bonjour", "keep": "1"})
    assert "par la poste" in answer.content.decode()
    with isolation.system():
        assert not WritingDraft.objects.exists()
        assert not Thread.objects.exists()


@pytest.mark.commitment("PDP-4.7", "CGU-8.9")
def test_the_archive_and_the_page_of_ones_data_know_it(alice: Client, cast: Cast) -> None:
    case = sent_case_of(cast.alice_account)
    assert case.reference in alice.get(reverse("privacy:my_data")).content.decode()
    with isolation.system():
        ((path, content),) = case_files(cast.alice_account.grants.get())
    assert path == "informations-medicales.csv"
    assert CONSENT_TEXT in bytes(content).decode("utf-8-sig")  # type: ignore[arg-type]  # bytes, here


@pytest.mark.commitment("PDP-3.12")
def test_staff_say_when_a_cover_ended_and_read_nothing_else(cast: Cast) -> None:
    case = sent_case_of(cast.alice_account)
    with isolation.system():
        deciding.decide(by=cast.alice_account, case=case, outcome=Outcome.ACCEPT, opinion=CANARY)
    agent = builders.enter_gestion(Client(), builders.colleague(Role.AGENT))
    address = reverse("admin:privacy_medicalcase_end", args=[case.pk])
    agent.post(address, {"ended_on": "2199-01-01"})
    agent.post(address, {"ended_on": "2026-01-31"})
    with isolation.system():
        case.refresh_from_db()
    assert case.erase_on == datetime.date(2028, 1, 31)
    dpo = builders.enter_gestion(Client(), builders.colleague(Role.DPO))
    page = dpo.get(reverse("admin:privacy_medicalcase_change", args=[case.pk])).content.decode()
    assert "Dossier remis au médecin-conseil" in page
    assert CANARY not in page
    assert dpo.post(address, {"ended_on": "2026-01-31"}).status_code == 403


@pytest.mark.commitment("PDP-4.8")
def test_each_step_is_journalled_without_a_value(alice: Client, cast: Cast) -> None:
    sent_case_of(cast.alice_account)
    entries = list(Entry.objects.filter(action__startswith="vault."))
    assert {"vault.consented", "vault.filled", "vault.documents_added", "vault.sent"} <= {one.action for one in entries}
    for entry in entries:
        assert CANARY not in str(entry.details)
        assert not re.search(r"loan|disability|death", str(entry.details))
