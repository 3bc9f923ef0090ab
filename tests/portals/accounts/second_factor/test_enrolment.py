"""Adding, naming and removing devices, and the recovery codes that are shown once."""

import re
import time

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django_otp import DEVICE_ID_SESSION_KEY

from portals.access import isolation
from portals.accounts import sessions
from portals.accounts.models import Account
from portals.accounts.second_factor import actions, queries, rules
from portals.accounts.second_factor.models import RecoveryCodes, TotpDevice
from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast
from tests.newcomer import mails

CHOICE = "/verification/appareil/"
APPLICATION = f"{CHOICE}application/"
CODES = f"{CHOICE}codes/"


@pytest.fixture
def account(cast: Cast) -> Account:
    return cast.company_account


@pytest.fixture
def client(account: Account) -> Client:
    """An employer who has given the password and has no device."""
    return builders.sign_in(Client(), account, verified=False)


def key_on(page: str) -> bytes:
    written = re.search(r'class="key" translate="no">([A-Z2-7 ]+)<', page)
    assert written
    import base64

    text = written[1].replace(" ", "")
    return base64.b32decode(text + "=" * (-len(text) % 8))


def codes_on(page: str) -> list[str]:
    return re.findall(r"<li>((?:\w{4}-){2}\w{4})</li>", page)


def add_application(client: Client, name: str = "Téléphone") -> tuple[bytes, str]:
    """Through the pages; returns the key and where the last one led."""
    assert client.post(CHOICE, {"kind": "application"})["Location"] == APPLICATION
    key = key_on(client.get(APPLICATION).text)
    done = client.post(APPLICATION, {"name": name, "token": builders.code_of(key)})
    assert done.status_code == 302
    return key, done["Location"]


def journal(action: str) -> list[Entry]:
    with isolation.system():
        return list(Entry.objects.filter(action=action).order_by("id"))


@pytest.mark.commitment("CGU-3.26")
@pytest.mark.asvs("6.3.3")
def test_an_account_that_must_have_a_device_adds_one_and_enters(client: Client, account: Account) -> None:
    assert client.get("/employeur/")["Location"] == CHOICE
    page = client.get(CHOICE)
    assert page.status_code == 200 and "Avant d’entrer" in page.text
    before = client.session.session_key
    key, then = add_application(client)
    assert then == CODES
    assert client.session.session_key != before and DEVICE_ID_SESSION_KEY in client.session
    shown = client.post(CODES, {"act": "draw"})
    assert len(codes_on(shown.text)) == 10
    assert client.post(CODES, {"act": "keep"})["Location"] == "/employeur/"
    assert client.get("/employeur/").status_code == 200
    assert RecoveryCodes.objects.get().kept_at is not None
    assert TotpDevice.objects.get().bin_key == key


def test_the_first_code_is_spent_by_the_enrolment(client: Client, account: Account) -> None:
    with time_machine.travel(time.time(), tick=False):
        key, _ = add_application(client)
        device = TotpDevice.objects.get()
        assert not actions.try_code(by=account, device=device, code=builders.code_of(key)).is_good


def test_a_wrong_first_code_adds_nothing(client: Client) -> None:
    client.post(CHOICE, {"kind": "application"})
    answer = client.post(APPLICATION, {"name": "Téléphone", "token": "000000"})
    assert answer.status_code == 400 and "n’est pas celui que l’application montre" in answer.text
    assert not TotpDevice.objects.filter(confirmed=True).exists()
    assert client.get("/employeur/")["Location"] == CHOICE


def test_the_key_is_drawn_and_written_on_a_page_without_any_style_attribute(client: Client) -> None:
    client.post(CHOICE, {"kind": "application"})
    page = client.get(APPLICATION)
    assert "<svg" in page.text and 'class="qr"' in page.text
    assert not re.search(r"\sstyle=", page.text)
    assert "no-store" in page["Cache-Control"]


def test_reading_the_page_again_shows_the_same_key_and_beginning_again_another(client: Client) -> None:
    client.post(CHOICE, {"kind": "application"})
    key = key_on(client.get(APPLICATION).text)
    assert key_on(client.get(APPLICATION).text) == key
    client.post(CHOICE, {"kind": "application"})
    assert key_on(client.get(APPLICATION).text) != key
    assert TotpDevice.objects.count() == 1


