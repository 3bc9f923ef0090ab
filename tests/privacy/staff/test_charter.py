"""The staff charter: no right of staff switches on without it, each year and at each version (PDP-7.2)."""

import datetime

import pytest
import time_machine
from django.core import mail
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portals import jobs
from portals.accounts.models import Account
from portals.gestion import mode
from portals.gestion.roles import Role
from portals.terms.documents import fingerprint
from privacy.models import CharterAcknowledgement, CharterVersion, Entry
from privacy.staff.charter.actions import WORDS, OtherVersion, acknowledge, publish
from privacy.staff.charter.emails import remind
from privacy.staff.charter.first import first_text
from privacy.staff.charter.rules import State, stage, standing
from tests import builders
from tests.pages import words_of
from tests.privacy.vault.objects import reader

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-7.2")]

DAY = datetime.date(2026, 3, 2)
FIRST = [(1, datetime.date(2026, 1, 1))]


@pytest.fixture
def fresh(db: None) -> Account:
    """A member of staff who never saw the charter."""
    return builders.colleague(Role.AGENT, engaged=False)


@pytest.mark.parametrize(
    ("days", "state", "asked"),
    [
        (0, State.FINE, False),
        (334, State.FINE, False),
        (335, State.FINE, True),
        (364, State.FINE, True),
        (365, State.GRACE, True),
        (378, State.GRACE, True),
        (379, State.LATE, True),
    ],
)
def test_it_lasts_a_year_then_fourteen_days(days: int, state: State, asked: bool) -> None:
    found = standing((1, DAY), FIRST, DAY + datetime.timedelta(days=days))
    assert (found.state, found.asked) == (state, asked)
    assert found.due_on == DAY + datetime.timedelta(days=365)
    assert found.blocked_on == DAY + datetime.timedelta(days=379)
    assert found.blocks == (state == State.LATE)


def test_a_new_version_asks_from_its_day_on_and_the_first_missed_one_counts() -> None:
    second, third = (2, DAY + datetime.timedelta(days=20)), (3, DAY + datetime.timedelta(days=60))
    found = standing((1, DAY), [*FIRST, second, third], DAY + datetime.timedelta(days=30))
    assert (found.state, found.due_on) == (State.GRACE, second[1])
    assert standing((3, DAY), [*FIRST, second, third], DAY).due_on == DAY + datetime.timedelta(days=365)
    assert standing(None, FIRST, DAY).blocks
    assert not standing(None, [], DAY).blocks


def test_reminders_leave_thirty_days_seven_days_before_and_on_the_day() -> None:
    due = DAY
    left = {days: stage(due, due - datetime.timedelta(days=days)) for days in (31, 30, 8, 7, 1, 0, -3)}
    assert left == {31: None, 30: 30, 8: 30, 7: 7, 1: 7, 0: 0, -3: 0}


def test_the_first_version_comes_with_the_software_and_says_what_staff_owe() -> None:
    version = CharterVersion.objects.get(number=1)
    assert version.text == first_text()
    assert version.text_sha256 == fingerprint(version.text)
    for owed in ("secret professionnel", "avec une raison", "mot de passe", "pièce jointe", "appareils", "72"):
        assert owed in version.text


def test_rights_do_not_switch_on_before_it_is_acknowledged(client: Client, fresh: Account) -> None:
    builders.sign_in(client, fresh)
    wanted = reverse("admin:portals_account_changelist")
    for answer in (
        client.get(f"{reverse('admin:mode')}?next={wanted}"),
        client.post(reverse("admin:mode"), {"next": wanted}),
    ):
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, reverse("admin:charter"))
    assert mode.UNTIL not in client.session
    page = words_of(client.get(reverse("admin:charter")).content.decode())
    assert "Avant d’ouvrir vos droits" in page
    assert "secret professionnel" in page
    refused = client.post(reverse("admin:charter"), {"number": "1"})
    assert refused.status_code == 200
    assert not CharterAcknowledgement.objects.filter(account=fresh).exists()
    taken = client.post(reverse("admin:charter"), {"number": "1", "ticked": "on", "next": wanted})
    assert taken["Location"].startswith(reverse("admin:mode"))
    proof = CharterAcknowledgement.objects.get(account=fresh)
    assert (proof.version.number, proof.text_sha256, proof.words) == (1, fingerprint(first_text()), WORDS)
    assert Entry.objects.filter(action="charter.acknowledged", account_id=fresh.pk).exists()
    assert client.post(reverse("admin:mode"), {"next": wanted})["Location"] == wanted
    assert client.get(wanted).status_code == 200


