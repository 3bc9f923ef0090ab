"""Incidents: opened with what revealed them or not at all, read by the DPO and the security officer only."""

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from portals.accounts.fraud.actions import report
from portals.gestion.roles import Role
from portals.signals import announce
from privacy.audit.models import Entry
from privacy.breaches.models import Incident
from tests import builders
from tests.cast import Cast
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-2.7")]


def test_an_undone_report_leaves_no_incident(cast: Cast) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        report(by=cast.alice_account)
        assert Incident.objects.count() == 1
        raise ZeroDivisionError
    assert not Incident.objects.exists()


def test_other_operations_open_none(cast: Cast) -> None:
    announce("account.sign_in", by=cast.alice_account, object_kind="account", object_id=cast.alice_account.pk)
    assert not Incident.objects.exists()


def test_the_application_deletes_none(cast: Cast) -> None:
    report(by=cast.alice_account)
    with pytest.raises(DatabaseError), transaction.atomic():
        Incident.objects.all().delete()


@pytest.mark.parametrize(
    ("role", "status"), [(Role.DPO, 200), (Role.SECURITY, 200), (Role.AGENT, 403), (Role.AUDITOR, 403)]
)
def test_the_dpo_and_the_security_officer_read_it_and_every_look_is_noted(cast: Cast, role: Role, status: int) -> None:
    kept = report(by=cast.alice_account, description="Un faux conseiller m’a appelée.")
    incident = Incident.objects.get()
    client = builders.enter_gestion(Client(), builders.colleague(role))
    answer = client.get(f"/gestion/privacy/incident/{incident.pk}/change/")
    assert answer.status_code == status
    if status == 200:
        page = words_of(answer.text)
        assert kept.reference in page and "Un faux conseiller m’a appelée." in page
        assert 'name="_save"' not in answer.text
    assert Entry.objects.filter(action="account.fraud_description_read").exists() == (status == 200)