@pytest.mark.asvs("6.5.1")
def test_the_recovery_codes_are_shown_once_and_renewing_them_ends_the_former(client: Client, account: Account) -> None:
    add_application(client)
    first = codes_on(client.post(CODES, {"act": "draw"}).text)
    assert not codes_on(client.get(CODES).text)
    second = codes_on(client.post(CODES, {"act": "draw"}).text)
    assert not set(first) & set(second)
    codes = queries.recovery_codes_of(account)
    assert codes is not None
    assert not actions.try_code(by=account, device=codes, code=first[0]).is_good
    RecoveryCodes.objects.update(throttling_failure_timestamp=None)
    assert actions.try_code(by=account, device=codes, code=second[0]).is_good


def test_a_temporary_password_is_replaced_before_a_device_is_added(cast: Cast) -> None:
    Account.objects.filter(pk=cast.company_account.pk).update(must_choose_password=True)
    client = builders.sign_in(Client(), cast.company_account, verified=False)
    for page in (CHOICE, APPLICATION, f"{CHOICE}cle/", CODES):
        assert client.get(page)["Location"] == "/mot-de-passe/nouveau/"
        assert client.post(page, {"kind": "application"})["Location"] == "/mot-de-passe/nouveau/"
    assert not TotpDevice.objects.exists()


def test_a_session_without_second_factor_cannot_add_a_device_beside_the_one_there_is(
    client: Client, account: Account
) -> None:
    """A session that is older than the device, or that came in around the stage, ends instead."""
    builders.totp(account)
    assert client.post(CHOICE, {"kind": "application"})["Location"] == "/connexion/"
    assert client.get("/compte/").status_code == 302
    assert TotpDevice.objects.count() == 1


@pytest.mark.commitment("CGU-3.26")
def test_a_member_proves_themselves_again_before_adding_a_device(cast: Cast) -> None:
    client = builders.sign_in(Client(), cast.alice_account, verified=False)
    assert client.get(CHOICE).status_code == 302
    assert client.post(CHOICE, {"kind": "application"})["Location"].startswith(reverse("portals:step_up"))
    assert not TotpDevice.objects.exists()


@pytest.mark.asvs("6.3.7", "7.4.3")
def test_adding_a_device_ends_the_other_sessions_keeps_this_one_and_tells_the_owner(
    client: Client, account: Account
) -> None:
    other = builders.sign_in(Client(), account)
    assert other.get("/compte/").status_code == 200
    add_application(client)
    assert client.get("/compte/").status_code == 200
    assert other.get("/compte/").status_code == 302
    assert [sent.subject for sent in mails()] == ["Un moyen de vérification a été ajouté"]
    assert mail.outbox == []


@pytest.mark.asvs("6.5.6")
def test_a_device_is_renamed_and_removed_by_its_owner(cast: Cast) -> None:
    account = cast.alice_account
    device, _ = builders.totp(account)
    other = builders.sign_in(Client(), account)
    client = builders.sign_in(Client(), account)
    address = f"{CHOICE}application/{device.pk}"
    assert client.post(f"{address}/nom/", {"name": "Vieux téléphone"}).status_code == 302
    assert "Vieux téléphone" in client.get(f"{address}/retirer/").text
    actions.draw_recovery_codes(by=account)
    assert client.post(f"{address}/retirer/").status_code == 302
    assert not TotpDevice.objects.exists() and not RecoveryCodes.objects.exists()
    assert client.get("/compte/").status_code == 200 and DEVICE_ID_SESSION_KEY not in client.session
    assert other.get("/compte/").status_code == 302
    assert "Un moyen de vérification a été retiré" in [sent.subject for sent in mails()]


