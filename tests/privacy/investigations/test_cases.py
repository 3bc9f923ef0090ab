"""A file from its first line to its destruction: evidence, holds, measures, decision, what a judge is given."""

import csv
import datetime
import hashlib
import io
import zipfile

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import Cover
from portals.access import isolation
from portals.access.models import Grant, Restriction
from portals.accounts.export.registry import Scope, told_of
from portals.accounts.fraud.actions import report
from portals.gestion.roles import Role
from privacy.audit.models import Entry
from privacy.erasure import registry
from privacy.erasure.models import LegalHold
from privacy.erasure.planning import plan_for
from privacy.investigations import actions, evidence, holding, rules
from privacy.investigations.bundle import bundle_of
from privacy.investigations.measures import MEASURES, NoMeasure, take
from privacy.investigations.models import CaseSubject, Decision, Investigation, Kind, State
from privacy.investigations.purging import purge_due
from privacy.investigations.rules import Relation, purge_day
from privacy.investigations.sealing import GONE, name_of, original_of, words_of
from privacy.investigations.walls import inside
from tests import builders
from tests.cast import Cast
from tests.pages import words_of as page_words
from tests.privacy.investigations.objects import case_about, exhibit_in, holder, image, who

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-3.8")]

DAY = datetime.date(2026, 3, 2)


@pytest.mark.parametrize(
    ("decision", "day"),
    [("no_follow_up", "2026-09-02"), ("recovery", "2031-03-02"), ("complaint", "2032-03-02"), ("court", "2032-03-02")],
)
def test_a_fraud_is_destroyed_on_the_day_that_its_decision_says(decision: str, day: str) -> None:
    assert purge_day(Kind.FRAUD, decision, DAY) == datetime.date.fromisoformat(day)


@pytest.mark.commitment("PDP-3.7")
def test_vigilance_is_kept_five_years_from_the_end_of_the_relation() -> None:
    ended = Relation(ended_on=datetime.date(2027, 6, 30))
    assert purge_day(Kind.FINANCIAL_CRIME, Decision.DECLARED, DAY) == datetime.date(2031, 3, 2)
    assert purge_day(Kind.FINANCIAL_CRIME, Decision.DECLARED, DAY, [ended]) == datetime.date(2032, 6, 30)
    assert purge_day(Kind.FINANCIAL_CRIME, Decision.DECLARED, DAY, [ended, Relation(is_running=True)]) is None


def test_only_who_works_on_a_kind_opens_a_file_of_it(cast: Cast) -> None:
    for role, kind in ((Role.FRAUD, Kind.FINANCIAL_CRIME), (Role.VIGILANCE, Kind.FRAUD), (Role.DPO, Kind.FRAUD)):
        with pytest.raises(PermissionDenied):
            case_about(kind=kind, by=builders.colleague(role))


def test_a_fraud_report_opens_a_file_about_its_account(cast: Cast) -> None:
    number = report(by=cast.alice_account).reference
    client = builders.enter_gestion(Client(), builders.colleague(Role.FRAUD))
    answer = client.post(
        reverse("admin:privacy_investigation_open"),
        {"kind": "fraud", "origin": "fraud_report", "origin_reference": number, "facts": "Usage contesté."},
        follow=True,
    )
    assert cast.alice_account.display_name in page_words(answer.text)
    with inside(Kind.FRAUD):
        assert CaseSubject.objects.get().account_id == cast.alice_account.pk


def test_a_person_is_found_by_name_number_or_identifier_and_namesakes_are_told_apart(cast: Cast) -> None:
    case = case_about()
    client = builders.enter_gestion(Client(), builders.colleague(Role.FRAUD))
    address = reverse("admin:privacy_investigation_subject", args=[case.pk])
    number = cast.alice.household.member_number
    asked = client.post(address, {"who": number})
    assert "Plusieurs personnes" in page_words(asked.text)
    code = f"{number}#adherent-{cast.alice.pk}-0"
    assert client.post(address, {"who": code}).status_code == 302
    assert "déjà dans le dossier" in page_words(client.post(address, {"who": code}).text)
    assert client.post(address, {"who": cast.company.siret}).status_code == 302
    assert client.post(address, {"who": cast.bob_account.identifier}).status_code == 302
    with inside(Kind.FRAUD):
        assert {one.space for one in case.subjects.all()} == {"adherent", "employeur"}
        assert case.subjects.count() == 3


