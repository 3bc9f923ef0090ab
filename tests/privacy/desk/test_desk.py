"""The DPO's home, the books that fill it, the questions that people ask."""

import datetime
import io
import json
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from portals.correspondence.models import Kind, Thread
from portals.gestion.roles import Role
from privacy import desk
from privacy.desk.home import hours
from privacy.desk.registry import _sources
from privacy.models import Activation, Control, Entry, JournalCheck
from privacy.register.assessments.rules import Rank, matrix, rank_of
from tests import builders
from tests.cast import Cast
from tests.pages import words_of
from tests.permissions.walks import leave
from tests.portals.correspondence.objects import thread_of
from tests.privacy.register.objects import books_of, control_of, recipient_of, risk_of

pytestmark = [pytest.mark.django_db]

PDF = io.BytesIO()
with pikepdf.new() as blank:
    blank.add_blank_page()
    blank.save(PDF)


@pytest.fixture
def dpo(client: Client) -> Client:
    return builders.enter_gestion(client, builders.colleague(Role.DPO))


def home(client: Client) -> str:
    return words_of(client.get(reverse("admin:index")).content.decode())


@pytest.mark.commitment("PDP-2.5")
def test_risks_are_ranked_by_likelihood_and_severity(dpo: Client) -> None:
    assert rank_of(1, 1) == Rank.LOW
    assert rank_of(1, 4) == rank_of(4, 1) == Rank.MODERATE
    assert rank_of(3, 3) == rank_of(3, 4) == Rank.HIGH
    with pytest.raises(ValueError, match="from 1 to 4"):
        rank_of(0, 5)
    assert [[cell.count for cell in row] for row in matrix([(3, 3), (3, 3), (1, 4)])][:2] == [
        [1, 0, 0, 0],
        [0, 0, 2, 0],
    ]
    risk_of()
    page = words_of(dpo.get(reverse("admin:privacy_risk_changelist")).content.decode())
    assert "élevé : 1" in page.replace("\u00a0", " ")


@pytest.mark.commitment("PDP-1.4", "PDP-2.2")
def test_a_control_is_late_until_its_result_and_evidence_are_recorded(dpo: Client) -> None:
    with time_machine.travel(datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC), tick=False):
        builders.enter_gestion(dpo, builders.colleague(Role.DPO))
        row = control_of(due_on=datetime.date(2026, 2, 28))
        assert "Revue des habilitations" in home(dpo)
        assert "2 jours de retard" in words_of(
            dpo.get(reverse("admin:privacy_control_changelist")).content.decode()
        ).replace("\u00a0", " ")
        PDF.seek(0)
        answers: dict[str, Any] = {
            "done_on": "02/03/2026", "finding": "minor", "words": "Un compte de trop", "evidence": PDF,
        }  # fmt: skip
        address = reverse("admin:privacy_control_result", args=[row.pk])
        assert dpo.post(address, {**answers, "done_on": "03/03/2026"}).status_code == 200
        PDF.seek(0)
        assert dpo.post(address, answers).status_code == 302
        result = row.results.get()
        assert Control.objects.get(pk=row.pk).due_on == datetime.date(2026, 9, 2)
        evidence = dpo.get(reverse("admin:privacy_control_evidence", args=[row.pk, result.pk]))
        assert evidence["Content-Disposition"].startswith("attachment")
        leave(evidence)
        assert "Revue des habilitations" not in home(dpo)


@pytest.mark.commitment("PDP-6.4", "PDP-2.2")
def test_what_is_to_be_reviewed_is_on_the_desk_with_its_days_left(dpo: Client) -> None:
    today = datetime.date.today()  # noqa: DTZ011  only to be far from the limits
    recipient_of(review_on=today + datetime.timedelta(days=5))
    recipient_of(name="Lointain", review_on=today + datetime.timedelta(days=200))
    page = home(dpo)
    assert "Éditique de l’Ouest" in page
    assert "Lointain" not in page


@pytest.mark.commitment("PDP-4.9")
def test_what_the_mutual_owes_and_has_not_assessed_is_on_the_desk(dpo: Client) -> None:
    assert "Analyse d’impact manquante" not in home(dpo)
    Activation.objects.filter(processing="reimbursement").delete()
    assert "Analyse d’impact manquante" in home(dpo)


def test_other_rooms_put_their_clocks_and_figures_there(dpo: Client) -> None:
    now = datetime.datetime.now(tz=datetime.UTC)
    clock = desk.Clock(
        "Violation V-1", "Une violation à notifier avant le", now - datetime.timedelta(hours=40),
        now + datetime.timedelta(hours=32), "Courrier mal adressé", "/", "Compléter", (desk.Step("Qualifiée", is_done=True),),
    )  # fmt: skip
    desk.register(desk.Source("essai", "Essais", clocks=lambda _now: [clock], figures=lambda _s, _u: [("Essais", "3")]))
    try:
        page = home(dpo)
    finally:
        _sources.pop("essai")
    assert "Violation V-1" in page
    assert "restantes sur 72 h" in page.replace("\u00a0", " ")
    assert hours(31 * 3600 + 28 * 60) == "31\u00a0h\u00a028"


