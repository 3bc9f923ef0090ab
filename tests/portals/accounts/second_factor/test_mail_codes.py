"""The e-mailed code: a step-up for members without a device. It opens no session and is no second factor."""

import datetime
import re

import pytest
import time_machine

from portals.accounts.models import Account
from portals.accounts.second_factor.mail_codes import NoMailCode, ask_mail_code, try_mail_code
from portals.accounts.second_factor.models import MailCode
from portals.accounts.second_factor.queries import has_device
from tests import builders
from tests.cast import Cast
from tests.newcomer import mails

NOW = datetime.datetime(2026, 10, 14, 8, 0, tzinfo=datetime.UTC)
SESSION = "the session that asked"


@pytest.fixture
def account(cast: Cast) -> Account:
    return cast.alice_account


def code_received() -> str:
    (sent,) = mails()
    found = re.search(r"\b\d{6}\b", str(sent.body))
    assert found and found[0] not in sent.subject
    return found[0]


@pytest.mark.asvs("6.6.2", "6.5.5")
def test_the_code_is_good_once_for_the_session_that_asked(account: Account) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        ask_mail_code(by=account, session_key=SESSION)
        code = code_received()
        assert not try_mail_code(by=account, session_key="another session", code=code)
        assert try_mail_code(by=account, session_key=SESSION, code=code)
        assert not try_mail_code(by=account, session_key=SESSION, code=code)
        ask_mail_code(by=account, session_key=SESSION)
        late = code_received()
        clock.shift(600)
        assert not try_mail_code(by=account, session_key=SESSION, code=late)


@pytest.mark.asvs("6.6.3")
def test_five_wrong_codes_void_the_right_one(account: Account) -> None:
    ask_mail_code(by=account, session_key=SESSION)
    code = code_received()
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    assert not any(try_mail_code(by=account, session_key=SESSION, code=wrong) for _ in range(5))
    assert not try_mail_code(by=account, session_key=SESSION, code=code)


@pytest.mark.asvs("6.5.2")
def test_the_code_is_drawn_when_the_message_is_written_and_only_its_hash_stays(account: Account) -> None:
    ask_mail_code(by=account, session_key=SESSION)
    asked = MailCode.objects.get()
    assert bytes(asked.digest) == b"" and not try_mail_code(by=account, session_key=SESSION, code="")
    code = code_received()
    kept = MailCode.objects.values().get()
    assert code.encode() not in bytes(kept["digest"]) and SESSION not in str(kept)


@pytest.mark.asvs("6.3.6")
def test_it_is_no_second_factor_and_is_not_sent_beside_one(account: Account) -> None:
    ask_mail_code(by=account, session_key=SESSION)
    assert not has_device(account)
    builders.totp(account)
    with pytest.raises(NoMailCode):
        ask_mail_code(by=account, session_key=SESSION)


def test_a_new_code_ends_the_former_and_a_day_has_few(account: Account) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        ask_mail_code(by=account, session_key=SESSION)
        first = code_received()
        for _ in range(4):
            clock.shift(60)
            ask_mail_code(by=account, session_key=SESSION)
            code_received()
        assert MailCode.objects.count() == 1
        assert not try_mail_code(by=account, session_key=SESSION, code=first)
        with pytest.raises(NoMailCode):
            ask_mail_code(by=account, session_key=SESSION)
