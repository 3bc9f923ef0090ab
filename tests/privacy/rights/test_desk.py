"""The officer's desk: entering, doubting, extending, deciding, answering; and what services see of it."""

import datetime

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from portals import jobs
from portals.access import isolation
from portals.accounts.export.models import AccountExport, ExportState
from portals.accounts.models import Account
from portals.declarations import Erasure
from portals.documents.models import StoredFile, Upload
from portals.gestion.roles import Role
from portals.secrets.models import SubjectKey
from privacy.audit.models import Entry
from privacy.rights import actions, answering
from privacy.rights.data_classes import classes_of
from privacy.rights.matching import remind
from privacy.rights.models import Channel, Identity, Outcome, Right, RightsRequest, State, Verdict, Whom
from privacy.rights.queries import figures
from tests import builders
from tests.cast import Cast
from tests.privacy.rights.objects import PAPER, answered, finish_tasks, proved_request_of, request_of
from tests.privacy.rights.test_asking import page_words, paper

pytestmark = pytest.mark.django_db

ENTRY = {
    "channel": "post", "received_on": "05/10/2026", "right": "access", "whom": "self", "name": "Raymond Tanguy",
    "address": "2 rue du Port\n56000 Vannes", "words": "Je veux tout ce que vous avez sur moi.",
}  # fmt: skip


def page(request: RightsRequest, act: str) -> str:
    return reverse(f"admin:privacy_rightsrequest_{act}", args=[request.pk])


def again(request: RightsRequest) -> RightsRequest:
    with isolation.system():
        request.refresh_from_db()
    return request


