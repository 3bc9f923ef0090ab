"""Campaigns go to those who accept them, by their contract, and cannot read care."""

import ast
import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.households.models import Role as HouseholdRole
from portals.access import isolation
from portals.accounts.models import Account
from portals.gestion.roles import Role
from portals.jobs import run_due
from privacy.campaigns import reading
from privacy.campaigns.actions import AlreadySent, send
from privacy.campaigns.addressing import recipients_of
from privacy.campaigns.models import Campaign, CampaignMessage
from privacy.consents import Channel
from tests import builders
from tests.cast import Cast
from tests.privacy.campaigns.objects import campaign_by
from tests.privacy.consents.objects import accepts, ledger_of, says

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(cast: Cast) -> Account:
    return builders.colleague(Role.COMMUNICATION)


def addresses_of(campaign: Campaign) -> set[int]:
    return {one.account_id for one in recipients_of(campaign)}


def sent(campaign: Campaign, by: Account) -> list[str]:
    """To whom it went."""
    send(by=by, campaign=campaign)
    run_due(["campaign.address", "campaign.message"])
    return [to for message in mail.outbox for to in message.to]


def html_of(message: mail.EmailMessage) -> str:
    """Its HTML half."""
    assert isinstance(message, mail.EmailMultiAlternatives)
    return str(message.alternatives[0][0])


@pytest.mark.commitment("PDP-3.5")
@pytest.mark.commitment("PDP-5.3")
def test_a_campaign_reaches_those_who_accept_it_by_e_mail_and_nobody_else(cast: Cast, author: Account) -> None:
    accepts(cast.alice_account, cast.alice, "offers")
    accepts(cast.bob_account, cast.bob, "newsletter")
    assert sent(campaign_by(author), author) == [cast.alice_account.email]


@pytest.mark.commitment("PDP-5.3")
def test_whoever_changes_their_mind_after_it_was_sent_receives_nothing(cast: Cast, author: Account) -> None:
    accepts(cast.alice_account, cast.alice, "offers")
    campaign = campaign_by(author)
    send(by=author, campaign=campaign)
    run_due(["campaign.address"])
    says(cast.alice_account, cast.alice)
    run_due(["campaign.message"])
    assert mail.outbox == []
    with isolation.system():
        assert CampaignMessage.objects.get().held_back_at is not None


def test_a_campaign_is_sent_once_by_whoever_may_and_never_changes_after(cast: Cast, author: Account) -> None:
    accepts(cast.alice_account, cast.alice, "offers")
    campaign = campaign_by(author)
    with pytest.raises(PermissionDenied):
        send(by=builders.colleague(Role.DPO), campaign=campaign)
    send(by=author, campaign=campaign)
    with pytest.raises(AlreadySent):
        send(by=author, campaign=campaign)
    run_due(["campaign.address", "campaign.message"])
    assert len(mail.outbox) == 1


@pytest.mark.commitment("PDP-4.1")
@pytest.mark.parametrize(
    "table",
    ["members_benefitline", "members_statement", "members_carerequest", "members_simulation", "members_actcode",
     "members_guarantee", "privacy_entry"],
)  # fmt: skip
def test_the_database_refuses_a_campaign_that_asks_for_care(cast: Cast, table: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), reading.contract_only():
        connection.cursor().execute(f"SELECT count(*) FROM {table}")
    with connection.cursor() as cursor:  # and the former role is back
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("app",)


