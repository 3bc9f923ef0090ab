"""The yearly review of access rights: who has what, when it served, who decided, and the proof (PDP-7.3)."""

import csv
import datetime
import hashlib
import io

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portals.accounts.models import Account
from portals.documents.signing import is_ours_and_unchanged
from portals.gestion.colleagues import roles_of
from portals.gestion.roles import Role
from privacy.audit import record
from privacy.models import AccessReview, Entry, ReviewLine
from privacy.staff.homes.due import review_dues
from privacy.staff.reviews import actions
from privacy.staff.reviews.actions import AlreadyOpen, LastOfficer, OwnRights, Unfinished, close, decide, start
from privacy.staff.reviews.models import Decision
from privacy.staff.reviews.uses import unknown_rights
from tests import builders
from tests.cast import Cast
from tests.pages import words_of
from tests.permissions.walks import leave
from tests.privacy.staff.objects import module_by

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-7.3")]


@pytest.fixture
def officer(db: None) -> Account:
    return builders.colleague(Role.SECURITY, display_name="Ronan Salaün")


@pytest.fixture
def other(db: None) -> Account:
    return builders.colleague(Role.SECURITY, display_name="Enora Tanguy")


@pytest.fixture
def agent(db: None) -> Account:
    return builders.colleague(Role.AGENT, Role.BENEFITS, display_name="Karim Le Bihan")


def line_of(review: AccessReview, account: Account, role: Role | str = "") -> ReviewLine:
    return review.lines.get(account=account, role=str(role))


def confirm_all(review: AccessReview, *reviewers: Account) -> None:
    """Each waiting line is confirmed by the first of these who is not its own account."""
    for line in review.lines.filter(decision=Decision.WAITING):
        by = next(one for one in reviewers if one.pk != line.account_id)
        decide(by=by, line=line, withdrawn=False, reason="Fonction inchangée.")


def test_every_role_of_everybody_is_a_line_with_its_last_use(officer: Account, agent: Account) -> None:
    nobody = builders.staff()
    account = Account.objects.get(pk=agent.pk)
    record("gestion.consulted", by=agent, object_kind="account", object_id=1)
    record("account.credentials_resent", by=agent, object_kind="account", object_id=1)
    review = start(by=officer)
    places = set(review.lines.values_list("account", "role"))
    assert places >= {
        (officer.pk, Role.SECURITY.value), (account.pk, Role.AGENT.value), (account.pk, Role.BENEFITS.value), (nobody.pk, ""),
    }  # fmt: skip
    line = line_of(review, agent, Role.AGENT)
    used = {use["right"]: use["used_on"] for use in line.uses}
    today = timezone.localdate()
    assert (used["portals.view_account"], used["portals.resend_account"]) == (today.isoformat(),) * 2
    assert used["portals.change_restriction"] is None
    assert used["members.view_representation"] is None
    assert (line.last_used_on, line.is_asleep, line.charter) == (today, False, "fine")
    asleep = line_of(review, agent, Role.BENEFITS)
    assert (asleep.last_used_on, asleep.is_asleep) == (None, True)


def test_ninety_days_without_use_are_highlighted(officer: Account, agent: Account) -> None:
    record("gestion.listed", by=agent, object_kind="thread")
    for days, asleep in ((89, False), (90, True)):
        with time_machine.travel(timezone.now() + datetime.timedelta(days=days), tick=False), transaction.atomic():
            review = start(by=officer)
            assert line_of(review, agent, Role.AGENT).is_asleep is asleep
            theirs = builders.enter_gestion(Client(), officer)
            page = words_of(theirs.get(reverse("admin:privacy_accessreview_change", args=[review.pk])).content.decode())
            assert "sans usage depuis 90 jours" in page.replace("\u00a0", " ")
            transaction.set_rollback(True)


def test_the_rights_it_names_are_those_of_the_table() -> None:
    assert unknown_rights() == set()


@pytest.mark.commitment("PDP-7.2")
def test_the_charter_and_the_modules_are_shown(officer: Account, client: Client) -> None:
    builders.colleague(Role.AGENT, engaged=False)
    module_by(officer)
    builders.enter_gestion(client, officer)
    review = start(by=officer)
    page = words_of(client.get(reverse("admin:privacy_accessreview_change", args=[review.pk])).content.decode())
    assert "Jamais" in page
    assert "À jour" in page
    assert "0 sur 1" in page


