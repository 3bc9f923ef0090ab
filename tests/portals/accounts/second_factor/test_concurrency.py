"""Fifty posts of one code at the same instant: one is right."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from portals.access import isolation
from portals.accounts import limits
from portals.accounts.limits.budgets import key_of
from portals.accounts.models import Account
from portals.accounts.second_factor import actions
from portals.accounts.second_factor.mail_codes import ask_mail_code, try_mail_code, write_mail_code
from portals.accounts.second_factor.models import RecoveryCodes
from privacy.audit.models import Entry
from tests import builders
from tests.harness import processes
from tests.newcomer import sign_in

pytestmark = pytest.mark.django_db(transaction=True)

POSTS = 50


@pytest.fixture
def account(transactional_db: None) -> Account:
    return builders.account(builders.company())


def all_at_once[T](act: Callable[[int], T]) -> list[T]:
    """Fifty threads, each with its own connection, that start together."""
    start = Barrier(POSTS)

    def run(rank: int) -> T:
        try:
            connection.ensure_connection()
            start.wait(timeout=30)
            return act(rank)
        finally:
            connection.close()

    with ThreadPoolExecutor(POSTS) as threads:
        return list(threads.map(run, range(POSTS)))


@pytest.mark.asvs("6.5.1")
def test_one_code_under_fifty_concurrent_tries_is_good_once(account: Account) -> None:
    device, key = builders.totp(account)
    code = builders.code_of(key)
    attempts = all_at_once(lambda _: actions.try_code(by=account, device=device, code=code))
    assert sum(attempt.is_good for attempt in attempts) == 1
    with isolation.system():
        results = Counter(Entry.objects.filter(action="second_factor.verified").values_list("result", flat=True))
    assert results == {"done": 1, "refused": POSTS - 1}


@pytest.mark.asvs("6.5.1")
def test_one_recovery_code_under_fifty_concurrent_tries_is_good_once(account: Account) -> None:
    builders.totp(account)
    codes = actions.draw_recovery_codes(by=account)
    device = RecoveryCodes.objects.get()
    attempts = all_at_once(lambda _: actions.try_code(by=account, device=device, code=codes[0]))
    assert sum(attempt.is_good for attempt in attempts) == 1
    device.refresh_from_db()
    assert len(device.digests) == 9


@pytest.mark.asvs("6.5.1")
def test_fifty_half_signed_in_browsers_that_post_one_code_open_one_session(account: Account) -> None:
    """Through the whole site: middleware, limits, stage. Each browser has given the password, over hours: not so many
    may within five minutes."""
    _, key = builders.totp(account)
    browsers = [Client(REMOTE_ADDR=f"198.51.100.{rank}") for rank in range(POSTS)]
    for browser in browsers:
        assert sign_in(browser, account.identifier, builders.PASSWORD)["Location"] == "/verification/"
        processes.broker().delete(key_of(limits.PASSWORD, account.identifier))
    code = builders.code_of(key)
    answers = all_at_once(lambda rank: browsers[rank].post("/verification/", {"token": code}))
    opened = [browser for browser in browsers if "_auth_user_id" in browser.session]
    assert len(opened) == 1
    statuses = Counter(answer.status_code for answer in answers)
    assert statuses[302] == 1 and statuses[400] + statuses[429] == POSTS - 1


@pytest.mark.asvs("6.5.1", "6.6.2")
def test_one_mailed_code_under_fifty_concurrent_tries_is_good_once(account: Account) -> None:
    ask_mail_code(by=account, session_key="the session")
    with isolation.system():
        code = write_mail_code(account)
    assert code is not None
    tried = all_at_once(lambda _: try_mail_code(by=account, session_key="the session", code=code))
    assert sum(tried) == 1
