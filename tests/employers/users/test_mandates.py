"""Filing agents: one account for several clients, within the dates and services of each mandate."""

import datetime

import pytest
import time_machine
from django.test import Client

from employers.companies.export import company_files
from employers.users import mandates
from employers.users.models import Mandate
from portals.access import isolation
from portals.accounts.models import Account
from privacy.models import Entry
from tests.cast import Cast
from tests.employers.users.people import accept, acting, grant_of, invitation_link, open_link, signed_in
from tests.newcomer import mails
from tests.pages import words_of

PAGE = "/employeur/utilisateurs/"
AGENT = "paie@cabinet.example.org"
ANSWERS = {
    "email": AGENT,
    "services": ["employer.employees", "employer.slips"],
    "may_change": "yes",
    "starts_on": "14/10/2026",
    "ends_on": "31/12/2026",
}
NOON = datetime.datetime(2026, 10, 14, 10, tzinfo=datetime.UTC)


def give(administrator: Account, **changes: object) -> str:
    answer = signed_in(administrator).post(f"{PAGE}mandater/", {**ANSWERS, **changes})
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    return invitation_link(AGENT)


def agent_of(cast: Cast, **changes: object) -> Account:
    """An agent who accepted the mandate of the company, signed up and validated."""
    link = give(cast.company_account, **changes)
    answer = accept(Client(), link, organisation="Cabinet Cadiou")
    assert answer["Location"] == "/inscription/employeur/invitation/envoyee/"
    mails()
    agent = Account.objects.get(email=AGENT)
    agent.must_choose_password, agent.state = False, "validated"
    agent.accepted_terms = cast.company_account.accepted_terms
    agent.save()
    return agent


@pytest.fixture(autouse=True)
def clock() -> object:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.mark.commitment("CGU-1.3", "CGU-1.7")
def test_an_agent_has_an_account_in_their_own_organisation_and_a_grant_until_the_day_after(cast: Cast) -> None:
    agent = agent_of(cast)
    grant = grant_of(agent)
    assert (agent.organisation_name, grant.basis, grant.role) == ("Cabinet Cadiou", "mandate", "hr_manager")
    assert (grant.tenant_id, grant.since, grant.closes_on) == (
        cast.company.pk, datetime.date(2026, 10, 14), datetime.date(2027, 1, 1),
    )  # fmt: skip
    page = words_of(acting(agent, cast.company).get("/employeur/").text)
    assert f"Vous agissez pour {cast.company.name} (mandat)" in page and "Cabinet Cadiou" in page


def test_one_account_serves_two_clients_and_each_sees_its_own(cast: Cast) -> None:
    agent = agent_of(cast)
    link = give(cast.rival_account)
    client = signed_in(agent)
    open_link(client, link)
    assert client.post("/inscription/employeur/invitation/choix/")["Location"] == "/employeur/"
    assert agent.grants.count() == 2 and Account.objects.filter(email=AGENT).count() == 1
    assert cast.rival.name in words_of(client.get("/employeur/").text)
    choices = words_of(client.get("/compte/personnes/").text)
    assert cast.company.name in choices and cast.rival.name in choices and "Tiers déclarant" in choices
    client.post("/compte/personnes/", {"grant": agent.grants.get(tenant_id=cast.company.pk).pk})
    page = words_of(client.get("/employeur/").text)
    assert cast.company.name in page and cast.rival.name not in page


def test_an_agent_says_for_whom_before_anything_opens(cast: Cast) -> None:
    agent = agent_of(cast)
    assert signed_in(agent).get("/employeur/")["Location"] == "/compte/personnes/"


def test_the_client_sees_what_the_agent_did_and_the_journal_names_both(cast: Cast) -> None:
    agent = agent_of(cast)
    acting(agent, cast.company).get("/employeur/")
    entry = Entry.objects.get(action="company.viewed", account_id=agent.pk)
    assert (entry.acting_as, entry.subject_id, entry.tenant_id) == ("mandate", cast.company.pk, cast.company.pk)
    page = words_of(signed_in(cast.company_account).get(f"{PAGE}{grant_of(agent).pk}/").text)
    assert "A consulté l’accueil de votre espace" in page and entry.reference in page


def test_an_agent_neither_mandates_nor_manages_users(cast: Cast) -> None:
    client = acting(agent_of(cast), cast.company)
    for address in (PAGE, f"{PAGE}inviter/", f"{PAGE}mandater/"):
        assert client.get(address).status_code == 403
        assert client.post(address, ANSWERS).status_code == 403


def test_a_mandate_ends_at_midnight_and_the_next_request_finds_the_door_shut(cast: Cast, clock: object) -> None:
    agent = agent_of(cast)
    clock.move_to(datetime.datetime(2026, 12, 31, 22, 50, tzinfo=datetime.UTC))  # type: ignore[attr-defined]
    client = acting(agent, cast.company)
    assert client.get("/employeur/").status_code == 200
    clock.shift(datetime.timedelta(minutes=11))  # type: ignore[attr-defined]
    assert client.post("/employeur/")["Location"] == "/compte/personnes/"
    assert client.get("/employeur/").status_code == 403


