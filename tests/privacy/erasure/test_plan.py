"""The plan: what the law keeps, until when; and who may order, hold, and erase."""

import datetime

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import Cover
from portals.access import isolation
from portals.declarations import Classified, Erasure, Export, Purpose, Sensitivity, Subject
from portals.gestion.roles import Role
from privacy.audit.models import Entry
from privacy.erasure import actions, registry
from privacy.erasure.checks import every_personal_model_is_reached, personal_models
from privacy.erasure.models import Erasure as Order
from privacy.erasure.models import LegalHold
from privacy.erasure.planning import Plan, doom_of, ordered, plan_for
from privacy.erasure.registry import Reach, Target
from privacy.erasure.rules import Hold, Relation, end_of_prescription, holds_of
from privacy.rights.models import Right
from tests import builders
from tests.cast import Cast
from tests.privacy.rights.objects import request_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-8.3")]

TODAY = datetime.date(2026, 3, 2)


def kind(erasure: Erasure, purpose: Purpose = Purpose.PORTAL) -> Classified:
    return Classified(Subject.PERSON, Sensitivity.CONTACT, purpose, Export.ACCESS, erasure)


@pytest.mark.parametrize(
    ("last_day", "until"),
    [
        (datetime.date(2021, 3, 2), datetime.date(2026, 3, 2)),
        (datetime.date(2024, 2, 29), datetime.date(2029, 2, 28)),
    ],
)
def test_prescription_runs_five_years_from_the_last_day(last_day: datetime.date, until: datetime.date) -> None:
    assert end_of_prescription(last_day) == until


def test_the_contract_and_proofs_are_kept_until_the_last_day_of_prescription_and_not_one_more() -> None:
    on_the_day = holds_of(Relation(ended_on=datetime.date(2021, 3, 2)), TODAY)
    the_day_after = holds_of(Relation(ended_on=datetime.date(2021, 3, 1)), TODAY)
    for erasure in (Erasure.KEEP_CONTRACT, Erasure.KEEP_PROOF):
        held = on_the_day.on(kind(erasure))
        assert held is not None and held.until == TODAY
        assert the_day_after.on(kind(erasure)) is None


def test_what_a_running_contract_needs_is_kept_and_the_rest_goes_at_once() -> None:
    holds = holds_of(Relation(is_running=True), TODAY)
    assert holds.on(kind(Erasure.ANONYMISE, Purpose.CONTRACT)) is not None
    assert holds.on(kind(Erasure.DELETE, Purpose.PORTAL)) is None
    ended = holds_of(Relation(ended_on=datetime.date(2026, 1, 1)), TODAY)
    assert ended.on(kind(Erasure.ANONYMISE, Purpose.CONTRACT)) is None


def test_a_legal_hold_prolongs_the_law_and_never_shortens_it() -> None:
    long_gone = Relation(ended_on=datetime.date(2010, 1, 1))
    legal = Hold("Litige", datetime.date(2027, 1, 1))
    assert holds_of(long_gone, TODAY, legal).proof == legal
    law = holds_of(Relation(ended_on=datetime.date(2025, 1, 1)), TODAY, legal).proof
    assert law is not None and law.until == datetime.date(2030, 1, 1)


def test_every_personal_model_is_reached_or_exempt_with_a_reason() -> None:
    assert every_personal_model_is_reached() == []
    assert len(personal_models()) > 60
    assert all(reason for reason in registry.exemptions().values())


def test_a_model_that_nobody_reaches_stops_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {label: reach for label, reach in registry._reaches.items() if label != "members.Cover"}
    monkeypatch.setattr(registry, "_reaches", kept)
    assert [error.id for error in every_personal_model_is_reached()] == ["privacy.E010"]


def test_rows_that_point_to_others_are_erased_before_them() -> None:
    names = [reach.label for reach in ordered()]
    for child, parent in (
        ("members.BenefitLine", "members.Person"),
        ("portals.Message", "portals.Thread"),
        ("providers.Invoice", "members.Household"),
        ("privacy.RightsLink", "privacy.RightsRequest"),
        ("portals.Grant", "portals.Account"),
    ):
        assert names.index(child) < names.index(parent), (child, parent)


def test_no_reach_says_the_key_by_the_name_that_histories_use_for_another() -> None:
    target = Target("adherent", 5, 6, (7,), is_alone=True, is_over=True)
    practice = Target("professionnel", 5, 6, (7,), is_over=True)
    for reach in registry.reaches():
        for one in (target, practice):
            rows = reach.rows(one)
            assert rows is None or "('pk" not in str(rows), reach.label


def test_a_kept_row_is_emptied_and_a_row_of_nothing_kept_is_deleted() -> None:
    running = holds_of(Relation(is_running=True), TODAY)
    reach = {one.label: one for one in registry.reaches()}
    request = doom_of(reach["members.CareRequest"], running)
    assert (request.fate, request.emptied) == ("empty", ("content_sealed",))
    assert doom_of(reach["portals.AccountSession"], running).fate == "delete"
    assert doom_of(Reach("members.Cover", rows=lambda _target: None), running).fate == "keep"


