"""What one click stops, who may click, and what an exercise leaves alone (PDP-7.7)."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client

from portals import jobs
from portals.access.models import Restriction
from portals.accounts.models import Account
from portals.gestion.roles import Role
from privacy.audit.models import Entry
from privacy.breaches import actions, containing
from privacy.breaches.models import Incident, Kind, Severity, StepKind
from tests import builders
from tests.cast import Cast
from tests.pages import words_of
from tests.privacy.breaches.objects import incident_about

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-7.7")]


@pytest.mark.parametrize("code", list(containing.MEASURES))
def test_each_measure_ends_what_goes_on(cast: Cast, code: str) -> None:
    thief = builders.sign_in(Client(), cast.colleague_account)
    assert thief.get("/professionnel/factures/").status_code == 200
    incident = incident_about(cast.colleague_account)
    stopped = containing.contain(
        by=builders.colleague(Role.SECURITY), incident=incident, measure=containing.MEASURES[code]
    )
    assert stopped == 1
    assert thief.get("/professionnel/factures/").status_code in {302, 403}
    assert incident.steps.filter(kind=StepKind.CONTAINED).count() == 1


def test_suspending_twice_keeps_the_first_measure(cast: Cast) -> None:
    incident, boss = incident_about(cast.colleague_account), builders.colleague(Role.SECURITY)
    suspend = containing.MEASURES["suspendre"]
    assert containing.contain(by=boss, incident=incident, measure=suspend) == 1
    assert containing.contain(by=boss, incident=incident, measure=suspend) == 0
    assert Restriction.objects.filter(account=cast.colleague_account).count() == 1


def test_revoking_keys_leaves_no_password(cast: Cast) -> None:
    incident = incident_about(cast.colleague_account)
    containing.contain(by=builders.colleague(Role.SECURITY), incident=incident, measure=containing.MEASURES["cles"])
    assert not Account.objects.get(pk=cast.colleague_account.pk).has_usable_password()


@pytest.mark.commitment("PDP-2.1")
def test_the_officer_asks_and_the_security_acts(cast: Cast) -> None:
    incident, dpo, boss = (
        incident_about(cast.colleague_account), builders.colleague(Role.DPO), builders.colleague(Role.SECURITY)
    )  # fmt: skip
    with pytest.raises(PermissionDenied):
        containing.contain(by=dpo, incident=incident, measure=containing.MEASURES["suspendre"])
    mail.outbox.clear()
    containing.ask(by=dpo, incident=incident, words="Suspendez ce cabinet.")
    jobs.run_due()
    (message,) = [one for one in mail.outbox if one.to == [boss.email]]
    assert incident.reference not in str(message.body) and "cabinet" not in str(message.body)


def test_an_exercise_stops_nobody_and_says_so(cast: Cast) -> None:
    incident = incident_about(cast.colleague_account, is_drill=True)
    assert incident.reference.startswith("EX-")
    boss = builders.colleague(Role.SECURITY)
    for measure in containing.MEASURES.values():
        assert containing.contain(by=boss, incident=incident, measure=measure) == 0
    assert not Restriction.objects.exists()
    client = builders.enter_gestion(Client(), boss)
    page = words_of(client.get(f"/gestion/privacy/incident/{incident.pk}/change/").text)
    assert "EXERCICE" in page and "l’auraient été" in page


def test_any_agent_reports_and_reads_none(cast: Cast) -> None:
    client = builders.enter_gestion(Client(), builders.colleague(Role.AGENT))
    said = {"kind": "loss", "words": "Un ordinateur oublié dans le train.", "is_drill": "on"}
    assert client.post("/gestion/privacy/incident/signaler/", said).status_code == 302
    incident = Incident.objects.get()
    assert (incident.kind, incident.source, incident.is_drill) == (Kind.LOSS, "staff", False)
    assert client.get(f"/gestion/privacy/incident/{incident.pk}/change/").status_code == 403


def test_the_timeline_says_who_did_what_in_order(cast: Cast) -> None:
    incident, boss = incident_about(cast.colleague_account), builders.colleague(Role.SECURITY)
    actions.qualify(by=boss, incident=incident, severity=Severity.SIGNIFICANT, words="Des enfants.")
    actions.add_note(by=boss, incident=incident, words="Le cabinet est prévenu.")
    actions.suspect(by=boss, incident=incident, account=cast.rival_account)
    incident.refresh_from_db()
    assert incident.suspects == sorted([cast.colleague_account.pk, cast.rival_account.pk])
    actions.close(by=boss, incident=incident, reason="Une erreur du logiciel du cabinet.")
    with pytest.raises(actions.Closed):
        actions.add_note(by=boss, incident=incident, words="Encore.")
    assert list(incident.steps.values_list("kind", flat=True)) == ["opened", "qualified", "noted", "noted", "closed"]
    journal = Entry.objects.filter(action="incident.followed", object_id=str(incident.pk))
    assert journal.count() == 5
    assert "prévenu" not in str(list(journal.values_list("details", flat=True)))