def test_a_mandate_that_begins_later_opens_nothing_before(cast: Cast, clock: object) -> None:
    agent = agent_of(cast, starts_on="01/11/2026")
    assert acting(agent, cast.company).get("/employeur/").status_code in {302, 403}
    clock.move_to(datetime.datetime(2026, 10, 31, 23, 5, tzinfo=datetime.UTC))  # type: ignore[attr-defined]
    assert acting(agent, cast.company).get("/employeur/").status_code == 200


def test_the_end_of_a_mandate_is_felt_at_the_next_request(cast: Cast) -> None:
    agent = agent_of(cast)
    theirs = acting(agent, cast.company)
    assert theirs.get("/employeur/").status_code == 200
    number = grant_of(agent).pk
    assert signed_in(cast.company_account).post(f"{PAGE}{number}/retirer/")["Location"] == PAGE
    assert theirs.get("/employeur/")["Location"].startswith("/connexion/")
    with isolation.system():
        assert Mandate.objects.get().ended_at is not None


def test_a_mandate_given_again_opens_the_same_account_again(cast: Cast) -> None:
    agent = agent_of(cast)
    signed_in(cast.company_account).post(f"{PAGE}{grant_of(agent).pk}/retirer/")
    mails()
    link = give(cast.company_account, ends_on="30/11/2026")
    client = signed_in(Account.objects.get(pk=agent.pk))
    open_link(client, link)
    assert client.post("/inscription/employeur/invitation/choix/").status_code == 302
    assert grant_of(agent).closes_on == datetime.date(2026, 12, 1) and client.get("/employeur/").status_code == 200


def test_the_last_day_can_be_moved_and_access_follows(cast: Cast) -> None:
    agent = agent_of(cast)
    address = f"{PAGE}{grant_of(agent).pk}/mandat/"
    client = signed_in(cast.company_account)
    assert "Ce jour est passé" in client.post(address, {"ends_on": "13/10/2026"}).text
    assert "3 ans au plus" in client.post(address, {"ends_on": "14/10/2029"}).text
    assert client.post(address, {"ends_on": "30/06/2027"}).status_code == 302
    assert grant_of(agent).closes_on == datetime.date(2027, 7, 1)
    assert client.post(f"{PAGE}{grant_of(agent).pk}/role/", {"role": "administrator"}).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ends_on": "13/10/2026", "starts_on": "01/10/2026"}, "Ce jour est passé"),
        ({"ends_on": "01/01/2030"}, "3 ans au plus"),
        ({"services": ["employer.users"]}, "à corriger"),
        ({"services": []}, "Choisissez au moins un service"),
        ({"ends_on": ""}, "un mandat a un début et une fin"),
    ],
)
def test_a_mandate_without_bounds_is_refused(cast: Cast, wrong: dict[str, object], said: str) -> None:
    answer = signed_in(cast.company_account).post(f"{PAGE}mandater/", {**ANSWERS, **wrong})
    assert answer.status_code == 200 and said in answer.text
    with isolation.system():
        assert not Mandate.objects.exists()


def test_users_cannot_be_entrusted_even_past_the_form(cast: Cast) -> None:
    day = datetime.date(2026, 10, 14)
    with isolation.tenant("employeur", cast.company.pk), pytest.raises(mandates.ImpossibleScope):
        mandates.mandate(
            by=cast.company_account, company_id=cast.company.pk, email=AGENT, services=["employer.users"],
            may_change=True, starts_on=day, ends_on=day,
        )  # fmt: skip


def test_mandates_of_another_company_are_hidden_by_the_database_itself(cast: Cast) -> None:
    give(cast.company_account)
    with isolation.tenant("employeur", cast.rival.pk):
        assert not Mandate.objects.exists()


def test_a_mandate_that_begins_after_the_company_s_own_access_closes_is_over(cast: Cast) -> None:
    """The company's contract ended while the invitation waited: its two years close before the mandate's first day."""
    link = give(cast.company_account, starts_on="15/12/2026")
    with isolation.system():
        cast.company.contracts.update(end_date=datetime.date(2024, 12, 1))
    answer = accept(Client(), link, organisation="Cabinet Cadiou")
    assert answer.status_code == 410
    assert not Account.objects.filter(email=AGENT).exists()


def test_an_agent_takes_away_what_the_mandate_shows_and_no_contract(cast: Cast) -> None:
    """The contract stays the company's own (`permissions.MANDATABLE`)."""
    with isolation.tenant("employeur", cast.company.pk):
        own = dict(company_files(grant_of(cast.company_account)))
    agent = agent_of(cast)
    with isolation.tenant("employeur", cast.company.pk):
        theirs = dict(company_files(grant_of(agent)))
    assert set(own) == {"entreprise.csv", "contrats.csv"}
    assert set(theirs) == {"entreprise.csv"}