def test_a_withdrawn_role_is_gone_at_once_and_the_sessions_end(
    officer: Account, agent: Account, client: Client
) -> None:
    theirs = builders.enter_gestion(Client(), agent)
    assert theirs.get(reverse("admin:privacy_awarenessmodule_changelist")).status_code == 403
    assert theirs.get(reverse("admin:portals_thread_changelist")).status_code == 200
    builders.enter_gestion(client, officer)
    review = start(by=officer)
    line = line_of(review, agent, Role.AGENT)
    address = reverse("admin:privacy_accessreview_line", args=[review.pk, line.pk])
    assert client.post(address, {"decision": "withdraw", "reason": ""}).status_code == 200
    assert roles_of(agent) == [Role.AGENT.value, Role.BENEFITS.value]
    assert client.post(address, {"decision": "withdraw", "reason": "A changé de service."}).status_code == 302
    assert roles_of(agent) == [Role.BENEFITS.value]
    assert theirs.get(reverse("admin:portals_thread_changelist"))["Location"].startswith("/connexion/")
    assert Entry.objects.filter(action="review.decided", result="withdrawn", account_id=officer.pk).exists()
    line.refresh_from_db()
    assert (line.decision, line.reason, line.decided_by) == (Decision.WITHDRAWN, "A changé de service.", officer)


def test_nobody_reviews_themselves(officer: Account, other: Account, client: Client) -> None:
    review = start(by=officer)
    line = line_of(review, officer, Role.SECURITY)
    with pytest.raises(OwnRights):
        decide(by=officer, line=line, withdrawn=False, reason="Moi.")
    builders.enter_gestion(client, officer)
    address = reverse("admin:privacy_accessreview_line", args=[review.pk, line.pk])
    assert (
        "Nul ne revoit ses propres droits"
        in client.post(address, {"decision": "confirm", "reason": "Moi."}).content.decode()
    )
    with pytest.raises(IntegrityError, match="review_never_of_oneself"), transaction.atomic():
        ReviewLine.objects.filter(pk=line.pk).update(
            decision="confirmed", reason="Moi.", decided_by=officer, decided_at=timezone.now()
        )
    decide(by=other, line=line, withdrawn=False, reason="En poste.")
    line.refresh_from_db()
    assert line.decided_by == other


@pytest.mark.commitment("PDP-2.8")
def test_risk_and_compliance_reviews_security_officers_and_nobody_else(
    officer: Account, other: Account, agent: Account
) -> None:
    risk = builders.colleague(Role.RISK)
    review = start(by=officer)
    with pytest.raises(OwnRights):
        decide(by=risk, line=line_of(review, agent, Role.AGENT), withdrawn=False, reason="Non.")
    with pytest.raises(OwnRights):
        decide(by=risk, line=line_of(review, risk, Role.RISK), withdrawn=False, reason="Non.")
    decide(by=risk, line=line_of(review, officer, Role.SECURITY), withdrawn=True, reason="Départ.")
    assert roles_of(officer) == []
    with pytest.raises(LastOfficer):
        decide(by=risk, line=line_of(review, other, Role.SECURITY), withdrawn=True, reason="Départ.")
    assert roles_of(other) == [Role.SECURITY.value]
    for stranger in (agent, builders.colleague(Role.DPO), builders.colleague(Role.AUDITOR)):
        with pytest.raises(PermissionDenied):
            decide(by=stranger, line=line_of(review, other, Role.SECURITY), withdrawn=False, reason="Non.")
        with pytest.raises(PermissionDenied):
            start(by=stranger)


def test_what_was_given_outside_roles_is_a_line_of_its_own(officer: Account, agent: Account) -> None:
    agent.user_permissions.add(Permission.objects.get(codename="view_entry", content_type__app_label="privacy"))
    review = start(by=officer)
    line = line_of(review, agent)
    assert line.uses == [{"right": "privacy.view_entry", "used_on": None}]
    decide(by=officer, line=line, withdrawn=True, reason="Hors table.")
    assert not Account.objects.get(pk=agent.pk).has_perm("privacy.view_entry")