def test_the_state_of_the_journal_is_told(dpo: Client) -> None:
    assert "Pas encore vérifié" in home(dpo)
    JournalCheck.objects.create(entries=12)
    assert "Chaîne intacte" in home(dpo)
    JournalCheck.objects.create(broken="an entry was changed")
    assert "Altération constatée" in home(dpo)


@pytest.mark.parametrize("role", [Role.AGENT, Role.SECURITY, Role.AUDITOR], ids=lambda role: role.name)
def test_the_others_keep_the_ordinary_home(role: Role, client: Client) -> None:
    builders.enter_gestion(client, builders.colleague(role))
    assert "par jours restants" not in home(client)


@pytest.mark.commitment("PDP-2.9")
def test_the_report_to_management_is_a_verifiable_pdf_that_names_nobody(dpo: Client, cast: Cast) -> None:
    books_of(builders.colleague(Role.DPO))
    answer = dpo.get(reverse("admin:privacy_advice_report"))
    with pikepdf.open(io.BytesIO(answer.content)) as opened:
        assert opened.Root.MarkInfo.Marked
    assert Entry.objects.filter(action="dpo.report_made").exists()
    from privacy.register.oversight.report import chapters

    words = json.dumps([[c.heading, c.pairs] for c in chapters(datetime.date(2025, 1, 1), datetime.date(2027, 1, 1))])
    assert cast.alice.family_name not in words
    assert "Contr\\u00f4les en retard" in words


@pytest.mark.commitment("PDP-2.4", "PDP-2.7")
def test_exchanges_with_the_authority_and_advice_are_the_dpos_own(client: Client) -> None:
    books_of(builders.colleague(Role.DPO))
    for role in (Role.AGENT, Role.SECURITY, Role.AUDITOR):
        builders.enter_gestion(client, builders.colleague(role))
        for name in ("authorityexchange", "advice"):
            assert client.get(reverse(f"admin:privacy_{name}_changelist")).status_code == 403
    builders.enter_gestion(client, builders.colleague(Role.DPO))
    advice = {
        "given_on": "05/01/2026", "addressed_to": "Direction", "subject": "Sujet", "text": "Avis",
        "followed": "not_followed", "answer": "",
    }  # fmt: skip
    refused = client.post(reverse("admin:privacy_advice_add"), advice)
    assert "garde la raison" in refused.content.decode()
    assert client.post(reverse("admin:privacy_advice_add"), {**advice, "answer": "Trop tôt"}).status_code == 302


@pytest.mark.commitment("PDP-1.5", "PDP-2.1")
def test_a_question_to_the_dpo_is_read_and_answered_by_the_dpo_alone(client: Client, cast: Cast) -> None:
    builders.sign_in(client, cast.alice_account)
    page = client.get(f"{reverse('portals:message_new')}?sujet=dpo")
    assert '<option value="dpo" selected>' in page.content.decode()
    thread = thread_of(cast.alice_account, Kind.MESSAGE)
    Thread.objects.filter(pk=thread.pk).update(topic="dpo")
    address, answer = (reverse(f"admin:portals_thread_{page}", args=[thread.pk]) for page in ("change", "answer"))
    said = {"act": "answer", "text": "Voici notre réponse.", "outcome": ""}
    builders.enter_gestion(client, builders.colleague(Role.AGENT))
    assert client.get(address).status_code == 404
    assert client.post(answer, said).status_code == 403
    assert thread.number not in client.get(reverse("admin:portals_thread_changelist")).content.decode()
    builders.enter_gestion(client, builders.colleague(Role.DPO))
    assert thread.number in home(client)
    assert client.get(address).status_code == 200
    assert client.post(answer, said).status_code == 302
    assert Thread.objects.get(pk=thread.pk).state == "answered"
    other = thread_of(cast.bob_account, Kind.MESSAGE)
    assert client.post(reverse("admin:portals_thread_answer", args=[other.pk]), said).status_code == 403


@pytest.mark.commitment("PDP-1.4")
def test_the_commitments_are_shown_with_their_tests_or_their_absence_is_explained(
    dpo: Client, settings: Any, tmp_path: Path
) -> None:
    address = reverse("admin:privacy_control_commitments")
    settings.CONTROL_PLAN = str(tmp_path / "absent.json")
    assert "make commitments" in dpo.get(address).content.decode()
    made = tmp_path / "plan.json"
    tests = {"a": "passed", "b": "failed"}
    made.write_text(
        json.dumps(
            {
                "made_at": "2026-11-01T08:00:00+00:00",
                "clauses": {
                    "PDP-1.4": {"says": "Contrôles", "tests": tests},
                    "PDP-1.5": {"says": "Questions", "tests": {"a": "passed"}},
                    "CGU-9.1": {"says": "Droit", "tests": {}},
                },
            }
        )
    )
    settings.CONTROL_PLAN = str(made)
    page = words_of(dpo.get(address).content.decode())
    assert "1 engagements sur 3" in page or "1 engagement sur 3" in page
    assert "Rompu" in page and "Tenu" in page and "Sans test" in page
    assert "Contrôles" in page
    made.write_text("{")
    assert "make commitments" in dpo.get(address).content.decode()
