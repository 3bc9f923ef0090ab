"""The watch over the journal opens incidents, tells the security officers, and takes no for an answer with a reason."""

import datetime
from collections.abc import Iterator

import psycopg
import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portals.accounts.models import Account
from portals.gestion.roles import Role
from portals.jobs import run_due
from portals.jobs.models import Job
from privacy.audit import record
from privacy.audit.models import Entry
from privacy.breaches.models import Incident, IncidentState, Kind, Source
from privacy.watch.actions import MAIL, NotDismissible, dismiss, verify_journal, watch
from privacy.watch.models import Anomaly
from tests import builders
from tests.cast import Cast
from tests.pages import words_of
from tests.privacy.audit.settled import seal_settled
from tests.privacy.watch.objects import alarm_about

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-7.6")]

NOON = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def found() -> list[str]:
    return sorted(Incident.objects.filter(source=Source.JOURNAL_WATCH).values_list("kind", flat=True))


def test_refused_sign_ins_of_real_visitors_are_counted_by_account_and_network(cast: Cast) -> None:
    wrong = {"login": cast.alice_account.identifier, "password": "pas le bon mot de passe"}
    Client().post(reverse("portals:login"), wrong)
    Client().post(reverse("portals:login"), {**wrong, "login": "0000000000"})
    known, unknown = Entry.objects.filter(action="account.sign_in", result="refused").order_by("pk")
    assert (known.object_kind, known.object_id) == ("account", str(cast.alice_account.pk))
    assert (unknown.object_kind, unknown.object_id) == ("", "")
    assert known.details["network"] == unknown.details["network"] != "127.0.0.1"


def test_a_burst_opens_one_incident_a_day(cast: Cast, clock: time_machine.Traveller) -> None:
    for _ in range(25):
        record("account.sign_in", by=None, object_kind="account", object_id=cast.alice_account.pk, result="refused")
    clock.shift(60)
    watch(timezone.now())
    watch(timezone.now() + datetime.timedelta(minutes=15))
    incident = Incident.objects.get()
    assert (incident.kind, incident.account_id) == (Kind.SIGN_IN_BURST, cast.alice_account.pk)
    assert Entry.objects.filter(action="incident.opened", object_id=str(incident.pk)).count() == 1


def test_an_agent_who_looks_at_far_more_than_usual_is_found(cast: Cast, clock: time_machine.Traveller) -> None:
    usual, odd = builders.colleague(Role.AGENT), builders.colleague(Role.AGENT)
    for days in range(1, 4):
        clock.move_to(NOON - datetime.timedelta(days=days))
        for _ in range(60):
            record("gestion.consulted", by=usual)
    clock.move_to(NOON)
    for _ in range(130):
        record("gestion.consulted", by=usual)
        record("gestion.consulted", by=odd)
    clock.shift(60)
    watch(timezone.now())
    assert list(Incident.objects.values_list("kind", "account_id")) == [(Kind.MASS_LOOKS, odd.pk)]


def test_exports_by_night_and_a_bank_account_after_an_e_mail_address(cast: Cast, clock: time_machine.Traveller) -> None:
    record("account.email_changed", by=cast.alice_account)
    clock.move_to(NOON + datetime.timedelta(days=2, hours=11))
    record("bank.change_asked", by=cast.alice_account)
    record("bank.change_asked", by=cast.bob_account)
    for _ in range(3):
        record("workforce.exported", by=cast.company_account)
        record("benefits.exported", by=cast.alice_account)
    clock.shift(60)
    watch(timezone.now())
    assert found() == ["bank_after_email", "night_exports"]
    assert Incident.objects.get(kind=Kind.NIGHT_EXPORTS).account_id == cast.company_account.pk
    assert Incident.objects.get(kind=Kind.BANK_AFTER_EMAIL).account_id == cast.alice_account.pk