def test_a_piece_keeps_its_bytes_its_fingerprint_and_who_touched_it(cast: Cast) -> None:
    case = case_about(who(cast.alice))
    client = builders.enter_gestion(Client(), case.opened_by)
    content = image()
    sent = {"label": "Facture", "file": SimpleUploadedFile("f.png", content, "image/png")}
    assert client.post(reverse("admin:privacy_investigation_piece", args=[case.pk]), sent).status_code == 302
    read = reverse("admin:privacy_investigation_exhibit", args=[case.pk, 1])
    assert client.get(read).status_code == 404
    step = reverse("admin:privacy_investigation_exhibit_step", args=[case.pk, 1, "liberer"])
    assert client.post(step).status_code == 302
    assert client.get(read)["Content-Disposition"].startswith("attachment")
    with inside(Kind.FRAUD):
        [exhibit] = case.exhibits.all()
        assert original_of(exhibit) == content
        assert exhibit.sha256 == hashlib.sha256(content).hexdigest()
        with exhibit.original.file.open("rb") as file:
            assert content not in file.read()
        custody = [(one.kind, one.by_id) for one in case.steps.filter(exhibit=1)]
    assert custody == [(kind, case.opened_by_id) for kind in ("received", "released", "read")]
    assert exhibit.sha256 in str(Entry.objects.get(action="investigation.piece_received").details)


def test_the_investigator_s_own_package_has_no_piece(cast: Cast) -> None:
    from portals.documents.models import Upload

    case = case_about(who(cast.alice))
    exhibit_in(case)
    assert not Upload.objects.filter(sent_by=case.opened_by).exists()


def plan_of(cast: Cast) -> dict[str, str]:
    with isolation.system():
        target = registry.answers_of("adherent").find(cast.alice.pk, None)
        return {line.label: f"{line.fate} {line.reason}" for line in plan_for(target, timezone.localdate()).lines}


def test_a_hold_blocks_erasure_of_everything_and_shows_its_file(cast: Cast) -> None:
    with isolation.system():
        Cover.objects.filter(person=cast.alice).update(
            start_date=datetime.date(2018, 1, 1), end_date=datetime.date(2019, 1, 1)
        )
    free = plan_of(cast)
    assert free["portals.Grant"].startswith("delete") and free["members.BenefitLine"].startswith("delete")
    case = case_about(who(cast.alice))
    with inside(Kind.FRAUD):
        holding.hold(
            by=case.opened_by, case=case, until=timezone.localdate() + datetime.timedelta(days=90), words="Audience."
        )
    held = plan_of(cast)
    assert {fate.split()[0] for fate in held.values()} == {"keep"}
    gone = [
        label for label, fate in free.items() if fate.startswith(("delete", "empty")) and label != "portals.Account"
    ]
    assert {"portals.Grant", "members.BenefitLine", "members.Person"} <= set(gone)
    assert all(case.reference in held[label] for label in gone)
    assert "fraude" not in str(held).lower()
    with inside(Kind.FRAUD):
        holding.let_go(by=case.opened_by, case=case, words="Jugé.")
    assert plan_of(cast)["portals.Grant"].startswith("delete")


def test_a_hold_of_a_file_is_told_to_nobody_and_lifted_in_the_file_alone(cast: Cast) -> None:
    case = case_about(who(cast.alice), kind=Kind.FINANCIAL_CRIME)
    with inside(Kind.FINANCIAL_CRIME):
        holding.hold(by=case.opened_by, case=case, until=timezone.localdate() + datetime.timedelta(days=9), words="x")
    with isolation.system():
        hold = LegalHold.objects.get(case_reference=case.reference)
        grant = Grant.objects.get(account=cast.alice_account)
        told = [one for one in told_of("adherent") if one.model is LegalHold]
        assert told and not any(one.rows(Scope(cast.alice_account, [grant])).exists() for one in told)
    dpo = builders.enter_gestion(Client(), builders.colleague(Role.DPO))
    page = dpo.get(reverse("admin:privacy_legalhold_change", args=[hold.pk]))
    assert case.reference in page.text
    assert dpo.post(reverse("admin:privacy_legalhold_release", args=[hold.pk])).status_code == 404


def test_one_click_suspends_the_accounts_and_vigilance_stops_nothing(cast: Cast) -> None:
    case = case_about(who(cast.alice), holder(cast.professional_account))
    client = builders.enter_gestion(Client(), case.opened_by)
    assert client.post(reverse("admin:privacy_investigation_measure", args=[case.pk, "suspendre"])).status_code == 302
    stopped = Restriction.objects.filter(lifted_at=None)
    assert {one.account_id for one in stopped} == {cast.alice_account.pk, cast.professional_account.pk}
    assert {one.motive for one in stopped} == {"unlawful"} and all("fraude" not in one.reason for one in stopped)
    other = case_about(who(cast.bob), kind=Kind.FINANCIAL_CRIME)
    with inside(Kind.FINANCIAL_CRIME), pytest.raises(NoMeasure):
        take(by=other.opened_by, case=other, measure=MEASURES["suspendre"])


def closed(case: Investigation, decision: Decision) -> None:
    with inside(case.kind):
        actions.decide(by=case.opened_by, case=case, decision=decision, words="Rien de plus.")


def test_a_closed_file_is_not_touched_any_more_and_ends_as_its_kind_allows(cast: Cast) -> None:
    case = case_about(who(cast.alice))
    with inside(Kind.FRAUD), pytest.raises(actions.WrongDecision):
        actions.decide(by=case.opened_by, case=case, decision=Decision.DECLARED, words="Non.")
    closed(case, Decision.COMPLAINT)
    with inside(Kind.FRAUD), pytest.raises(actions.Closed):
        actions.add_note(by=case.opened_by, case=case, words="Trop tard.")


