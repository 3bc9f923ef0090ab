"""A sensitive processing runs on a validated assessment, and on nothing else (PDP-4.9)."""

import datetime

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from members.quotes.requests.models import RequestKind
from portals.access import isolation
from portals.declarations import Purpose
from portals.gestion.roles import Role
from privacy import register
from privacy.models import Activation, Entry, ImpactAssessment
from privacy.register.assessments.actions import (
    AlreadyDecided,
    AlreadySo,
    NotAssessed,
    NotSensitive,
    decide,
    switch_off,
    switch_on,
)
from privacy.register.assessments.models import Outcome
from privacy.register.declared import PROCESSINGS, UnknownProcessing
from tests import builders
from tests.cast import Cast
from tests.members.quotes.objects import draft_of

pytestmark = [pytest.mark.django_db]

CODE = Purpose.PRIOR_AGREEMENT
NEXT_YEAR = datetime.date(2027, 11, 1)


def assessment_of(code: str = CODE) -> ImpactAssessment:
    return ImpactAssessment.objects.create(
        processing=code, title="Étude", description="Ce qui est fait", necessity="Pourquoi", measures="Comment"
    )


def stop_everything() -> None:
    for code in list(Activation.objects.filter(ended_at=None).values_list("processing", flat=True)):
        switch_off(by=builders.colleague(Role.DPO), code=code, reason="Essai")


@pytest.mark.commitment("PDP-4.9")
def test_it_does_not_start_without_a_validated_assessment() -> None:
    stop_everything()
    draft = assessment_of()
    assert not register.may_run(CODE)
    with pytest.raises(NotAssessed):
        switch_on(by=None, assessment=draft)
    decided = decide(
        by=builders.colleague(Role.DPO), assessment=draft, outcome=Outcome.VALIDATED, opinion="Oui", review_on=NEXT_YEAR
    )
    switch_on(by=None, assessment=decided)
    assert register.may_run(CODE)
    with pytest.raises(AlreadySo):
        switch_on(by=None, assessment=decided)
    assert Entry.objects.filter(action="processing.switched_on").exists()


@pytest.mark.commitment("PDP-4.9")
@pytest.mark.parametrize("outcome", [Outcome.RENOUNCED, Outcome.TO_IMPROVE])
def test_giving_up_stops_what_ran_and_nothing_starts_it_again(outcome: Outcome) -> None:
    older = ImpactAssessment.objects.get(processing=CODE, outcome=Outcome.VALIDATED)
    assert register.may_run(CODE)
    decide(by=builders.colleague(Role.DPO), assessment=assessment_of(), outcome=outcome, opinion="Non", review_on=None)
    assert not register.may_run(CODE)
    with pytest.raises(NotAssessed):  # the older validation no longer counts
        switch_on(by=None, assessment=older)


@pytest.mark.commitment("PDP-4.9")
def test_the_database_itself_refuses_to_start_it() -> None:
    stop_everything()
    other = ImpactAssessment.objects.filter(outcome=Outcome.VALIDATED).exclude(processing=CODE)[0]
    for assessment in (assessment_of(), other):
        with pytest.raises(DatabaseError, match="no validated impact assessment"), transaction.atomic():
            Activation.objects.create(processing=CODE, assessment=assessment)


def test_a_decided_assessment_does_not_change_even_by_hand() -> None:
    decided = ImpactAssessment.objects.filter(outcome=Outcome.VALIDATED)
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        decided.update(opinion="Autre chose")
    with pytest.raises(AlreadyDecided):
        decide(by=None, assessment=decided[0], outcome=Outcome.RENOUNCED, opinion="Non", review_on=None)


def test_what_is_not_sensitive_has_no_switch() -> None:
    assert register.may_run(Purpose.CONTRACT)
    row = decide(
        by=None,
        assessment=assessment_of(Purpose.CONTRACT),
        outcome=Outcome.VALIDATED,
        opinion="Oui",
        review_on=NEXT_YEAR,
    )
    with pytest.raises(NotSensitive):
        switch_on(by=None, assessment=row)


@pytest.mark.commitment("PDP-3.1", "CGU-8.4")
def test_what_the_register_does_not_know_does_not_run() -> None:
    with pytest.raises(UnknownProcessing):
        register.may_run("advertising")


@pytest.mark.commitment("PDP-4.9")
def test_each_sensitive_processing_of_the_software_is_stopped_by_its_switch(cast: Cast) -> None:
    from employers.technical.actions import ask_again
    from members.quotes.requests.actions import save_draft
    from privacy.vault.actions import begin
    from privacy.vault.models import Cover
    from providers.rights.actions import look_up
    from tests.privacy.investigations.objects import case_about, who

    stop_everything()
    day = datetime.date(2026, 11, 3)
    with isolation.system():
        acts = {
            Purpose.PRIOR_AGREEMENT: lambda: save_draft(
                by=cast.alice_account, kind=RequestKind.PRIOR_AGREEMENT, household_id=cast.alice.household_id,
                person_id=cast.alice.pk, content={}, is_ready=False,
            ),
            Purpose.FRAUD: lambda: case_about(who(cast.alice)),
            Purpose.MEDICAL: lambda: begin(by=cast.alice_account, cover=Cover.LOAN),
            Purpose.STATISTICS: lambda: ask_again(by=cast.alice_account, company_id=cast.company.pk, year=2025),
            Purpose.RIGHTS_LOOKUP: lambda: look_up(
                by=cast.professional_account, professional_id=cast.professional.pk, question=None, day=day  # type: ignore[arg-type]  # refused before it is read
            ),
        }  # fmt: skip
        for code, act in acts.items():
            with pytest.raises(register.NotRunning):
                act()
            assert not register.may_run(code)
    switched = {one.purpose for one in PROCESSINGS if one.sensitive and not one.is_owed}
    assert switched == set(acts)


@pytest.mark.commitment("PDP-4.9", "PDP-2.3")
def test_the_dpo_alone_decides_and_switches(client: Client) -> None:
    stop_everything()
    row = assessment_of()
    decide_at = reverse("admin:privacy_impactassessment_decide", args=[row.pk])
    on_at = reverse("admin:privacy_impactassessment_on", args=[row.pk])
    answers = {"outcome": "validated", "opinion": "Avis favorable", "review_on": "01/11/2027"}
    for role in (Role.AGENT, Role.BENEFITS, Role.SECURITY, Role.AUDITOR):
        builders.enter_gestion(client, builders.colleague(role))
        assert client.post(decide_at, answers).status_code == 403
        assert client.post(on_at).status_code == 403
    builders.enter_gestion(client, builders.colleague(Role.DPO))
    assert client.post(on_at).status_code == 302  # said, and refused
    assert not register.may_run(CODE)
    assert client.post(decide_at, {**answers, "review_on": ""}).status_code == 200
    assert client.post(decide_at, answers).status_code == 302
    assert client.post(on_at).status_code == 302
    assert register.may_run(CODE)
    page = client.get(reverse("admin:privacy_impactassessment_change", args=[row.pk]))
    assert "en service" in page.content.decode()
    off_at = reverse("admin:privacy_impactassessment_off", args=[row.pk])
    assert client.post(off_at, {"reason": "Incident"}).status_code == 302
    assert not register.may_run(CODE)


def test_a_stopped_service_is_a_page_and_not_an_error(client: Client, cast: Cast) -> None:
    draft = draft_of(cast.alice_account)
    builders.sign_in(client, cast.alice_account)
    stop_everything()
    assert client.post(reverse("members:care_request_send", args=[draft])).status_code == 403