def test_an_ordinary_hour_opens_nothing(cast: Cast, clock: time_machine.Traveller) -> None:
    for _ in range(19):
        record("account.sign_in", by=None, object_kind="account", object_id=cast.alice_account.pk, result="refused")
    record("bank.change_asked", by=cast.alice_account)
    for _ in range(100):
        record("gestion.consulted", by=builders.colleague(Role.AGENT) if _ == 0 else cast.bob_account)
    clock.shift(60)
    watch(timezone.now())
    assert found() == []


@pytest.mark.django_db(transaction=True)
def test_security_officers_are_told_that_something_waits_and_nothing_of_what(cast: Cast) -> None:
    officer = builders.colleague(Role.SECURITY, email="rssi@estran.example")
    builders.colleague(Role.AGENT, email="agent@estran.example")
    incident = alarm_about(cast.alice_account)
    assert list(Job.objects.filter(kind=MAIL).values_list("subject_id", flat=True)) == [officer.pk]
    run_due()
    (message,) = [sent for sent in mail.outbox if "alerte" in sent.subject]
    assert message.to == ["rssi@estran.example"]
    said = f"{message.subject} {message.body}"
    assert incident.reference not in said and cast.alice_account.identifier not in said
    assert "/gestion/" in said


def test_a_false_alert_is_dismissed_with_its_reason(cast: Cast) -> None:
    incident = alarm_about(cast.alice_account)
    officer = builders.colleague(Role.SECURITY)
    client = builders.enter_gestion(Client(), officer)
    address = reverse("admin:privacy_incident_dismiss", args=[incident.pk])
    assert "dix signes au moins" in words_of(client.post(address, {"reason": "non"}).text)
    client.post(address, {"reason": "Essai de charge prévu, vérifié avec l’équipe."})
    incident.refresh_from_db()
    anomaly = Anomaly.objects.get(incident=incident)
    assert (incident.state, anomaly.dismissed_by) == (IncidentState.CLOSED, officer)
    assert Entry.objects.filter(action="incident.dismissed", account_id=officer.pk).count() == 1
    page = words_of(client.get(reverse("admin:privacy_incident_change", args=[incident.pk])).text)
    assert "Essai de charge prévu" in page
    with pytest.raises(NotDismissible):
        dismiss(by=officer, incident=incident, reason="Encore une fois.")
    assert client.get(address).status_code == 404


def test_what_a_person_reported_is_not_dismissed_here(cast: Cast) -> None:
    reported = Incident.objects.create(reference="FR-1", kind=Kind.ACCOUNT_MISUSE, source=Source.FRAUD_REPORT)
    client = builders.enter_gestion(Client(), builders.colleague(Role.SECURITY))
    assert client.post(reverse("admin:privacy_incident_dismiss", args=[reported.pk])).status_code == 404


@pytest.mark.commitment("PDP-7.4")
@pytest.mark.django_db(transaction=True, databases=["default", "sealer"])
@pytest.mark.usefixtures("no_checkpoint")
def test_a_journal_that_was_altered_opens_an_incident_the_next_night(owner_connection: psycopg.Connection) -> None:
    for number in range(5):
        record("benefits.listed", by=None, object_id=number)
    seal_settled()
    verify_journal(timezone.now())
    assert found() == []
    assert Entry.objects.get(action="journal.verified").details["entries"] == 5
    changed = Entry.objects.filter(action="benefits.listed").earliest("pk").pk
    owner_connection.execute("UPDATE privacy_entry SET result = 'x' WHERE id = %s", [changed])
    verify_journal(timezone.now())
    incident = Incident.objects.get(kind=Kind.JOURNAL_BROKEN)
    assert f"écriture n°\u00a0{changed}" in incident.note


def test_no_account_but_those_two_roles_dismisses(cast: Cast) -> None:
    incident = alarm_about(cast.alice_account)
    client = builders.enter_gestion(Client(), builders.colleague(Role.AUDITOR))
    address = reverse("admin:privacy_incident_dismiss", args=[incident.pk])
    assert client.post(address, {"reason": "Rien du tout ici."}).status_code == 403
    assert Account.objects.filter(pk=cast.alice_account.pk).exists()