def plan_of(cast: Cast) -> tuple[Target, Plan]:
    with isolation.system():
        target = registry.answers_of("adherent").find(cast.alice.pk, None)
        return target, plan_for(target, timezone.localdate())


def test_the_plan_tells_each_table_its_reason_and_its_end_and_no_value(cast: Cast) -> None:
    with isolation.system():
        Cover.objects.filter(person=cast.alice).update(end_date=timezone.localdate() - datetime.timedelta(days=10))
    target, plan = plan_of(cast)
    lines = {line.label: line for line in plan.lines}
    assert lines["members.BenefitLine"].fate == "keep"
    assert (
        lines["members.BenefitLine"].until
        == end_of_prescription(timezone.localdate() - datetime.timedelta(days=10)).isoformat()
    )
    assert "L. 221-11" in lines["members.BenefitLine"].reason or "2224" in lines["members.BenefitLine"].reason
    assert "téléphone" in lines["members.Person"].emptied
    assert "members.Household" not in lines  # Samir, Lina and Inès live there too
    assert not target.is_alone
    assert "Le Goff" not in str(actions.stored(plan))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM portals_acceptance",
        "UPDATE privacy_erasure SET state = 'done', done_at = now()",
        "INSERT INTO privacy_erasurestep (erasure_id, name, deleted, emptied, at) VALUES (1, 'x', 0, 0, now())",
        "SELECT * FROM erasures.ledger",
        "SET ROLE eraser",
    ],
)
def test_the_portals_themselves_can_erase_nothing(statement: str) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_officer_reads_the_plan_orders_it_and_the_journal_says_so(cast: Cast, client: Client) -> None:
    asked = request_of(cast.alice_account, Right.ERASURE)
    officer = builders.colleague(Role.DPO)
    builders.enter_gestion(client, officer)
    desk = client.get(reverse("admin:privacy_rightsrequest_change", args=[asked.pk])).content.decode()
    address = reverse("admin:privacy_rightsrequest_plan", args=[asked.pk])
    assert address in desk
    page = client.get(address)
    assert page.status_code == 200
    mark = page.context["form"].initial["fingerprint"]
    assert client.post(address, {"fingerprint": mark}).status_code == 200  # not ticked
    changed = client.post(address, {"fingerprint": "0" * 64, "understood": "on"})
    assert "a changé depuis" in changed.content.decode()
    done = client.post(address, {"fingerprint": mark, "understood": "on"})
    assert done.status_code == 302
    with isolation.system():
        [erasure] = Order.objects.all()
    assert (erasure.subject_id, erasure.request_number) == (cast.alice.pk, asked.number)
    assert erasure.accounts == [cast.alice_account.pk]
    assert client.get(done["Location"]).status_code == 200
    again = client.post(address, {"fingerprint": mark, "understood": "on"}, follow=True)
    assert "déjà ordonné" in again.content.decode()
    assert Entry.objects.filter(action="erasure.ordered").count() == 1


def test_an_order_is_refused_when_the_plan_is_no_longer_what_was_shown(cast: Cast) -> None:
    target, plan = plan_of(cast)
    shown = actions.stored(plan)[1:]
    with pytest.raises(actions.PlanChanged):
        actions.order(by=builders.staff(), target=target, shown=shown)


def test_a_hold_is_set_with_a_reason_and_a_day_then_lifted(cast: Cast, client: Client) -> None:
    asked = request_of(cast.alice_account, Right.ERASURE)
    builders.enter_gestion(client, builders.colleague(Role.DPO))
    address = reverse("admin:privacy_rightsrequest_hold", args=[asked.pk])
    assert "jour à venir" in client.post(address, {"reason": "Litige", "until": "01/01/2020"}).content.decode()
    day = timezone.localdate() + datetime.timedelta(days=400)
    kept = client.post(address, {"reason": "Litige en cours", "until": day.strftime("%d/%m/%Y")})
    assert kept.status_code == 302
    with isolation.system():
        [hold] = LegalHold.objects.all()
    assert client.get(kept["Location"]).status_code == 200
    lift = reverse("admin:privacy_legalhold_release", args=[hold.pk])
    assert client.post(lift).status_code == 302
    with pytest.raises(actions.NotStanding):
        actions.release(by=builders.staff(), legal_hold=hold)


def test_a_request_of_somebody_unknown_has_no_plan(cast: Cast, client: Client) -> None:
    asked = request_of(cast.alice_account, Right.ERASURE)
    with isolation.system():
        asked.identity = "unknown"
        asked.save(update_fields=["identity"])
    builders.enter_gestion(client, builders.colleague(Role.DPO))
    assert client.get(reverse("admin:privacy_rightsrequest_plan", args=[asked.pk])).status_code == 404
