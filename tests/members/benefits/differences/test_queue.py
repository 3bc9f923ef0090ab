"""The queue of amounts that differ: what fills it, what empties it, who may read it."""

import datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from members.benefits.differences.actions import AlreadyDecided, decide, recompute_batch
from members.benefits.differences.models import AmountDifference, DifferenceState, RecomputingMark
from members.benefits.models import BenefitLine
from members.coverage.models import Guarantee, Policy
from portals.access import isolation
from portals.gestion.roles import Role
from portals.jobs import Job
from portals.signals import announce
from privacy.models import Entry
from tests import builders
from tests.builders.colleagues import enter_gestion
from tests.cast import Cast
from tests.pages import words_of

pytestmark = pytest.mark.django_db


def guarantee(cast: Cast, **fields: object) -> None:
    with isolation.system():
        plan = Policy.objects.get(household=cast.alice.household).plan
        Guarantee.objects.create(
            **{
                "plan": plan, "act_family_id": "MED", "valid_from": datetime.date(2018, 1, 1), "basis": "BR",
                "rate": Decimal("1.50"), "wording": "150 %", **fields,
            }
        )  # fmt: skip


def run() -> list[AmountDifference]:
    with isolation.system():
        recompute_batch(Job(kind="benefits.recompute", key="essai", subject_id=1, due_at=timezone.now()))
        return list(AmountDifference.objects.order_by("line_id"))


def short(cast: Cast) -> BenefitLine:
    """45 € of which the mutual paid 20 € where the guarantee gives 24 €."""
    return builders.benefit(cast.alice, expense="45.00", mutual_amount="20.00")


def session(cast: Cast, month: int) -> BenefitLine:
    """An osteopath at 55 €, of which the mutual paid 25 €."""
    return builders.benefit(
        cast.alice, act_code="OSTE", family="DOUX", care_date=datetime.date(2026, month, 2), expense="55.00",
        base="0", scheme_rate="0", scheme_amount="0", deduction="0", mutual_amount="25.00",
    )  # fmt: skip


def test_a_line_that_differs_enters_the_queue_once(cast: Cast) -> None:
    guarantee(cast)
    line = short(cast)
    [row] = run()
    assert (row.line_id, row.benefit_ref, row.household_id) == (line.pk, line.benefit_ref, line.household_id)
    assert (row.paid_mutual, row.expected_mutual, row.state) == (20, 24, DifferenceState.OPEN)
    assert len(run()) == 1
    with isolation.system():
        assert RecomputingMark.objects.get().last_line >= line.pk


def test_what_agrees_what_is_cancelled_and_what_has_no_table_stay_out(cast: Cast) -> None:
    guarantee(cast, rate=Decimal(1))
    builders.reversal(short(cast))
    assert run() == []


