"""The ledger of choices: immutable, with the text that was shown, and in force at once."""

import pytest
from django.db import ProgrammingError, connection, transaction

from portals.access import isolation
from privacy.consents import Channel, may_use
from privacy.consents.actions import NotOffered, Received, TextsChanged, choose, write_down
from privacy.consents.holders import Chooser
from privacy.consents.models import Choice, Purpose
from privacy.consents.publishing import Words, publish
from privacy.consents.queries import offered_to
from privacy.consents.rules import Capacity, Decision, Way
from tests import builders
from tests.cast import Cast
from tests.privacy.consents.objects import SAID, accepts, choice_by_post, holder_of, ledger_of, says

pytestmark = pytest.mark.django_db


def may(cast: Cast, purpose: str, channel: Channel) -> bool:
    with isolation.system():
        return may_use(holder_of(cast.alice), purpose, channel)


@pytest.mark.commitment("PDP-5.3")
@pytest.mark.commitment("PDP-8.6")
def test_a_choice_holds_from_the_same_instant_for_its_channel_alone(cast: Cast) -> None:
    assert not may(cast, "newsletter", Channel.EMAIL)
    says(cast.alice_account, cast.alice, ("newsletter", Channel.EMAIL))
    assert may(cast, "newsletter", Channel.EMAIL)
    assert not may(cast, "newsletter", Channel.POST)
    assert not may(cast, "offers", Channel.EMAIL)
    says(cast.alice_account, cast.alice)
    assert not may(cast, "newsletter", Channel.EMAIL)


@pytest.mark.commitment("CGU-8.9")
@pytest.mark.commitment("PDP-8.5")
def test_an_objection_needs_no_reason_and_holds_at_once(cast: Cast) -> None:
    assert may(cast, "personalisation", Channel.WHOLE)
    says(cast.alice_account, cast.alice)
    assert not may(cast, "personalisation", Channel.WHOLE)
    assert ledger_of(cast.alice)[0].decision == Decision.OBJECTED


@pytest.mark.commitment("PDP-3.6")
def test_each_line_keeps_the_text_the_channel_the_actor_and_the_instant(cast: Cast) -> None:
    accepts(cast.alice_account, cast.alice, "offers")
    [line] = ledger_of(cast.alice)
    assert (line.decision, line.channel, line.capacity, line.way) == ("given", "email", "self", "space")
    assert line.by_account == cast.alice_account.pk
    assert "jamais d’après vos soins" in line.text.text


@pytest.mark.commitment("PDP-3.6")
def test_the_application_can_neither_rewrite_nor_remove_a_line_or_a_text(cast: Cast) -> None:
    accepts(cast.alice_account, cast.alice, "offers")
    for statement in (
        "UPDATE privacy_choice SET decision = 'withdrawn'", "DELETE FROM privacy_choice",
        "UPDATE privacy_purposetext SET text = ''", "TRUNCATE privacy_choice",
    ):  # fmt: skip
        with isolation.system(), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


def test_the_same_boxes_again_add_no_line(cast: Cast) -> None:
    accepts(cast.alice_account, cast.alice, "offers")
    accepts(cast.alice_account, cast.alice, "offers")
    assert len(ledger_of(cast.alice)) == 1


@pytest.mark.commitment("PDP-3.6")
def test_a_text_that_changed_while_it_was_read_records_nothing(cast: Cast) -> None:
    chooser = Chooser(holder_of(cast.alice), "Alice", Capacity.SELF)
    with isolation.system():
        read = [one.text.pk for one in offered_to(chooser.holder)]
        publish(
            by=builders.staff(), purpose=Purpose.objects.get(code="offers"), words=Words("Offres", "Autre.", "Nous")
        )
        with pytest.raises(TextsChanged):
            choose(by=cast.alice_account, chooser=chooser, ticked={("offers", "email")}, read=read)
    assert ledger_of(cast.alice) == []


def test_a_new_text_that_asks_again_makes_the_accord_void(cast: Cast) -> None:
    accepts(cast.alice_account, cast.alice, "offers", "newsletter")
    publish(
        by=builders.staff(), purpose=Purpose.objects.get(code="offers"), words=Words("Offres", "Avec un partenaire.", "Nous"),
        asks_again=True,
    )  # fmt: skip
    assert not may(cast, "offers", Channel.EMAIL)
    assert may(cast, "newsletter", Channel.EMAIL)


@pytest.mark.commitment("CGU-8.10")
def test_a_special_authorisation_is_added_by_a_text_and_withdrawn_like_the_others(cast: Cast) -> None:
    purpose = Purpose(code="photo", kind="special", basis="consent", channels=["whole"])
    publish(by=builders.staff(), purpose=purpose, words=Words("Votre photo", "Dans notre journal.", "La communication"))
    says(cast.alice_account, cast.alice, ("photo", Channel.WHOLE))
    assert may(cast, "photo", Channel.WHOLE)
    says(cast.alice_account, cast.alice)
    assert not may(cast, "photo", Channel.WHOLE)


def test_a_stopped_or_unknown_purpose_allows_nothing(cast: Cast) -> None:
    accepts(cast.alice_account, cast.alice, "offers")
    Purpose.objects.filter(code="offers").update(retired_at="2026-01-01T00:00Z")
    assert not may(cast, "offers", Channel.EMAIL)
    assert not may(cast, "anything", Channel.EMAIL)


def test_a_household_reads_and_writes_no_line_of_another(cast: Cast) -> None:
    accepts(cast.alice_account, cast.alice, "offers")
    with isolation.tenant("adherent", cast.bob.household_id):
        assert not Choice.objects.exists()
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            choose(
                by=cast.bob_account, chooser=Chooser(holder_of(cast.alice), "Alice", Capacity.SELF),
                ticked={("offers", "email")}, read=[one.text.pk for one in offered_to(holder_of(cast.alice))],
            )  # fmt: skip


@pytest.mark.commitment("PDP-3.6")
def test_a_choice_received_by_post_says_so_and_cannot_stand_without_its_proof(cast: Cast) -> None:
    line = choice_by_post(cast.alice)
    assert (line.capacity, line.way) == ("staff", "post")
    assert may(cast, "newsletter", Channel.EMAIL)
    with isolation.system(), pytest.raises(Exception, match="choice_by_staff_has_its_proof"), transaction.atomic():
        Choice.objects.create(
            space="adherent", tenant_id=1, subject_id=1, purpose=line.purpose, text=line.text, channel="email",
            decision="given", capacity=Capacity.STAFF, way=Way.PHONE, said_on=line.said_on,
        )  # fmt: skip


def test_a_letter_that_changes_nothing_is_kept_all_the_same(cast: Cast) -> None:
    choice_by_post(cast.alice)
    choice_by_post(cast.alice)
    assert [line.decision for line in ledger_of(cast.alice)] == ["given", "given"]


def test_nothing_is_written_for_a_purpose_or_channel_that_is_not_offered(cast: Cast) -> None:
    with pytest.raises(NotOffered):
        write_down(
            by=builders.staff(), holder=holder_of(cast.alice), purpose="newsletter", channel=Channel.SMS, accepts=True,
            received=Received(Way.PHONE, SAID, "A-1"),
        )  # fmt: skip