def test_no_other_way_switches_them_on(client: Client, fresh: Account) -> None:
    builders.sign_in(client, fresh)
    request = client.get(reverse("admin:charter")).wsgi_request
    with pytest.raises(mode.StillAsked):
        mode.switch_on(request, by=fresh, motive="")


@pytest.mark.django_db(transaction=True, databases=["default", "vault"])
def test_the_vault_asks_for_it_too(client: Client) -> None:
    adviser = reader()
    later = timezone.now() + datetime.timedelta(days=400)
    with time_machine.travel(later, tick=False):
        builders.sign_in(client, adviser)
        assert client.get(reverse("medical:entrance"))["Location"] == reverse("admin:charter")


def test_a_year_later_it_warns_then_blocks(client: Client) -> None:
    begun = datetime.datetime(2026, 11, 3, 9, tzinfo=datetime.UTC)
    with time_machine.travel(begun, tick=False):
        agent = builders.colleague(Role.AGENT)
    with time_machine.travel(begun + datetime.timedelta(days=370), tick=False):
        builders.sign_in(client, agent)
        page = words_of(client.get(reverse("admin:mode")).content.decode())
        assert "vos droits ne s’ouvrent plus le 17 novembre 2027" in page.replace("\u00a0", " ")
        assert client.post(reverse("admin:mode"), {"motive": ""})["Location"] == "/gestion/"
    with time_machine.travel(begun + datetime.timedelta(days=380), tick=False):
        builders.sign_in(client, agent)
        assert client.post(reverse("admin:mode"), {"motive": ""})["Location"] == reverse("admin:charter")
        client.post(reverse("admin:charter"), {"number": "1", "ticked": "on"})
        assert CharterAcknowledgement.objects.filter(account=agent).count() == 2
        assert client.post(reverse("admin:mode"), {"motive": ""})["Location"] == "/gestion/"


@pytest.mark.parametrize("statement", ["UPDATE privacy_{} SET id = id", "DELETE FROM privacy_{}"])
@pytest.mark.parametrize("table", ["charterversion", "charteracknowledgement", "awarenessresult"])
def test_the_proofs_cannot_be_rewritten(statement: str, table: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


def test_the_text_read_is_the_one_acknowledged() -> None:
    officer, agent = builders.colleague(Role.SECURITY), builders.colleague(Role.AGENT)
    publish(by=officer, text="<p>Autre texte.</p>", changes="Tout.", effective_on=timezone.localdate())
    with pytest.raises(OtherVersion):
        acknowledge(by=agent, number=1)
    assert acknowledge(by=agent, number=2).text_sha256 == fingerprint("<p>Autre texte.</p>")


@pytest.mark.parametrize("role", [Role.DPO, Role.SECURITY])
def test_its_writers_publish_a_version_that_everybody_is_asked_for(role: Role, client: Client) -> None:
    builders.enter_gestion(client, builders.colleague(role))
    today = timezone.localdate()
    answers = {"text": first_text(), "changes": "", "effective_on": f"{today:%d/%m/%Y}"}
    address = reverse("admin:privacy_charterversion_publish")
    assert "Ce texte est celui" in words_of(client.post(address, answers).content.decode())
    answers["text"] = first_text().replace("destructeur", "broyeur")
    assert "ce qui change" in words_of(client.post(address, answers).content.decode())
    assert "balise" in client.post(address, {**answers, "text": "<script>1</script>"}).content.decode()
    assert client.post(address, {**answers, "changes": "Le papier va au broyeur."}).status_code == 302
    version = CharterVersion.objects.get(number=2)
    assert (version.published_by is not None, version.effective_on) == (True, today)


def test_reminders_name_nobody_and_leave_once() -> None:
    begun = datetime.datetime(2026, 11, 3, 9, tzinfo=datetime.UTC)
    with time_machine.travel(begun, tick=False):
        agent = builders.colleague(Role.AGENT, display_name="Nolwenn Le Goff")
        builders.staff()  # without a role, nothing is asked
    sent = []
    for days in (334, 335, 336, 358, 359, 365, 366):
        with time_machine.travel(begun + datetime.timedelta(days=days), tick=False):
            mail.outbox.clear()
            remind(timezone.now())
            jobs.run_due()
            sent.append([message.to for message in mail.outbox if message.to == [agent.email]])
            for message in mail.outbox:
                assert "Nolwenn" not in message.subject + str(message.body)
    assert [len(one) for one in sent] == [0, 1, 0, 1, 0, 1, 0]
