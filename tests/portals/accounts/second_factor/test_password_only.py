"""The password alone reaches nothing: every address, every method, against two people who gave it and nothing else."""

import functools
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.cached_db import SessionStore
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse
from django.urls.converters import IntConverter, UUIDConverter
from django.urls.resolvers import RegexPattern

from portals.accounts.models import Account
from portals.terms.middleware import ALWAYS_OPEN
from tests import builders
from tests.cast import Cast
from tests.harness.visits import Visit
from tests.newcomer import sign_in
from tests.permissions.matrix import url_names
from tests.permissions.objects import OBJECTS
from tests.permissions.walks import leave

pytestmark = [pytest.mark.commitment("CGU-2.5", "CGU-3.26"), pytest.mark.asvs("6.3.3", "6.3.4")]

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
SAMPLES = {IntConverter: 1, UUIDConverter: "00000000-0000-0000-0000-000000000001"}
CODE_PAGE = "portals:second_factor"
ENROLMENT = {
    "portals:second_factor_new",
    "portals:second_factor_totp",
    "portals:second_factor_passkey",
    "portals:second_factor_codes",
}


def address_of(name: str, cast: Cast) -> str:
    """The address of a name; where the table of permissions names no object, any value will do."""
    if name.endswith(":None"):  # the last pattern of Django's admin: whatever it does not know
        return reverse(name.replace(":None", ":index")) + "nowhere/"
    if name in OBJECTS:
        return reverse(name, kwargs=OBJECTS[name](cast))
    asked = _asked_for()[name]
    return reverse(name, kwargs={key: SAMPLES.get(type(converter), "portals") for key, converter in asked.items()})


@functools.cache
def _asked_for() -> dict[str, dict[str, Any]]:
    return converters_of(get_resolver().url_patterns, "")


def posts(name: str, cast: Cast) -> Iterator[tuple[str, str]]:
    """Each method on the address; what its object needed and what the answers wrote are undone before the next name."""
    with transaction.atomic():
        address = address_of(name, cast)
        for method in METHODS:
            yield method, address
        transaction.set_rollback(True)


def converters_of(patterns: list[URLPattern | URLResolver], prefix: str) -> dict[str, dict[str, Any]]:
    """What each named address asks for."""
    found: dict[str, dict[str, Any]] = {}
    for pattern in patterns:
        groups = dict.fromkeys(pattern.pattern.regex.groupindex) if isinstance(pattern.pattern, RegexPattern) else {}
        own = groups or getattr(pattern.pattern, "converters", {})
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            below = converters_of(pattern.url_patterns, inner)
            found |= {name: own | asked for name, asked in below.items()}
        else:
            found[f"{prefix}{pattern.name}"] = own
    return found


class Browser:
    """Asks as somebody whose session holds `state`, so that no answer changes what the next one meets."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.state = state
        self.session_key: str | None = None
        self.visit = Visit()

    def answer(self, method: str, address: str) -> HttpResponseBase:
        """The session is another one as soon as an answer, or the end of an address, has changed it or put it away."""
        if self.session_key is None or SessionStore(self.session_key).load() != self.state:
            self.session_key = _session_with(self.state)
        self.visit.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: self.session_key})
        return self.visit.generic(method, address)

    def forget(self) -> None:
        """What was written in the session is undone: the next answer is asked for with another one."""
        self.session_key = None


def _session_with(state: dict[str, Any]) -> str:
    session = SessionStore()
    session.update(state)
    session.create()
    assert session.session_key
    return session.session_key


def stranger_told(visit: Visit, method: str, address: str) -> HttpResponseBase:
    """What somebody with no session at all is answered."""
    visit.cookies.clear()
    return visit.generic(method, address)


def told(answer: HttpResponseBase) -> tuple[int, str]:
    return answer.status_code, answer.get("Location", "")


@pytest.fixture
def half_signed_in(cast: Cast) -> Client:
    """An employer with a device, who has given the password and not the code."""
    builders.totp(cast.company_account)
    client = Client()
    assert sign_in(client, cast.company_account.identifier, builders.PASSWORD)["Location"] == "/verification/"
    return client


def test_a_password_without_its_code_is_worth_nobodys_visit(half_signed_in: Client, cast: Cast) -> None:
    """Each address answers as it does to a stranger; the code page alone knows the difference."""
    wrong = []
    browser, nobody = Browser(dict(half_signed_in.session)), Visit()
    for name in url_names():
        browser.forget()
        for method, address in posts(name, cast):
            theirs = browser.answer(method, address)
            strangers = stranger_told(nobody, method, address)
            leave(theirs)
            leave(strangers)
            if name == CODE_PAGE and method in {"GET", "HEAD", "POST"}:
                assert theirs.status_code in {200, 400}
            elif told(theirs) != told(strangers):
                wrong.append(f"{method} {name}: {told(theirs)}, not {told(strangers)}")
    assert wrong == []
    assert len(url_names()) > 40


def test_whoever_must_have_a_device_and_has_none_reaches_the_enrolment_and_what_is_public(cast: Cast) -> None:
    signed_in = builders.sign_in(Client(), cast.company_account, verified=False)
    browser = Browser(dict(signed_in.session))
    wrong = []
    for name in url_names():
        if name in ALWAYS_OPEN:
            continue
        browser.forget()
        for method, address in posts(name, cast):
            answer = browser.answer(method, address)
            leave(answer)
            leads_to_enrolment = told(answer) == (302, reverse("portals:second_factor_new"))
            is_another_space = answer.status_code == 404
            if not (leads_to_enrolment or is_another_space):
                wrong.append(f"{method} {name}: {told(answer)}")
    assert wrong == []


def test_what_stays_open_is_the_enrolment_and_nothing_else_of_the_second_factor() -> None:
    ours = {name for name in url_names() if name.startswith("portals:second_factor")}
    assert ours & ALWAYS_OPEN == ENROLMENT
    assert CODE_PAGE in ours and CODE_PAGE not in ALWAYS_OPEN


@pytest.mark.parametrize(
    "address",
    [
        "/registration/begin/", "/registration/complete/", "/authentication/begin/", "/authentication/complete/",
        "/webauthn/authentication/complete/", "/verification/authentication/complete/", "/.well-known/webauthn",
        "/accounts/login/", "/accounts/2fa/", "/_allauth/app/v1/auth/login",
    ],
)  # fmt: skip
def test_no_address_of_the_libraries_is_served(address: str, db: None) -> None:
    """django-otp-webauthn's views open a session with a passkey alone; allauth's know other ways in."""
    with pytest.raises(Resolver404):
        resolve(address)
    with pytest.raises(NoReverseMatch):
        reverse("otp_webauthn:credential-authentication-complete")
    assert settings.OTP_WEBAUTHN_ALLOW_PASSWORDLESS_LOGIN is False
    assert not any("webauthn" in backend.lower() for backend in settings.AUTHENTICATION_BACKENDS)


def test_a_member_asked_for_a_second_factor_waits_like_an_employer(cast: Cast) -> None:
    Account.objects.filter(pk=cast.alice_account.pk).update(second_factor_asked=True)
    client = builders.sign_in(Client(), cast.alice_account, verified=False)
    assert client.get("/adherent/")["Location"] == "/verification/appareil/"