def test_the_last_device_stays_where_one_is_required(account: Account) -> None:
    device, _ = builders.totp(account)
    client = builders.sign_in(Client(), account)
    kept = client.post(f"{CHOICE}application/{device.pk}/retirer/")
    assert kept.status_code == 403 and "dernier moyen de vérification" in kept.text
    assert TotpDevice.objects.count() == 1
    second, _ = builders.totp(account, name="Tablette")
    assert client.post(f"{CHOICE}application/{device.pk}/retirer/").status_code == 302
    assert TotpDevice.objects.get().pk == second.pk


@pytest.mark.parametrize("act", ["nom", "retirer"])
def test_somebody_elses_device_is_a_missing_one(account: Account, cast: Cast, act: str) -> None:
    theirs, _ = builders.totp(cast.rival_account)
    client = builders.sign_in(Client(), account)
    for address in (
        f"application/{theirs.pk}",
        "application/999999999999999999999",
        f"cle/{theirs.pk}",
        "secours/1",
        "x/1",
    ):
        assert client.post(f"{CHOICE}{address}/{act}/", {"name": "x"}).status_code == 404
    assert TotpDevice.objects.count() == 1


@pytest.mark.parametrize("act", ["nom", "retirer"])
@pytest.mark.asvs("7.5.1")
def test_changing_a_device_asks_for_a_fresh_proof(account: Account, act: str) -> None:
    device, _ = builders.totp(account)
    client = builders.sign_in(Client(), account)
    session = client.session
    session[sessions.BEGAN] -= 600
    session.save()
    assert client.post(f"{CHOICE}application/{device.pk}/{act}/", {"name": "x"})["Location"].startswith(
        reverse("portals:step_up")
    )
    assert TotpDevice.objects.get().name == "Téléphone"


@pytest.mark.asvs("16.3.1")
def test_the_journal_holds_each_change_and_no_secret(client: Client, account: Account) -> None:
    key, _ = add_application(client, name="Téléphone de Marie")
    codes = codes_on(client.post(CODES, {"act": "draw"}).text)
    device = TotpDevice.objects.get()
    extra, _ = builders.totp(account, name="Tablette")
    client.post(f"{CHOICE}application/{extra.pk}/nom/", {"name": "Autre"})
    client.post(f"{CHOICE}application/{extra.pk}/retirer/")
    added = journal("second_factor.added")
    assert [entry.details for entry in added] == [
        {"kind": "application", "device": device.pk},
        {"kind": "application", "device": extra.pk},
    ]
    for action in ("second_factor.recovery_codes_drawn", "second_factor.renamed", "second_factor.removed"):
        assert [entry.account_id for entry in journal(action)] == [account.pk]
    with isolation.system():
        everything = str(list(Entry.objects.values()))
    for secret in (rules.written_key(key), key.hex(), "Marie", *codes, *map(rules.as_typed, codes)):
        assert secret not in everything


@pytest.mark.asvs("6.5.2")
def test_neither_keys_nor_codes_can_be_read_in_any_row_of_the_database(client: Client, account: Account) -> None:
    """Every table, as text and as bytes, after an enrolment through the pages."""
    from django.db import connection

    key, _ = add_application(client)
    codes = codes_on(client.post(CODES, {"act": "draw"}).text)
    needles = [rules.written_key(key), rules.grouped(rules.written_key(key)), key.hex(), *codes]
    needles += [rules.as_typed(code) for code in codes]
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.scope', 'system', true)")
        tables = connection.introspection.table_names(cursor)
        found = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            text = "\n".join(row[0] for row in cursor.fetchall())
            readable = text + bytes.fromhex("".join(re.findall(r"\\\\?x([0-9a-f]{2,})", text))).decode("latin-1")
            found += [(table, needle) for needle in needles if needle in readable]
    assert len(tables) > 20
    assert found == []


def test_devices_are_told_with_what_the_security_page_needs(account: Account) -> None:
    assert queries.devices_of(account).listed == ()
    device, _ = builders.totp(account)
    told = queries.devices_of(account)
    assert [(one.name, one.words, one.is_removable) for one in told.listed] == [
        ("Téléphone", "Application de codes", False)
    ]
    assert (told.codes_left, told.is_required) == (None, True)
    actions.draw_recovery_codes(by=account)
    assert queries.devices_of(account).codes_left == 10
    assert str(device) == f"application {device.pk}"
