"""The DPO's pages: the rules, a run to ask for, a rule to stop and to start again, and the report to take away."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portals.gestion.roles import Role
from privacy.audit.models import Entry
from privacy.retention import desk
from privacy.retention.models import RetentionReport, RetentionRun, RetentionSwitch
from privacy.retention.registry import rules
from tests import builders

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-8.5")]
RULES, RUN = "admin:privacy_retentionrun_rules", "admin:privacy_retentionrun_ask"


@pytest.fixture
def dpo(client: Client) -> Client:
    return builders.enter_gestion(client, builders.colleague(Role.DPO))


def test_every_rule_is_there_with_its_source(dpo: Client) -> None:
    page = dpo.get(reverse(RULES)).text
    for rule in rules():
        assert rule.label in page
        assert rule.source in page


def test_a_run_is_dry_unless_it_is_asked_for_good(dpo: Client) -> None:
    for way, dry in (("dry", True), ("real", False)):
        dpo.post(reverse(RUN), {"way": way})
        run = RetentionRun.objects.latest("pk")
        assert (run.is_dry, run.state, run.day) == (dry, "asked", timezone.localdate())
    assert Entry.objects.filter(action="retention.asked").count() == 2


def test_a_rule_is_stopped_with_a_reason_and_started_again(dpo: Client) -> None:
    stop = reverse("admin:privacy_retentionrun_stop") + "?regle=portals.alerts"
    assert "Dites pourquoi" in dpo.post(stop, {"reason": ""}).text
    dpo.post(stop, {"reason": "Vérification en cours"})
    row = RetentionSwitch.objects.get(rule="portals.alerts", lifted_at=None)
    assert "Vérification en cours" in next(due.note for due in desk.dues(timezone.localdate()))
    dpo.post(reverse("admin:privacy_retentionswitch_resume", args=[row.pk]))
    assert not RetentionSwitch.objects.filter(lifted_at=None).exists()
    assert Entry.objects.filter(action__in=["retention.stopped", "retention.resumed"]).count() == 2
    assert dpo.get(reverse("admin:privacy_retentionrun_stop") + "?regle=nothing").status_code == 404


def test_the_report_is_taken_away_as_a_sheet_and_on_paper(dpo: Client) -> None:
    run = RetentionRun.objects.create(day=datetime.date(2026, 5, 3), state="done", ended_at=timezone.now())
    RetentionReport.objects.create(run=run, rule="portals.alerts", day=run.day, due=12, deleted=12, handled=12)
    page = dpo.get(reverse("admin:privacy_retentionrun_change", args=[run.pk])).text
    assert "Annonces de votre espace" in page
    sheet = dpo.get(reverse("admin:privacy_retentionrun_csv", args=[run.pk])).content.decode("utf-8-sig")
    assert "Annonces de votre espace" in sheet
    paper = dpo.get(reverse("admin:privacy_retentionrun_pdf", args=[run.pk])).content
    assert paper.startswith(b"%PDF")
    facts = desk.facts(timezone.localdate())
    assert facts is not None
    assert ("Lignes supprimées", "12") in facts.pairs