def test_it_is_destroyed_on_its_day_and_nothing_of_it_can_be_read(cast: Cast) -> None:
    with time_machine.travel("2026-03-02 12:00+01:00", tick=False):
        case = case_about(who(cast.alice))
        exhibit = exhibit_in(case)
        closed(case, Decision.NO_FOLLOW_UP)
    with isolation.system():
        assert purge_due(datetime.date(2026, 9, 1)) == 0
        assert purge_due(datetime.date(2026, 9, 2)) == 1
    with inside(Kind.FRAUD):
        case.refresh_from_db()
        assert case.state == State.PURGED
        assert not case.subjects.exists() and not case.exhibits.exists()
        said = {words_of(one) for one in case.steps.select_related("case")}
    assert said == {"", GONE}
    assert not type(exhibit.original).objects.filter(pk=exhibit.original_id).exists()


def test_a_hold_that_stands_keeps_the_file_from_its_destruction(cast: Cast) -> None:
    with time_machine.travel("2026-03-02 12:00+01:00", tick=False):
        case = case_about(who(cast.alice))
        with inside(Kind.FRAUD):
            holding.hold(by=case.opened_by, case=case, until=datetime.date(2026, 12, 31), words="Audience.")
        closed(case, Decision.NO_FOLLOW_UP)
    with isolation.system():
        assert purge_due(datetime.date(2026, 12, 31)) == 0
        assert purge_due(datetime.date(2027, 1, 1)) == 1


@pytest.mark.commitment("PDP-3.7")
def test_a_file_of_vigilance_has_its_day_once_the_relation_has_ended(cast: Cast) -> None:
    with time_machine.travel("2026-03-02 12:00+01:00", tick=False):
        case = case_about(who(cast.alice), kind=Kind.FINANCIAL_CRIME)
        closed(case, Decision.NO_SUSPICION)
        with inside(Kind.FINANCIAL_CRIME):
            case.refresh_from_db()
            assert case.purge_on is None
        with isolation.system():
            Cover.objects.filter(person=cast.alice).update(end_date=datetime.date(2026, 2, 1))
            assert purge_due(datetime.date(2031, 3, 1)) == 0
            assert purge_due(datetime.date(2031, 3, 2)) == 1


def test_a_judge_gets_the_file_the_bytes_their_fingerprints_and_the_journal(cast: Cast) -> None:
    case = case_about(who(cast.alice))
    exhibit_in(case)
    today = timezone.localdate()
    from privacy.audit import record

    record("benefits.listed", by=cast.alice_account)
    with inside(Kind.FRAUD):
        content = bundle_of(by=case.opened_by, case=case, since=today, until=today)
    archive = zipfile.ZipFile(io.BytesIO(content))
    sums = dict(line.split("  ")[::-1] for line in archive.read("SHA256SUMS").decode().splitlines())
    assert set(sums) == set(archive.namelist()) - {"SHA256SUMS"}
    assert all(hashlib.sha256(archive.read(name)).hexdigest() == digest for name, digest in sums.items())
    assert archive.read("pieces/piece-1.png") == image()
    assert archive.read("dossier.pdf").startswith(b"%PDF")
    rows = list(csv.reader(io.StringIO(archive.read("journal/ecritures.csv").decode("utf-8-sig")), delimiter=";"))
    told = {row[2] for row in rows}
    assert "Versement d’une pièce à un dossier d’enquête" in told and len(told) > 2
    with inside(Kind.FRAUD):
        assert case.steps.filter(kind="exported", by=case.opened_by).exists()


def test_a_file_open_for_six_months_and_a_hold_that_ends_are_on_the_officer_s_desk(cast: Cast) -> None:
    case = case_about(who(cast.alice))
    with inside(Kind.FRAUD):
        holding.hold(by=case.opened_by, case=case, until=timezone.localdate() + datetime.timedelta(days=20), words="x")
        Investigation.objects.update(opened_at=timezone.now() - datetime.timedelta(days=200))
    desk = builders.enter_gestion(Client(), builders.colleague(Role.DPO)).get(reverse("admin:index"))
    page = page_words(desk.text)
    assert page.count(f"Dossier {case.reference}") == 2
    assert "La conservation finit" in page and "Ouvert depuis plus de six mois" in page
    assert rules.is_slow(DAY, datetime.date(2026, 9, 2)) and not rules.is_slow(DAY, datetime.date(2026, 9, 1))


def test_names_are_sealed_in_the_table(cast: Cast) -> None:
    case = case_about(who(cast.alice))
    with inside(Kind.FRAUD):
        one = case.subjects.get()
        assert b"Goff" not in bytes(one.name_sealed) and "Goff" in name_of(one)
    assert evidence.EXTENSIONS