def test_it_resumes_where_it_stood(officer: Account, agent: Account, client: Client) -> None:
    builders.enter_gestion(client, officer)
    client.post(reverse("admin:privacy_accessreview_start"))
    review = AccessReview.objects.get()
    decide(by=officer, line=line_of(review, agent, Role.AGENT), withdrawn=False, reason="En poste.")
    with pytest.raises(AlreadyOpen):
        start(by=officer)
    again = client.post(reverse("admin:privacy_accessreview_start"))
    assert again["Location"] == reverse("admin:privacy_accessreview_change", args=[review.pk])
    assert line_of(review, agent, Role.AGENT).decision == Decision.CONFIRMED
    with pytest.raises(actions.Closed):
        decide(by=officer, line=line_of(review, agent, Role.AGENT), withdrawn=True, reason="Autre avis.")


def test_it_does_not_close_before_every_role_is_decided(officer: Account, other: Account, agent: Account) -> None:
    review = start(by=officer)
    with pytest.raises(Unfinished):
        close(by=officer, review=review)
    confirm_all(review, officer, other)
    builders.colleague(Role.COMMUNICATION)
    agent.groups.clear()
    with pytest.raises(Unfinished):
        close(by=officer, review=review)
    assert actions.refresh(review=review) == 2  # the newcomer, and the agent who has no role any more
    confirm_all(review, officer, other)
    close(by=officer, review=review)


def test_a_role_that_was_taken_back_and_given_again_waits_anew(
    officer: Account, other: Account, agent: Account
) -> None:
    review = start(by=officer)
    decide(by=officer, line=line_of(review, agent, Role.AGENT), withdrawn=True, reason="Départ.")
    nobody = builders.staff()
    actions.refresh(review=review)
    decide(by=officer, line=line_of(review, nobody), withdrawn=True, reason="Sans rôle.")
    left = actions.refresh(review=review)
    agent.groups.add(Group.objects.get(name=Role.AGENT.value))
    assert actions.refresh(review=review) == left + 1
    assert line_of(review, agent, Role.AGENT).decision == Decision.WAITING
    assert line_of(review, nobody).decision == Decision.WITHDRAWN


def test_closing_leaves_a_signed_report_a_table_and_the_next_day(
    officer: Account, other: Account, agent: Account, client: Client, cast: Cast
) -> None:
    agent.display_name = "=HYPERLINK(1)"
    agent.save()
    review = start(by=officer)
    decide(by=officer, line=line_of(review, agent, Role.BENEFITS), withdrawn=True, reason="Sans usage.")
    confirm_all(review, officer, other)
    builders.enter_gestion(client, officer)
    address = reverse("admin:privacy_accessreview_close", args=[review.pk])
    assert client.post(address, {}).status_code == 200
    assert client.post(address, {"sure": "on"}).status_code == 302
    review.refresh_from_db()
    today = timezone.localdate()
    assert review.next_due_on == today.replace(year=today.year + 1)
    assert review.pdf is not None
    assert review.csv is not None
    with review.pdf.file.open("rb") as opened:
        pdf = opened.read()
    assert is_ours_and_unchanged(pdf)
    with review.csv.file.open("rb") as opened:
        table = opened.read()
    assert hashlib.sha256(table).hexdigest() == review.csv.sha256
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig")), delimiter=";"))
    mine = [row for row in rows if row["nom"] == "'=HYPERLINK(1)"]
    assert {(row["rôle"], row["décision"], row["raison"]) for row in mine} == {
        (Role.AGENT.value, "Confirmé", "Fonction inchangée."), (Role.BENEFITS.value, "Retiré", "Sans usage."),
    }  # fmt: skip
    assert {row["droit"] for row in mine} >= {"portals.view_account", "members.view_carerequest"}
    for name in ("csv", "pdf"):
        answer = client.get(reverse(f"admin:privacy_accessreview_{name}", args=[review.pk]))
        assert answer["Content-Disposition"].startswith("attachment")
        leave(answer)
    page = words_of(client.get(reverse("admin:privacy_accessreview_change", args=[review.pk])).content.decode())
    assert "Revue close" in page
    with pytest.raises(actions.Closed):
        close(by=officer, review=review)
    assert any(row["space"] == "Espace employeur" and row["rights"] for row in review.delegates)


def test_the_next_one_is_due_a_year_later_on_the_desk(officer: Account, other: Account) -> None:
    review = start(by=officer)
    assert "décision" in review_dues()[0].note
    confirm_all(review, officer, other)
    close(by=officer, review=review)
    assert review_dues() == []
    with time_machine.travel(timezone.now() + datetime.timedelta(days=310), tick=False):
        [due] = review_dues()
        assert due.due_on == AccessReview.objects.get().next_due_on