@pytest.mark.parametrize("lines", [2, 40])
def test_a_batch_asks_as_few_questions_whatever_differs(
    lines: int, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    guarantee(cast)
    for _ in range(lines):
        short(cast)
    with django_assert_max_num_queries(20):
        assert len(run()) == lines


def test_a_ceiling_is_counted_by_date_of_care_in_the_batch_too(cast: Cast) -> None:
    guarantee(
        cast, act_family_id="DOUX", basis="FIXED", rate=None, amount=Decimal(25), annual_cap=Decimal(50), cap_unit="EUR"
    )
    for month in (5, 1, 9, 3):
        session(cast, month)
    assert [(row.paid_mutual, row.expected_mutual) for row in run()] == [(25, 0), (25, 0)]


def test_a_line_that_waits_leaves_once_it_is_cancelled(cast: Cast) -> None:
    guarantee(cast)
    line = short(cast)
    assert [row.state for row in run()] == [DifferenceState.OPEN]
    builders.reversal(line)
    assert [row.state for row in run()] == [DifferenceState.CORRECTED]


def test_care_told_late_moves_the_ceiling_of_what_was_seen_before(cast: Cast) -> None:
    guarantee(
        cast, act_family_id="DOUX", basis="FIXED", rate=None, amount=Decimal(25), annual_cap=Decimal(50), cap_unit="EUR"
    )
    march, september = (session(cast, month) for month in (3, 9))
    assert run() == []
    session(cast, 1)
    assert [row.line_id for row in run()] == [september.pk]
    builders.reversal(march)
    assert [row.state for row in run()] == [DifferenceState.CORRECTED]


def test_a_corrected_line_leaves_and_a_changed_one_comes_back(cast: Cast) -> None:
    guarantee(cast)
    line = short(cast)
    [row] = run()
    agent = builders.colleague(Role.AGENT)
    decide(by=agent, difference=row, state=DifferenceState.NORMAL, reason="Franchise de votre contrat.")
    with isolation.system():
        BenefitLine.objects.filter(pk=line.pk).update(mutual_amount=Decimal(21))
    [row] = run()
    assert (row.state, row.paid_mutual, row.reason) == (DifferenceState.OPEN, 21, "")
    with isolation.system():
        BenefitLine.objects.filter(pk=line.pk).update(mutual_amount=Decimal(24))
    [row] = run()
    assert row.state == DifferenceState.CORRECTED


def test_an_answer_has_its_reason_is_journalled_and_is_given_once(cast: Cast) -> None:
    guarantee(cast)
    short(cast)
    [row] = run()
    agent = builders.colleague(Role.AGENT)
    with pytest.raises(ValueError, match="reason"):
        decide(by=agent, difference=row, state=DifferenceState.NORMAL, reason=" ")
    decide(by=agent, difference=row, state=DifferenceState.EXPLAINED, reason="Le supplément n’est pas garanti.")
    with pytest.raises(AlreadyDecided):
        decide(by=agent, difference=row, state=DifferenceState.NORMAL, reason="Encore.")
    assert Entry.objects.filter(action="difference.decided", object_id=str(row.pk)).count() == 1


def test_the_member_reads_the_answer(cast: Cast, client: Client) -> None:
    guarantee(cast)
    line = short(cast)
    [row] = run()
    decide(
        by=builders.colleague(Role.AGENT), difference=row, state=DifferenceState.EXPLAINED,
        reason="Le supplément n’est pas garanti.",
    )  # fmt: skip
    page = words_of(
        builders.sign_in(client, cast.alice_account).get(f"/adherent/prestations/{line.pk}/").content.decode()
    )
    assert "Le supplément n’est pas garanti." in page
    assert "nos équipes vérifient" not in page


@pytest.mark.commitment("PDP-1.2")
def test_another_household_reads_nothing_of_it(cast: Cast) -> None:
    guarantee(cast)
    short(cast)
    run()
    with isolation.tenant("adherent", cast.bob.household_id):
        assert not AmountDifference.objects.exists()


@pytest.mark.commitment("PDP-4.2")
def test_the_queue_names_neither_act_nor_person() -> None:
    fields = {field.name for field in AmountDifference._meta.get_fields()}
    assert not fields & {"person", "act_code", "act_label", "care_date", "professional_name"}


def test_a_feed_of_benefits_asks_for_the_work_and_no_other_does(cast: Cast) -> None:
    announce("feed.loaded", by=None, object_kind="feed.persons", object_id=7)
    assert not Job.objects.filter(kind="benefits.recompute").exists()
    announce("feed.loaded", by=None, object_kind="feed.benefits", object_id=8)
    assert Job.objects.filter(kind="benefits.recompute", key="feed-8").exists()


def test_staff_answer_from_the_queue(cast: Cast, client: Client) -> None:
    guarantee(cast)
    short(cast)
    [row] = run()
    enter_gestion(client, builders.colleague(Role.AGENT))
    page = words_of(client.get(reverse("admin:members_amountdifference_changelist")).content.decode())
    assert row.benefit_ref in page
    address = reverse("admin:members_amountdifference_change", args=[row.pk])
    assert client.get(address).status_code == 200
    answer = reverse("admin:members_amountdifference_answer", args=[row.pk])
    assert client.post(answer, {"state": "normal"}).status_code == 200
    response = client.post(answer, {"state": "normal", "reason": "Arrondi de la caisse."})
    assert response.status_code == 302
    with isolation.system():
        row.refresh_from_db()
    assert row.state == DifferenceState.NORMAL


def test_only_an_agent_answers(cast: Cast, client: Client) -> None:
    guarantee(cast)
    short(cast)
    [row] = run()
    enter_gestion(client, builders.colleague(Role.AUDITOR))
    assert client.get(reverse("admin:members_amountdifference_change", args=[row.pk])).status_code == 200
    answer = reverse("admin:members_amountdifference_answer", args=[row.pk])
    assert client.post(answer, {"state": "normal", "reason": "Non."}).status_code == 403


def test_staff_keep_the_links_and_the_figures_of_the_law(cast: Cast, client: Client) -> None:
    enter_gestion(client, builders.colleague(Role.AGENT))
    add = reverse("admin:members_noemielink_add")
    said = {
        "person_ref": cast.bob.person_ref,
        "state": "rejected",
        "since": "06/10/2025",
        "office": "CPAM",
        "reason": "",
    }
    assert "rejeté le lien" in client.post(add, said).content.decode()
    assert client.post(add, said | {"reason": "unknown"}).status_code == 302
    with isolation.system():
        assert cast.bob.noemie_link.state == "rejected"
        link = cast.bob.noemie_link.pk
    change = reverse("admin:members_noemielink_change", args=[link])
    assert (
        client.post(change, {"state": "active", "since": "07/10/2025", "office": "CPAM", "reason": ""}).status_code
        == 302
    )
    with isolation.system():
        cast.bob.noemie_link.refresh_from_db()
        assert cast.bob.noemie_link.state == "active"
    for page in ("lawparameter_changelist", "lawparameter_add", "acttariff_changelist", "noemielink_changelist"):
        assert client.get(reverse(f"admin:members_{page}")).status_code == 200
