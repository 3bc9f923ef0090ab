"""A consultation from the officer's draft to what it changed, and the page where people answer."""

import csv
import datetime
import io

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portals.access import isolation
from portals.gestion.roles import Role
from portals.jobs import run_due
from privacy.audit.models import Entry
from privacy.consultations import planned
from privacy.consultations.actions import publish
from privacy.consultations.models import Answered, Consultation, ConsultationState, SealedBallot
from privacy.desk.registry import sources
from tests import builders
from tests.cast import Cast
from tests.privacy.consents.objects import accepts
from tests.privacy.consultations.objects import draft, published, vote, voter

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-1.6")]


def officer() -> Client:
    return builders.enter_gestion(Client(), builders.colleague(Role.DPO))


def counted(consultation: Consultation) -> Consultation:
    with time_machine.travel(timezone.now() + datetime.timedelta(days=21)):
        planned.run(timezone.now())
    consultation.refresh_from_db()
    return consultation


def test_the_officer_writes_reads_it_again_and_publishes() -> None:
    client, today = officer(), timezone.localdate()
    said = {
        "title": "Vos données et la prévention", "purpose": "Décider des rappels", "remark": "",
        "questions": "Faut-il des rappels ?\nOui\nNon\n\nComment ?\nE-mail\nCourrier",
        "opens_on": f"{today:%d/%m/%Y}", "closes_on": f"{today + datetime.timedelta(days=30):%d/%m/%Y}",
    }  # fmt: skip
    page = client.post(reverse("admin:privacy_consultation_write"), said, follow=True)
    row = Consultation.objects.get()
    assert "Faut-il des rappels\u202f?" in page.text  # set as it is printed
    assert row.state == ConsultationState.DRAFT
    client.post(reverse("admin:privacy_consultation_publish", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == ConsultationState.PUBLISHED
    refused = client.post(
        reverse("admin:privacy_consultation_rewrite", args=[row.pk]), {**said, "title": "Autre"}, follow=True
    )
    assert "elle ne change plus" in refused.text
    row.refresh_from_db()
    assert row.title == "Vos données et la prévention"


def test_nobody_but_the_officer_publishes_or_answers_for_others() -> None:
    row = draft()
    with pytest.raises(PermissionDenied):
        publish(by=builders.colleague(Role.COMMUNICATION), consultation=row)
    staff = builders.sign_in(Client(), builders.colleague(Role.DPO))
    assert staff.get(reverse("privacy:consultations")).status_code == 404


def test_those_who_accept_surveys_are_told_and_nobody_else(cast: Cast) -> None:
    accepts(cast.alice_account, cast.alice, "surveys")
    accepts(cast.bob_account, cast.bob, "newsletter")
    published()
    run_due(["campaign.address", "campaign.message"])
    assert [to for message in mail.outbox for to in message.to] == [cast.alice_account.email]
    assert "/mes-donnees/consultations/" in mail.outbox[0].body
    assert "List-Unsubscribe" in mail.outbox[0].extra_headers


def test_everybody_finds_it_in_their_data_and_may_ignore_it(cast: Cast) -> None:
    row = published()
    client = builders.sign_in(Client(), cast.alice_account)
    assert row.title in client.get(reverse("privacy:my_data")).text
    assert row.title in client.get(reverse("privacy:consultations")).text
    empty = client.post(reverse("privacy:consultation", args=[row.pk]), {})
    assert "rien n’est obligatoire" in empty.text
    with isolation.system():
        assert not Answered.objects.exists()


def test_one_answer_for_each_account_which_nobody_reads_again(cast: Cast) -> None:
    row = published()
    first = vote(row, 0, 1, account=cast.alice_account)
    assert "dans l’urne" in first
    again = vote(row, 1, 1, account=cast.alice_account)
    assert "Vous avez déjà répondu" in again
    assert 'type="radio"' not in again
    with isolation.system():
        assert (SealedBallot.objects.count(), Answered.objects.count()) == (1, 1)
    client = builders.sign_in(Client(), cast.alice_account)
    assert "Aucune question ne vous attend" in client.get(reverse("privacy:my_data")).text


def test_drafts_and_those_to_come_are_nowhere_and_a_closed_one_takes_nothing() -> None:
    soon = timezone.localdate() + datetime.timedelta(days=3)
    hidden = [draft(), published(opens_on=soon)]
    client = builders.sign_in(Client(), voter())
    for row in hidden:
        assert client.get(reverse("privacy:consultation", args=[row.pk])).status_code == 404
    row = published()
    Consultation.objects.filter(pk=row.pk).update(
        opens_on=soon - datetime.timedelta(days=30), closes_on=timezone.localdate() - datetime.timedelta(days=1)
    )
    page = client.post(reverse("privacy:consultation", args=[row.pk]), {"q0": "0"}, follow=True)
    assert "plus ouverte" in page.text
    with isolation.system():
        assert not SealedBallot.objects.exists()


def test_results_are_read_with_what_they_change_and_remarks_are_gone() -> None:
    row = published()
    for rank in range(26):
        vote(row, 0 if rank < 14 else 1, rank % 2, remark="Bravo" if rank == 3 else "")
    row = counted(row)
    reader = builders.sign_in(Client(), voter())
    waiting = reader.get(reverse("privacy:consultation", args=[row.pk])).text
    assert "Les résultats seront publiés ici" in waiting
    assert reader.get(reverse("privacy:consultation_csv", args=[row.pk])).status_code == 404
    dpo = officer()
    assert "Bravo" in dpo.get(reverse("admin:privacy_consultation_change", args=[row.pk])).text
    colleague = builders.enter_gestion(Client(), builders.colleague(Role.COMMUNICATION))
    assert "Bravo" not in colleague.get(reverse("admin:privacy_consultation_change", args=[row.pk])).text
    dpo.post(reverse("admin:privacy_consultation_tell", args=[row.pk]), {"learned": "Les rappels commencent en mars."})
    row.refresh_from_db()
    assert (row.state, row.remarks) == (ConsultationState.TOLD, [])
    page = reader.get(reverse("privacy:consultation", args=[row.pk])).text
    assert "Les rappels commencent en mars." in page
    assert "26 réponses" in page
    answer = reader.get(reverse("privacy:consultation_csv", args=[row.pk]))
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert lines[1][1:3] == ["Oui", "14"]
    pdf = reader.post(reverse("privacy:consultation_pdf", args=[row.pk]))
    assert pdf.content.startswith(b"%PDF")
    assert Entry.objects.filter(action="consultation.downloaded").count() == 2


def test_the_desk_asks_for_one_each_year_and_for_what_it_changes() -> None:
    desk = {source.code: source for source in sources()}["consultations"]
    today = timezone.localdate()
    assert [due.due_on for due in desk.dues(today)] == [today]
    row = published()
    assert desk.dues(today) == []
    in_a_year = today + datetime.timedelta(days=330)
    assert [due.title for due in desk.dues(in_a_year)] == ["Consultation des personnes"]
    row = counted(row)
    assert [due.title for due in desk.dues(timezone.localdate())] == [row.title]
