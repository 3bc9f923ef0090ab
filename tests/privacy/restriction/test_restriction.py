"""Restriction (GDPR, art. 18): what stops, what goes on, who reads it, and the warning before it is lifted."""

import datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from members.beneficiaries import limits
from members.models import LimitNotice, ParentalAuthority
from members.portability.models import Portability
from members.portability.planned import follow
from portals import jobs
from portals.access import isolation
from portals.gestion.roles import Role
from privacy.audit.models import Entry
from privacy.consents import Channel, may_use
from privacy.restriction.actions import AlreadyFrozen, NotFrozen, freeze, lift
from privacy.restriction.models import Freeze, Ground
from privacy.rights.models import Right
from tests import builders
from tests.cast import Cast
from tests.members.portability.objects import portability_of
from tests.privacy.consents.objects import accepts, holder_of
from tests.privacy.rights.objects import request_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-8.4"), pytest.mark.commitment("CGU-8.9")]

WHY = "Vous contestez votre adresse."


def frozen(cast: Cast, person: object = None) -> Freeze:
    who = person or cast.alice
    return freeze(
        by=builders.staff(), space="adherent", tenant_id=cast.alice.household_id, subject_id=who.pk,  # type: ignore[attr-defined]  # a person
        ground=Ground.ACCURACY, reason=WHY,
    )  # fmt: skip


def test_no_message_and_no_suggestion_reaches_somebody_frozen_whatever_they_accepted(cast: Cast) -> None:
    accepts(cast.alice_account, cast.alice, "newsletter")
    with isolation.system():
        assert may_use(holder_of(cast.alice), "newsletter", Channel.EMAIL)
        assert may_use(holder_of(cast.alice), "personalisation", Channel.WHOLE)
    row = frozen(cast)
    with isolation.system():
        assert not may_use(holder_of(cast.alice), "newsletter", Channel.EMAIL)
        assert not may_use(holder_of(cast.alice), "personalisation", Channel.WHOLE)
        assert may_use(holder_of(cast.bob), "personalisation", Channel.WHOLE)
    lift(by=builders.staff(), row=row, reason="L’adresse est confirmée.")
    with isolation.system():
        assert may_use(holder_of(cast.alice), "newsletter", Channel.EMAIL)


def test_one_restriction_stands_at_a_time_and_is_lifted_once(cast: Cast) -> None:
    row = frozen(cast)
    with pytest.raises(AlreadyFrozen):
        frozen(cast)
    lift(by=builders.staff(), row=row, reason="Fin.")
    with pytest.raises(NotFrozen):
        lift(by=builders.staff(), row=row, reason="Fin.")
    assert Entry.objects.filter(action__startswith="restriction.").count() == 2


def test_staff_read_the_banner_and_their_forms_refuse(cast: Cast, client: Client) -> None:
    with isolation.system():
        judged = ParentalAuthority.objects.create(
            child=cast.home.ines, household=cast.alice.household, exercised_by="one", judgment_reference="RG 26/00001",
            judgment_date=datetime.date(2026, 1, 5), start_date=datetime.date(2026, 1, 5), recorded_by=cast.alice_account,
        )  # fmt: skip
    frozen(cast, cast.home.ines)
    builders.enter_gestion(client, builders.colleague(Role.AGENT))
    address = reverse("admin:members_parentalauthority_change", args=[judged.pk])
    page = client.get(address).content.decode()
    assert "Usage limité depuis" in page
    assert WHY in page
    refused = client.post(address, {})
    assert refused.status_code == 409
    assert "changé" in refused.content.decode()


def test_the_page_of_the_account_says_it_and_still_lets_it_be_protected(cast: Cast, client: Client) -> None:
    frozen(cast)
    builders.enter_gestion(client, builders.colleague(Role.AGENT))
    page = client.get(reverse("admin:portals_account_change", args=[cast.alice_account.pk])).content.decode()
    assert "Usage limité depuis" in page
    suspend = client.post(reverse("admin:portals_account_suspend", args=[cast.alice_account.pk]), {})
    assert suspend.status_code == 200


def test_nobody_is_suspended_or_taken_off_by_a_nightly_rule_while_frozen(cast: Cast) -> None:
    today = timezone.localdate()
    row = portability_of(cast.alice)
    with isolation.system():
        Portability.objects.filter(pk=row.pk).update(
            proof_due_on=today - datetime.timedelta(days=40), suspends_on=today
        )
        notice = LimitNotice.objects.create(
            person=cast.home.lina, household=cast.alice.household, limit_day=today, last_day=today
        )
    standing, child = frozen(cast), frozen(cast, cast.home.lina)
    with isolation.system():
        follow(today)
        limits.close(today=today)
        assert Portability.objects.get(pk=row.pk).state == "running"
        notice.refresh_from_db()
        assert notice.closed_at is None
    lift(by=builders.staff(), row=standing, reason="Fin.")
    lift(by=builders.staff(), row=child, reason="Fin.")
    with isolation.system():
        follow(today)
        limits.close(today=today)
        assert Portability.objects.get(pk=row.pk).state == "suspended"
        notice.refresh_from_db()
        assert notice.closed_at is not None


def test_the_person_reads_it_on_their_page_and_is_told_of_both(
    cast: Cast, client: Client, mail_folder: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    row = frozen(cast)
    builders.sign_in(client, cast.alice_account)
    page = client.get(reverse("privacy:my_data")).content.decode()
    assert "Limitation d’usage" in page
    assert WHY in page
    client.logout()
    builders.sign_in(client, cast.bob_account)
    assert "Limitation d’usage" not in client.get(reverse("privacy:my_data")).content.decode()
    lift(by=builders.staff(), row=row, reason="L’adresse est confirmée.")
    kinds = set(jobs.Job.objects.filter(kind__startswith="restriction.").values_list("kind", flat=True))
    assert kinds == {"restriction.set_notice", "restriction.lifted_notice"}


def test_the_officer_freezes_from_the_request_and_lifts_with_a_reason(cast: Cast, client: Client) -> None:
    asked = request_of(cast.alice_account, Right.RESTRICTION)
    builders.enter_gestion(client, builders.colleague(Role.DPO))
    desk = client.get(reverse("admin:privacy_rightsrequest_change", args=[asked.pk])).content.decode()
    address = reverse("admin:privacy_rightsrequest_freeze", args=[asked.pk])
    assert address in desk
    assert client.get(address).status_code == 200
    done = client.post(address, {"ground": "accuracy", "reason": WHY})
    assert done.status_code == 302
    assert client.get(done["Location"]).status_code == 200
    assert "déjà limité" in client.post(address, {"ground": "accuracy", "reason": WHY}).content.decode()
    with isolation.system():
        [row] = Freeze.objects.all()
    assert row.request_number == asked.number
    lifted = reverse("admin:privacy_freeze_lift", args=[row.pk])
    assert client.post(lifted, {"reason": ""}).status_code == 200
    assert client.post(lifted, {"reason": "Confirmée."}).status_code == 302


def test_the_messages_say_nothing_of_why(cast: Cast) -> None:
    from privacy.restriction.emails import lifted_notice, set_notice

    row = frozen(cast)
    job = jobs.Job.objects.get(kind="restriction.set_notice")
    for handler in (set_notice, lifted_notice):
        with isolation.system():
            message = handler(job)
        assert message is not None
        assert message.to == [cast.alice_account.email]
        assert WHY not in message.body
        assert "données" in message.subject
    assert row.reason == WHY
