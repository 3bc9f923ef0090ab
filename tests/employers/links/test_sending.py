"""The life of a link: sent, sent again, withdrawn, expired, erased; and who may hold it."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from employers.links import public_views
from employers.links.keeping import forget_old
from employers.links.rules import Moments, State, state_at
from portals.access import isolation
from portals.accounts import limits
from portals.secrets.models import SubjectKey
from tests.cast import Cast
from tests.employers.links.people import (
    ADDRESS,
    INVITED,
    LINKS,
    completed,
    holding,
    invite,
    link_in,
    links,
    mail_to,
    the_link,
)
from tests.employers.users.people import signed_in
from tests.newcomer import mails
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.16")]
NOON = datetime.datetime(2026, 11, 10, 11, 0, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(cast: Cast) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def state_shown(cast: Cast) -> str:
    return words_of(signed_in(cast.company_account).get(LINKS).text)


def test_the_email_names_nobody_and_carries_only_the_link(cast: Cast) -> None:
    signed_in(cast.company_account).post(f"{LINKS}envoyer/", INVITED)
    message = mail_to(ADDRESS)
    said = f"{message.subject}{message.body}"
    for word in ("Maëlle", "Le Roux", cast.company.name, "01/12/2026", "M-0042"):
        assert word not in said
    token = link_in(message).split("/")[-2]
    assert len(token) > 40
    assert token.encode() not in bytes(the_link().token_hash or b"")


def test_the_company_follows_where_it_stands(cast: Cast) -> None:
    link = invite(cast.company_account)
    assert "Envoyé" in state_shown(cast) and ADDRESS in state_shown(cast)
    holding(link)
    assert "Ouvert" in state_shown(cast)
    completed(link)
    assert "À confirmer" in state_shown(cast)


def test_a_new_link_kills_the_old_one_and_keeps_what_was_typed(cast: Cast, clock: time_machine.Traveller) -> None:
    old = invite(cast.company_account)
    holding(old)
    clock.shift(DAY)
    client = signed_in(cast.company_account)
    assert client.post(f"{LINKS}{the_link().pk}/renvoyer/")["Location"] == LINKS
    new = link_in(mail_to(ADDRESS))
    assert Client().get(old).status_code == 410
    holding(new)
    for _ in range(6):
        client.post(f"{LINKS}{the_link().pk}/renvoyer/")
        mails()
    assert "réessayez demain" in words_of(client.post(f"{LINKS}{the_link().pk}/renvoyer/", follow=True).text)


def test_a_link_withdrawn_opens_nothing_and_forgets_everything(cast: Cast) -> None:
    link = invite(cast.company_account)
    client = holding(link)
    client.get("/affiliation/identite/")
    signed_in(cast.company_account).post(f"{LINKS}{the_link().pk}/annuler/")
    assert client.get("/affiliation/").status_code == 410
    found = the_link()
    assert bytes(found.invited_sealed) == b"" and found.token_hash is None
    assert not SubjectKey.objects.filter(subject=f"employee_link:{found.reference}").exists()
    assert "Annulé" in state_shown(cast)


def test_a_link_is_over_after_fifteen_days_and_another_may_be_sent(cast: Cast, clock: time_machine.Traveller) -> None:
    link = invite(cast.company_account)
    clock.shift(15 * DAY)
    assert Client().get(link).status_code == 410
    assert "Expiré" in state_shown(cast)
    invite(cast.company_account)
    assert [found.revoked_at is None for found in links()] == [False, True]


def test_one_link_stands_for_an_address(cast: Cast) -> None:
    invite(cast.company_account)
    again = signed_in(cast.company_account).post(f"{LINKS}envoyer/", INVITED | {"email": ADDRESS.upper()})
    assert again.status_code == 200 and "attend déjà une réponse" in words_of(again.text)


@pytest.mark.parametrize("day", ["01/01/2026", "01/12/2028", "31/11/2026"])
def test_the_first_day_is_one_that_the_contract_allows(cast: Cast, day: str) -> None:
    answer = signed_in(cast.company_account).post(f"{LINKS}envoyer/", INVITED | {"start_date": day})
    assert answer.status_code == 200 and links() == []


def test_a_link_that_was_never_given_is_answered_as_one_that_served(cast: Cast) -> None:
    link = invite(cast.company_account)
    completed(link)
    never, served = Client().get("/affiliation/lien/never-given/"), Client().get(link)
    assert (never.status_code, never.content) == (served.status_code, served.content) == (410, served.content)


def test_pages_of_a_link_are_never_indexed_stored_nor_told_to_others(cast: Cast) -> None:
    client = holding(invite(cast.company_account))
    page = client.get("/affiliation/")
    assert "noindex" in page["X-Robots-Tag"]
    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]


def test_guessing_links_is_counted(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_views, "LINK_BY_NETWORK", limits.Limit("few employee links", 3, 3600))
    answers = [Client().get("/affiliation/lien/guess/") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [410, 410, 410, 429]
    assert int(answers[-1]["Retry-After"]) > 0


def test_what_nobody_confirmed_is_erased_after_sixty_days(cast: Cast, clock: time_machine.Traveller) -> None:
    completed(invite(cast.company_account))
    clock.shift(59 * DAY)
    _night()
    assert the_link().answers_sealed
    clock.shift(2 * DAY)
    _night()
    assert bytes(the_link().answers_sealed) == b"" and the_link().revoked_at is not None


def test_the_name_of_a_link_that_expired_is_forgotten_a_month_later(cast: Cast, clock: time_machine.Traveller) -> None:
    invite(cast.company_account)
    clock.shift(44 * DAY)
    _night()
    assert the_link().invited_sealed
    clock.shift(2 * DAY)
    _night()
    assert bytes(the_link().invited_sealed) == b""


def _night() -> None:
    with isolation.system():
        forget_old(datetime.datetime.now(datetime.UTC))


def test_a_state_follows_from_the_instants() -> None:
    later = NOON + 15 * DAY
    assert state_at(Moments(later), NOON) == State.SENDING
    assert state_at(Moments(later, sent_at=NOON), NOON) == State.SENT
    assert state_at(Moments(later, sent_at=NOON, opened_at=NOON), NOON) == State.OPENED
    assert state_at(Moments(later, sent_at=NOON), later) == State.EXPIRED
    assert state_at(Moments(later, completed_at=NOON), later) == State.COMPLETED
    assert state_at(Moments(later, completed_at=NOON, confirmed_at=NOON), later) == State.CONFIRMED
    assert state_at(Moments(later, waived_at=NOON), later) == State.WAIVER
    assert state_at(Moments(later, completed_at=NOON, revoked_at=NOON), NOON) == State.REVOKED
