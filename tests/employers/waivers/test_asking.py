"""An employee's request: kept as evidence, answered by the company, seen by nobody else."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine

from employers.waivers import actions, answering
from employers.waivers.models import ProvidedCase, Waiver, WaiverRequest, WaiverStep
from employers.waivers.queries import cases_of
from employers.waivers.sealing import words_of
from employers.waivers.words import Channel, End, State
from portals.access import isolation
from portals.documents.models import Upload
from portals.documents.uploads import CleanFile
from portals.secrets.errors import SubjectForgotten
from portals.secrets.models import SubjectKey
from privacy.models import Entry
from tests import builders
from tests.cast import Cast
from tests.employers.contributions.objects import contract_of
from tests.employers.waivers.objects import ATTESTATION, WORDS, accepted, asked, now, plea, waiting
from tests.newcomer import mails

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.18")]
NOON = datetime.datetime(2026, 10, 14, 10, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def test_a_request_by_link_is_kept_sealed_with_its_document_and_its_fingerprint(cast: Cast) -> None:
    made = asked(cast.company)
    with isolation.system():
        request = waiting(made)
        assert (made.number, request.channel, request.entered_by) == (f"DIS-2026-{made.pk:06d}", Channel.LINK, None)
        assert WORDS.encode() not in bytes(request.words_sealed)
        assert words_of(request) == WORDS
        assert [upload.name for upload in request.proofs.all()] == ["attestation.pdf"]
        assert request.proofs.get().sent_by is None
        entry = Entry.objects.get(action="waiver.asked")
        assert entry.details["fingerprint"] == request.fingerprint


def test_the_fingerprint_changes_with_a_word_a_date_or_a_document(cast: Cast) -> None:
    with isolation.system():
        prints = {waiting(asked(cast.company, number="A")).fingerprint}
        prints.add(waiting(asked(cast.rival, words="Autre chose.")).fingerprint)
    assert len(prints) == 2


def test_without_its_key_the_request_is_unreadable(cast: Cast) -> None:
    made = asked(cast.company)
    with isolation.system():
        SubjectKey.objects.filter(subject=f"waiver:{made.reference}").delete()
        with pytest.raises(SubjectForgotten):
            words_of(waiting(made))


def test_a_case_that_the_act_does_not_provide_is_closed_until_it_does(cast: Cast) -> None:
    contract = contract_of(cast.company)
    with pytest.raises(actions.CaseClosed):
        asked(cast.company, case="several")
    with isolation.system():
        actions.provide(by=cast.company_account, contract=contract, cases=["several", "before", "unknown"])
        assert [one.case for one in ProvidedCase.objects.all()] == ["several"]
        assert "several" in {rule.case.value for rule in cases_of(contract, NOON.date())}
    assert asked(cast.company, case="several").case == "several"
    with isolation.system():
        actions.provide(by=cast.company_account, contract=contract, cases=[])
        assert not ProvidedCase.objects.exists()


def test_a_case_that_is_proved_asks_for_its_document(cast: Cast) -> None:
    with pytest.raises(actions.PleaRefused) as refused:
        asked(cast.company, files=())
    assert set(refused.value.problems) == {"proofs"}
    assert "attestation de ce régime" in refused.value.problems["proofs"]
    asked(cast.company, files=(), case="before", hired_on=datetime.date(2010, 1, 1))


@pytest.mark.commitment("PDP-4.2")
def test_a_medical_document_does_not_come_in(cast: Cast) -> None:
    medical = CleanFile("Certificat médical.pdf", "application/pdf", b"%PDF-1.7")
    with pytest.raises(actions.PleaRefused) as refused:
        asked(cast.company, files=(ATTESTATION, medical))
    assert set(refused.value.problems) == {"proofs"}
    with isolation.system():
        assert not Upload.objects.exists()


@pytest.mark.commitment("PDP-4.2")
def test_a_medical_document_that_came_in_goes_for_good(cast: Cast) -> None:
    made = asked(cast.company)
    with isolation.system():
        request = waiting(made)
        upload = request.proofs.get()
        answering.discard_medical(by=cast.company_account, request=request, upload=upload)
        assert not Upload.objects.exists()
        assert not SubjectKey.objects.filter(subject=f"upload:{upload.reference}").exists()
        with pytest.raises(answering.ProofUnchecked):
            answering.accept(by=cast.company_account, request=request)


def test_one_waiver_at_a_time_for_an_employee_of_a_contract(cast: Cast) -> None:
    asked(cast.company)
    with pytest.raises(actions.AlreadyAsked):
        asked(cast.company, number="", written_on=datetime.date(2026, 9, 2))
    with pytest.raises(actions.AlreadyAsked):
        asked(cast.company, family_name="Autre")
    asked(cast.company, family_name="Autre", number="M-0413")
    asked(cast.rival)


def test_accepted_it_holds_until_the_proof_is_a_year_old(cast: Cast) -> None:
    made = accepted(cast.company, cast.company_account)
    assert (made.state, made.valid_until) == (State.ACCEPTED, datetime.date(2027, 9, 1))
    with isolation.system():
        assert [step.what for step in WaiverStep.objects.order_by("pk")] == ["asked", "accepted"]
        with pytest.raises(actions.NotOpen):
            answering.accept(by=cast.company_account, request=WaiverRequest.objects.select_related("waiver").get())


def test_a_document_in_quarantine_holds_the_answer_back(cast: Cast) -> None:
    with isolation.system():
        made = actions.ask(
            by=None, contract=contract_of(cast.company), plea=plea(), files=[ATTESTATION], channel=Channel.LINK
        )
        with pytest.raises(answering.ProofUnchecked):
            answering.accept(by=cast.company_account, request=waiting(made))
        answering.check_by_hand(by=cast.company_account, upload=waiting(made).proofs.get())
        answering.accept(by=cast.company_account, request=waiting(made))


def test_where_an_antivirus_runs_nobody_lets_a_document_out_by_hand(cast: Cast, settings: object) -> None:
    made = asked(cast.company)
    settings.CLAMD_SOCKET = "/run/clamd.sock"  # type: ignore[attr-defined]  # pytest-django's fixture
    with isolation.system(), pytest.raises(actions.NotOpen):
        answering.check_by_hand(by=cast.company_account, upload=waiting(made).proofs.get())


def test_refused_with_its_reason_the_employee_may_ask_again(cast: Cast) -> None:
    made = asked(cast.company)
    with isolation.system():
        answering.refuse(by=cast.company_account, request=waiting(made), reason="L’attestation date de 2024.")
    assert now(made).state == State.REFUSED
    assert asked(cast.company).state == State.ASKED


def test_a_renewal_adds_a_year_to_the_year_before(cast: Cast, clock: time_machine.Traveller) -> None:
    made = accepted(cast.company, cast.company_account)
    clock.move_to(datetime.datetime(2027, 8, 20, 10, tzinfo=datetime.UTC))
    again = plea(first_day=datetime.date(2027, 9, 2), written_on=datetime.date(2027, 8, 20))
    with isolation.system():
        request = actions.renew(by=None, waiver=made, plea=again, files=[ATTESTATION], channel=Channel.LINK)
        with pytest.raises(actions.NotOpen):
            actions.renew(by=None, waiver=made, plea=again, files=[ATTESTATION], channel=Channel.LINK)
        answering.check_by_hand(by=cast.company_account, upload=request.proofs.get())
        answering.accept(by=cast.company_account, request=request)
    assert now(made).valid_until == datetime.date(2028, 9, 1)


def test_a_renewal_that_is_refused_leaves_the_waiver_until_its_last_day(cast: Cast) -> None:
    made = accepted(cast.company, cast.company_account)
    with isolation.system():
        again = actions.renew(
            by=cast.company_account, waiver=made, plea=plea(), files=[ATTESTATION], channel=Channel.SPACE
        )
        answering.refuse(by=cast.company_account, request=again, reason="Illisible.")
    assert (now(made).state, now(made).valid_until) == (State.ACCEPTED, datetime.date(2027, 9, 1))


def test_it_ends_before_its_time_and_what_waits_is_withdrawn(cast: Cast) -> None:
    made = asked(cast.company)
    with isolation.system():
        answering.end(by=cast.company_account, waiver=made, why=End.JOINS, last_day=NOON.date())
        assert WaiverRequest.objects.get().answer == "withdrawn"
        with pytest.raises(actions.NotOpen):
            answering.end(by=cast.company_account, waiver=made, why=End.JOINS, last_day=NOON.date())
    assert now(made).ended_for == End.JOINS


def test_those_who_answer_are_told_and_nobody_is_named(cast: Cast) -> None:
    accountant = builders.account(cast.company, role="accountant")
    reader = builders.account(cast.company, role="reader")
    manager = builders.account(cast.company, role="hr_manager")
    asked(cast.company)
    letters = mails()
    assert {letter.to[0] for letter in letters} == {cast.company_account.email, manager.email}
    assert not {accountant.email, reader.email} & {letter.to[0] for letter in letters}
    assert all("Kerbrat" not in f"{letter.subject}{letter.body}" for letter in letters)


@pytest.mark.commitment("PDP-3.3")
def test_the_database_shows_a_company_its_own_waivers_only(cast: Cast) -> None:
    asked(cast.company)
    with isolation.tenant("employeur", cast.rival.pk):
        assert [model.objects.count() for model in (Waiver, WaiverRequest, WaiverStep)] == [0, 0, 0]
    with isolation.tenant("employeur", cast.company.pk):
        assert [model.objects.count() for model in (Waiver, WaiverRequest, WaiverStep)] == [1, 1, 1]
    with isolation.tenant("adherent", cast.alice.household_id):
        assert Waiver.objects.count() == 0