@pytest.mark.commitment("PDP-4.1")
def test_the_role_of_campaigns_reads_these_columns_and_no_other() -> None:
    """Whatever table comes later: a new right of this role has to be written here first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, string_agg(a.attname, ' ' ORDER BY a.attname) FROM pg_class c "
            "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
            "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm') "
            "AND has_column_privilege('campaigns', c.oid, a.attnum, 'SELECT') GROUP BY c.relname"
        )
        found = dict(cursor.fetchall())
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') "
            "AND (has_any_column_privilege('campaigns', oid, 'INSERT, UPDATE') "
            "OR has_table_privilege('campaigns', oid, 'DELETE, TRUNCATE'))"
        )
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT pg_has_role('campaigns', 'app', 'MEMBER')")
        assert cursor.fetchone() == (False,)
    assert found.keys() == {
        "members_cover", "members_person", "members_plan", "members_policy", "portals_account", "portals_grant",
        "privacy_choice", "privacy_death", "privacy_freeze", "privacy_purpose", "privacy_purposetext",
    }  # fmt: skip
    assert found["privacy_death"] == "space state subject_id tenant_id"
    assert found["members_person"] == "birth_date household_id id postcode role"
    assert found["portals_account"] == "email id is_active space state"


def test_what_addresses_a_campaign_writes_nothing(cast: Cast) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        reading.contract_only(),
        transaction.atomic(),
    ):
        connection.cursor().execute("UPDATE privacy_purpose SET rank = 1")


@pytest.mark.commitment("PDP-4.1")
@pytest.mark.commitment("PDP-5.1")
def test_no_module_of_campaigns_audiences_or_suggestions_imports_a_room_of_care() -> None:
    care = ("benefits", "statements", "quotes", "rights", "noemie", "simulations", "certificates", "home")
    root = Path(settings.ROOT)
    folders = ("privacy/campaigns", "privacy/consents", "members/audience", "members/suggestions")
    imported = {
        name
        for folder in folders
        for path in (root / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for name in _imported(node)
    }
    assert "members.coverage.models" in imported  # the reading itself works
    assert [name for name in imported if name.startswith(tuple(f"members.{room}" for room in care))] == []


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


@pytest.mark.commitment("PDP-5.1")
def test_who_receives_it_is_chosen_by_the_contract(cast: Cast, author: Account) -> None:
    for account, person in ((cast.alice_account, cast.alice), (cast.bob_account, cast.bob),
                            (cast.home.samir_account, cast.home.samir)):  # fmt: skip
        accepts(account, person, "offers")
    alice, bob, samir = cast.alice_account.pk, cast.bob_account.pk, cast.home.samir_account.pk
    assert addresses_of(campaign_by(author)) == {alice, bob, samir}
    assert addresses_of(campaign_by(author, holders=True)) == {alice, bob}
    assert addresses_of(campaign_by(author, kind="group")) == set()
    with isolation.system():
        plan = cast.bob.household.policies.get().plan.plan_code
    assert bob in addresses_of(campaign_by(author, plans=[plan]))
    assert addresses_of(campaign_by(author, age_from=119)) == set()


@pytest.mark.commitment("PDP-3.10")
@pytest.mark.commitment("PDP-8.5")
def test_whoever_objects_to_profiling_is_in_no_chosen_part_of_the_members(cast: Cast, author: Account) -> None:
    says(cast.alice_account, cast.alice, ("offers", Channel.EMAIL))
    accepts(cast.bob_account, cast.bob, "offers")
    assert addresses_of(campaign_by(author, holders=True)) == {cast.bob_account.pk}
    assert addresses_of(campaign_by(author)) == {cast.alice_account.pk, cast.bob_account.pk}


def test_no_campaign_reaches_a_minor_nor_whoever_has_left(cast: Cast, author: Account) -> None:
    today = timezone.localdate()
    teenager = builders.person(
        cast.alice.household, role=HouseholdRole.CHILD, birth_date=today - datetime.timedelta(days=17 * 365)
    )
    with isolation.system():
        builders.cover(cast.alice.household.policies.get(), teenager)
    accepts(builders.account(teenager), teenager, "offers")
    gone = builders.person(builders.household())
    accepts(builders.account(gone, ended_on=today - datetime.timedelta(days=9)), gone, "offers")
    assert addresses_of(campaign_by(author)) == set()


@pytest.mark.commitment("PDP-5.3")
@pytest.mark.commitment("PDP-8.6")
def test_one_click_of_the_mail_reader_leaves_the_list_at_once(cast: Cast, author: Account) -> None:
    """RFC 8058: the two headers, a POST without cookie, without page, and nothing asked."""
    accepts(cast.alice_account, cast.alice, "offers")
    sent(campaign_by(author), author)
    [message] = mail.outbox
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = message.extra_headers["List-Unsubscribe"].strip("<>")
    path = link.removeprefix(settings.SITE_ADDRESS.rstrip("/"))
    anybody = Client(enforce_csrf_checks=True)
    asked = anybody.get(path)
    assert asked.status_code == 200
    assert len(ledger_of(cast.alice)) == 1  # a machine that follows links changes nothing
    done = anybody.post(path, {"List-Unsubscribe": "One-Click"})
    assert "C’est fait" in done.content.decode()
    line = ledger_of(cast.alice)[0]
    assert (line.decision, line.channel, line.way) == ("withdrawn", "email", "link")
    assert addresses_of(campaign_by(author)) == set()
    assert anybody.post(path).status_code == 200  # twice is once
    assert len(ledger_of(cast.alice)) == 2
    assert path in message.body
    assert path in html_of(message)


def test_the_message_names_nobody_and_its_links_lead_to_the_site(cast: Cast, author: Account) -> None:
    accepts(cast.alice_account, cast.alice, "offers")
    sent(campaign_by(author), author)
    [message] = mail.outbox
    whole = f"{message.subject} {message.body} {html_of(message)}"
    assert not any(word in whole for word in ("Alice", "Le Goff", cast.alice.household.member_number))
    assert f"{settings.SITE_ADDRESS.rstrip('/')}/aide/" in message.body


def test_a_forged_link_leaves_nothing(cast: Cast) -> None:
    for token in ("1", "MQ:1abc:forged", "x" * 300):
        assert Client().post(reverse("privacy:unsubscribe", args=[token])).status_code == 410


def test_staff_write_reread_try_and_send_without_seeing_a_name(cast: Cast, author: Account) -> None:
    accepts(cast.alice_account, cast.alice, "offers")
    client = builders.enter_gestion(Client(), author)
    answers = {"purpose": "offers", "subject": "Une réunion", "text": "Venez.", "segment_kind": "individual"}
    page = client.post(reverse("admin:privacy_campaign_write"), answers, follow=True).content.decode()
    assert "Une personne la recevrait" in page
    assert "contrat individuel" in page
    campaign = Campaign.objects.get()
    assert campaign.criteria == {"kind": "individual"}
    client.post(reverse("admin:privacy_campaign_try", args=[campaign.pk]))
    client.post(reverse("admin:privacy_campaign_send", args=[campaign.pk]))
    run_due(["campaign.try", "campaign.address", "campaign.message"])
    assert sorted(to for message in mail.outbox for to in message.to) == sorted(
        [author.email, cast.alice_account.email]
    )
    shown = client.get(reverse("admin:privacy_campaign_change", args=[campaign.pk])).content.decode()
    assert "Le Goff" not in page + shown
    assert "Envoi lancé" in shown


def test_a_wrong_segment_is_refused_with_words(cast: Cast, author: Account) -> None:
    client = builders.enter_gestion(Client(), author)
    answers = {
        "purpose": "offers", "subject": "Une réunion", "text": "Venez.", "segment_age_from": "60",
        "segment_age_to": "30", "segment_departments": "Finistère",
    }  # fmt: skip
    page = client.post(reverse("admin:privacy_campaign_write"), answers).content.decode()
    assert "plus petit que l’autre" in page
    assert "Écrivez des numéros de département" in page
    assert not Campaign.objects.exists()