@pytest.mark.commitment("CGU-8.11")
@pytest.mark.commitment("CGU-8.12")
@pytest.mark.commitment("PDP-8.1")
def test_a_letter_is_entered_doubted_proved_purged_and_answered_without_counting_the_pause(
    desk: Client,
    officer: Account,
    october: time_machine.Traveller,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    assert desk.post(reverse("admin:privacy_rightsrequest_enter"), ENTRY).status_code == 302
    with isolation.system():
        made = RightsRequest.objects.get()
    assert (made.channel, made.due_on, made.identity) == (Channel.POST, datetime.date(2026, 11, 5), Identity.UNKNOWN)
    desk.post(page(made, "pause"), {"reason": "Deux Raymond Tanguy à cette adresse."})
    assert again(made).state == State.PAUSED
    october.move_to(datetime.datetime(2026, 10, 19, 10, tzinfo=datetime.UTC))
    with isolation.system():
        actions.send_proof(by=officer, request=made, files=[PAPER], received_on=datetime.date(2026, 10, 17))
        upload = Upload.objects.get()
        stored, subject = upload.stored, f"upload:{upload.reference}"
    assert stored is not None
    assert again(made).due_on == datetime.date(2026, 11, 13)  # eight days are not counted
    with django_capture_on_commit_callbacks(execute=True):  # the file goes once the rest is committed
        assert answering.check_proofs(by=officer, request=made, accepted=True) == 1
    assert not StoredFile.objects.filter(pk=stored.pk).exists()
    assert not stored.file.storage.exists(str(stored.file.name))
    assert not Upload.objects.exists()
    assert not SubjectKey.objects.filter(subject=subject).exists()
    with isolation.system():
        proof = made.proofs.get()
    assert (proof.upload_id, proof.checked_by_id, proof.was_accepted) == (None, officer.pk, True)
    assert Entry.objects.filter(action="rights.proof_destroyed", object_id=str(proof.pk)).count() == 1
    october.move_to(datetime.datetime(2026, 10, 25, 10, tzinfo=datetime.UTC))
    answered(made)
    assert (again(made).identity, made.state) == (Identity.PROOF, State.ANSWERED)


@pytest.mark.commitment("CGU-8.11")
def test_a_proof_that_does_not_do_is_destroyed_too_and_the_delay_is_suspended_again(
    cast: Cast, officer: Account
) -> None:
    made = proved_request_of(cast.alice_account)
    answering.check_proofs(by=officer, request=made, accepted=False, reason="La photocopie est illisible.")
    assert again(made).state == State.PAUSED
    with isolation.system():
        assert not Upload.objects.exists()
        assert [pause.reason for pause in made.pauses.all()] == ["La photocopie est illisible."]


def test_a_request_cannot_come_from_tomorrow(desk: Client, officer: Account) -> None:
    answer = desk.post(reverse("admin:privacy_rightsrequest_enter"), {**ENTRY, "received_on": "10/10/2026"})
    assert "pas encore venu" in answer.content.decode()
    with pytest.raises(actions.ReceivedLater):
        actions.enter(
            by=officer, right=Right.ACCESS, whom=Whom.SELF, channel=Channel.POST, claim={}, words="",
            received_on=datetime.date(2026, 10, 10),
        )  # fmt: skip


@pytest.mark.commitment("PDP-8.11")
def test_two_months_more_are_told_with_the_reason_on_the_last_day_and_no_later(
    desk: Client, cast: Cast, mailoutbox: list[EmailMessage], october: time_machine.Traveller, officer: Account
) -> None:
    made, late = request_of(cast.alice_account), request_of(cast.alice_account)
    october.move_to(datetime.datetime(2026, 11, 9, 22, tzinfo=datetime.UTC))  # 23 h in Paris, on the last day
    answering.extend(by=officer, request=made, reason="Dix ans d’archives sur papier.")
    assert again(made).due_on == datetime.date(2027, 1, 11)
    jobs.run_due()
    assert "plus de temps" in mailoutbox[-1].subject
    with pytest.raises(answering.TooLate):
        answering.extend(by=officer, request=made, reason="Encore.")
    october.move_to(datetime.datetime(2026, 11, 9, 23, 1, tzinfo=datetime.UTC))
    with pytest.raises(answering.TooLate):
        answering.extend(by=officer, request=late, reason="Un jour de trop.")


@pytest.mark.commitment("PDP-8.2")
@pytest.mark.commitment("PDP-8.5")
@pytest.mark.commitment("CGU-8.9")
@pytest.mark.parametrize("right", [Right.RECTIFICATION, Right.OBJECTION, Right.RESTRICTION])
def test_services_carry_it_out_and_the_request_then_waits_for_its_answer(
    right: Right, cast: Cast, officer: Account
) -> None:
    made = request_of(cast.alice_account, right)
    answering.add_task(by=officer, request=made, kind="portals.account", instruction="Le nom affiché aussi.")
    with pytest.raises(answering.StillWaiting):
        answering.answer(by=officer, request=made, outcome=Outcome.GRANTED, text="Fait.")
    agent = builders.colleague(Role.AGENT)
    finish_tasks(made, agent)
    assert again(made).state == State.READY
    with pytest.raises(answering.NotDecided):
        answering.answer(by=officer, request=made, outcome=Outcome.GRANTED, text="Fait.")


@pytest.mark.commitment("PDP-8.3")
def test_what_is_refused_says_why_class_by_class_from_the_declarations(desk: Client, cast: Cast) -> None:
    made = request_of(cast.alice_account, Right.ERASURE)
    classes = classes_of("adherent")
    health = next(rank for rank, one in enumerate(classes) if one.code == "health.reimbursement")
    assert classes[health].is_kept
    assert {Erasure.DELETE, Erasure.KEEP_CONTRACT} <= {erasure for one in classes for erasure in one.erasures}
    assert "L. 221-11" in page_words(desk, page(made, "decide"))
    unsaid = {f"verdict_{health}": "refused", f"reason_{health}": ""}
    assert "Un refus dit sa raison" in desk.post(page(made, "decide"), unsaid).content.decode()
    said = {f"verdict_{health}": "refused", f"reason_{health}": classes[health].legal_reason}
    assert desk.post(page(made, "decide"), said).status_code == 302
    with isolation.system():
        [decision] = made.decisions.all()
    assert (decision.data_class, decision.verdict) == ("health.reimbursement", Verdict.REFUSED)
    finish_tasks(made, builders.staff())
    desk.post(page(made, "answer"), {"outcome": "refused", "text": "La loi nous oblige à les garder."})
    alice = builders.sign_in(Client(), cast.alice_account)
    told = page_words(alice, f"/mes-donnees/droits/{made.number}/")
    assert classes[health].legal_reason.replace("\u00a0", " ") in told


@pytest.mark.commitment("PDP-8.4")
def test_a_restriction_is_asked_and_given_to_the_service_that_stops_the_use(cast: Cast) -> None:
    made = request_of(cast.alice_account, Right.RESTRICTION)
    with isolation.system():
        assert [task.kind for task in made.tasks.all()] == ["members.use"]


def test_the_officer_is_reminded_at_ten_days_at_three_and_when_late_once_each(
    cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    made = request_of(cast.alice_account)
    jobs.run_due()
    mailoutbox.clear()
    with isolation.system():
        for day in ("2026-10-29", "2026-10-30", "2026-10-31", "2026-11-06", "2026-11-10", "2026-11-11"):
            remind(datetime.datetime.fromisoformat(f"{day}T07:30:00+00:00"))
    jobs.run_due()
    assert [mail.to for mail in mailoutbox] == [["dpo@harmonie-mutuelle.fr"]] * 3
    assert made.number in mailoutbox[0].body
    assert "Le Goff" not in "".join(str(mail.body) for mail in mailoutbox)


@pytest.mark.commitment("PDP-8.11")
def test_delays_and_opinions_are_counted(desk: Client, cast: Cast, october: time_machine.Traveller) -> None:
    first, second = request_of(cast.alice_account), request_of(cast.alice_account)
    request_of(cast.alice_account)
    october.shift(datetime.timedelta(days=6))
    answered(first)
    actions.rate(by=cast.alice_account, request=first, opinion="yes")  # type: ignore[arg-type]  # its value
    october.shift(datetime.timedelta(days=40))
    answered(second)
    with isolation.system():
        counted = figures(timezone.localdate())
    assert (counted.received, counted.answered, counted.in_time, counted.pending, counted.late) == (3, 2, 1, 1, 1)
    assert (counted.median_days, counted.rated, counted.satisfied) == (6, 1, 1)


def test_a_service_reads_what_it_must_do_and_no_request(cast: Cast) -> None:
    made = request_of(cast.alice_account)

    agent = builders.enter_gestion(Client(), builders.colleague(Role.AGENT))
    assert agent.get(reverse("admin:privacy_rightsrequest_change", args=[made.pk])).status_code == 403
    with isolation.system():
        task = made.tasks.get()
    here = reverse("admin:privacy_rightstask_change", args=[task.pk])
    assert "en deux mots" in page_words(agent, here)
    done = agent.post(reverse("admin:privacy_rightstask_finish", args=[task.pk]), {"report": "Corrigé."})
    assert done.status_code == 302
    assert again(made).state == State.READY


def test_the_letter_of_somebody_without_an_account_is_printed(desk: Client, cast: Cast) -> None:
    made = answered(request_of(cast.alice_account))
    letter = desk.get(reverse("admin:privacy_rightsrequest_letter", args=[made.pk]))
    assert letter["Content-Type"] == "application/pdf"


def test_staff_receive_a_proof_on_their_page_and_see_it_out_of_quarantine(desk: Client, cast: Cast) -> None:
    made = request_of(cast.alice_account)
    sent = desk.post(page(made, "receive"), {"received_on": "09/10/2026", "proofs": paper("identite.pdf")})
    assert sent.status_code == 302
    with isolation.system():
        upload = made.proofs.get().upload
    assert upload is not None
    where = [made.pk, upload.pk]
    assert desk.get(reverse("admin:privacy_rightsrequest_document", args=where)).status_code == 404
    desk.post(reverse("admin:privacy_rightsrequest_document_step", args=[*where, "liberer"]))
    assert desk.get(reverse("admin:privacy_rightsrequest_document", args=where)).status_code == 200
    assert desk.post(page(made, "check"), {"accepted": "yes"}).status_code == 302
    with isolation.system():
        assert not Upload.objects.exists()


@pytest.mark.commitment("PDP-8.1", "PDP-8.7", "CGU-8.8")
@pytest.mark.parametrize(
    ("right", "outcome", "copies"),
    [
        (Right.ACCESS, Outcome.GRANTED, 1),
        (Right.PORTABILITY, Outcome.PARTLY, 1),
        (Right.ACCESS, Outcome.REFUSED, 0),
        (Right.OBJECTION, Outcome.GRANTED, 0),
    ],
)
def test_an_answer_that_grants_access_comes_with_the_copy(
    right: Right, outcome: Outcome, copies: int, cast: Cast, alice: Client
) -> None:
    made = answered(request_of(cast.alice_account, right), outcome)
    jobs.run_due()
    assert AccountExport.objects.filter(account=cast.alice_account, state=ExportState.READY).count() == copies
    told = alice.get(f"/mes-donnees/droits/{made.number}/").content.decode()
    assert ("Prendre la copie de mes données" in told) == bool(copies)
    assert ("Télécharger mes données" in alice.get("/mes-donnees/").content.decode()) == bool(copies)
