"""One employee completes their affiliation by the link, the company confirms, and what was typed is gone (CGU-3.16)."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from employers.links.models import EmployeeLink
from employers.waivers.models import Waiver
from employers.workforce.models import Operation
from members.beneficiaries.models import BeneficiaryRule
from members.coverage.models import Cover
from members.households.models import Person
from portals.access import isolation
from portals.access.models import CompanyRole
from portals.accounts.models import Space
from portals.secrets.models import SubjectKey
from privacy.models import Entry
from tests import builders
from tests.cast import Cast
from tests.employers.contributions.objects import contract_of
from tests.employers.links.people import (
    ADDRESS,
    BORN,
    CHILD,
    CHILD_NIR,
    IBAN,
    IDENTITY,
    LINKS,
    NIR,
    completed,
    confirm,
    holding,
    invite,
    link_in,
    links,
    mail_to,
    the_link,
)
from tests.employers.users.people import colleague, signed_in
from tests.newcomer import mails
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.16")]
NOON = datetime.datetime(2026, 11, 10, 11, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def clock(cast: Cast) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def test_an_employee_completes_by_the_link_and_is_covered_once_the_company_confirms(cast: Cast) -> None:
    completed(invite(cast.company_account))
    notice = mail_to(cast.company_account.email)
    assert "Maëlle" not in f"{notice.subject}{notice.body}"
    page = words_of(signed_in(cast.company_account).get(LINKS).text)
    assert "1\u00a0affiliation complétée attend votre confirmation" in page and "À confirmer" in page
    answer = confirm(cast.company_account)
    affiliation = the_link().affiliation
    assert affiliation is not None and answer["Location"] == f"/employeur/salaries/{affiliation.pk}/"
    assert (affiliation.family_name, affiliation.birth_date, affiliation.email) == ("Le Roux", BORN, ADDRESS)
    assert (affiliation.employee_number, affiliation.start_date) == ("M-0042", datetime.date(2026, 12, 1))
    with isolation.system():
        covered = [
            cover.person for cover in Cover.objects.filter(policy=affiliation.policy_id).order_by("person__rank")
        ]
        (operation,) = Operation.objects.filter(company=cast.company)
    assert [person.given_names for person in covered] == ["Maëlle", "Malo"]
    assert [person.role for person in covered] == ["member", "child"]
    assert covered[0].nir_index and covered[0].iban_index and covered[1].nir_index
    assert (covered[0].email, covered[0].birth_name) == ("chez.moi@example.org", "Riou")
    assert operation.source == "link"
    signed_in(cast.company_account).post(f"/employeur/salaries/operations/{operation.pk}/annuler/")
    with isolation.system():
        assert not Cover.objects.filter(person__in=covered).exists()


def test_the_employee_then_gets_their_member_number_by_a_last_link(cast: Cast) -> None:
    completed(invite(cast.company_account))
    mails()
    confirm(cast.company_account)
    message = mail_to("chez.moi@example.org")
    person = Person.objects
    with isolation.system():
        number = person.get(given_names="Maëlle").household.member_number
    assert number not in f"{message.subject}{message.body}"
    client = Client()
    page = client.get(link_in(message), follow=True)
    assert page.request["PATH_INFO"] == "/affiliation/bienvenue/" and number in page.text
    (operation,) = _operations(cast)
    signed_in(cast.company_account).post(f"/employeur/salaries/operations/{operation.pk}/annuler/")
    assert client.get("/affiliation/bienvenue/").status_code == 410


def test_the_company_never_sees_what_the_employee_typed(cast: Cast) -> None:
    """PDP-3.3: neither NIR, nor dependants, nor bank account, nor their own address, before and after."""
    completed(invite(cast.company_account))
    client = signed_in(cast.company_account)
    before = [client.get(LINKS).text, client.get(f"{LINKS}{the_link().pk}/").text]
    affiliation_page = confirm(cast.company_account)["Location"]
    after = [client.get(LINKS).text, client.get(f"{LINKS}{the_link().pk}/").text, client.get(affiliation_page).text]
    for page in before + after:
        for secret in (NIR, IBAN, "Malo", CHILD_NIR, "chez.moi@example.org", "0600000000", "Riou"):
            assert secret not in page
    assert "05/04/1991" in before[1]


def test_what_was_typed_is_sealed_then_erased_at_the_confirmation(cast: Cast) -> None:
    completed(invite(cast.company_account))
    link = the_link()
    for secret in (NIR, IBAN, "Malo"):
        assert secret.encode() not in bytes(link.answers_sealed) + bytes(link.invited_sealed)
    confirm(cast.company_account)
    link = the_link()
    assert bytes(link.answers_sealed) == bytes(link.invited_sealed) == b""
    assert not SubjectKey.objects.filter(subject=f"employee_link:{link.reference}").exists()


def test_a_link_serves_once(cast: Cast) -> None:
    link = invite(cast.company_account)
    completed(link)
    again = Client()
    assert again.get(link).status_code == 410
    assert again.get("/affiliation/identite/").status_code == 410


def test_answers_survive_the_session_and_are_found_again_by_the_same_link(cast: Cast) -> None:
    link = invite(cast.company_account)
    holding(link).post("/affiliation/identite/", IDENTITY)
    assert 'value="05/04/1991"' in holding(link).get("/affiliation/identite/").text


def test_a_wrong_number_is_told_and_a_contradiction_too(cast: Cast) -> None:
    client = holding(invite(cast.company_account))
    wrong = client.post("/affiliation/identite/", IDENTITY | {"nir": f"{NIR[:-2]}00"})
    assert "clé comprise" in wrong.text
    other = client.post("/affiliation/identite/", IDENTITY | {"birth_date": "05/04/1971"})
    assert "une autre date de naissance" in words_of(other.text)
    assert "identity" not in str(bytes(the_link().answers_sealed))


def test_steps_come_after_the_identity(cast: Cast) -> None:
    client = holding(invite(cast.company_account))
    for step in ("beneficiaires", "compte", "envoi"):
        assert client.get(f"/affiliation/{step}/")["Location"] == "/affiliation/identite/"


def test_somebody_added_may_be_taken_away(cast: Cast) -> None:
    client = holding(invite(cast.company_account))
    client.post("/affiliation/identite/", IDENTITY)
    client.post("/affiliation/beneficiaires/", CHILD)
    assert "Malo" in client.get("/affiliation/beneficiaires/").text
    client.post("/affiliation/beneficiaires/0/retirer/")
    assert "Malo" not in client.get("/affiliation/beneficiaires/").text


def test_the_rules_of_the_plan_say_who_may_be_covered(cast: Cast) -> None:
    plan = contract_of(cast.company).plan
    with isolation.system():
        rule = BeneficiaryRule.objects.filter(plan=None, case="child").first()
        assert rule is not None
        BeneficiaryRule.objects.create(
            plan=plan, case="child", is_open=True, age_limit=5, until="eve", late="month", wording="Cinq ans.",
            documents="Livret", valid_from=datetime.date(2020, 1, 1),
        )  # fmt: skip
        BeneficiaryRule.objects.create(
            plan=plan, case="ascendant", is_open=False, until="eve", late="month", wording="Fermé.", documents="",
            valid_from=datetime.date(2020, 1, 1),
        )  # fmt: skip
    client = holding(invite(cast.company_account))
    client.post("/affiliation/identite/", IDENTITY)
    refused = client.post("/affiliation/beneficiaires/", CHILD)
    assert refused.status_code == 200 and "5 ans" in words_of(refused.text)
    assert 'value="ascendant"' not in refused.text


def test_the_employee_chooses_among_the_options_of_their_population(cast: Cast) -> None:
    base = contract_of(cast.company)
    option = builders.group_contract(cast.company, population=base.population, plan=builders.plan(name="Confort plus"))
    builders.group_contract(cast.company, population="Cadres", plan=base.plan)
    link = invite(cast.company_account, contract=str(base.pk))
    client = holding(link)
    client.post("/affiliation/identite/", IDENTITY)
    page = client.get("/affiliation/compte/").text
    assert "Confort plus" in page and page.count('type="radio"') == 2
    client.post("/affiliation/compte/", {"contract": str(option.pk), "iban": ""})
    assert "Confort plus" in client.get("/affiliation/envoi/").text
    client.post("/affiliation/envoi/")
    confirm(cast.company_account)
    affiliation = the_link().affiliation
    assert affiliation is not None and affiliation.contract_id == option.pk


def test_another_employee_asks_to_stay_out_and_the_company_answers_it(cast: Cast) -> None:
    client = holding(invite(cast.company_account))
    client.post("/affiliation/identite/", IDENTITY)
    assert "Rester en dehors" in client.get("/affiliation/dispense/").text
    form = client.get("/affiliation/dispense/", {"case": "short"})
    assert form["Location"] == "/affiliation/dispense/short/"
    answers = {"birth_date": "05/04/1991", "words": "Je garde le contrat de mes parents.", "informed": "on"}
    missing = client.post("/affiliation/dispense/before/", answers)
    assert missing.status_code == 200 and Waiver.objects.count() == 0
    answers |= {"hired_on": "01/03/2015"}
    with isolation.system():
        contract_start = contract_of(cast.company).start_date
    assert contract_start > datetime.date(2015, 3, 1)
    done = client.post("/affiliation/dispense/before/", answers)
    assert done["Location"] == "/affiliation/fin/?dispense"
    assert "dispense est envoyée" in words_of(client.get(done["Location"]).text)
    with isolation.system():
        waiver = Waiver.objects.get()
    assert (waiver.state, waiver.family_name, waiver.company_id) == ("asked", "Le Roux", cast.company.pk)
    link = the_link()
    assert link.waiver_id == waiver.pk and bytes(link.answers_sealed) == b""
    page = signed_in(cast.company_account).get(f"{LINKS}{link.pk}/").text
    assert "demande une" in page and f"/employeur/dispenses/{waiver.pk}/" in page


def test_the_first_day_may_be_corrected_at_the_confirmation_within_the_rules(cast: Cast) -> None:
    completed(invite(cast.company_account))
    refused = confirm(cast.company_account, "01/12/2020")
    assert refused.status_code == 200 and _operations(cast) == []
    confirm(cast.company_account, "15/12/2026")
    affiliation = the_link().affiliation
    assert affiliation is not None and affiliation.start_date == datetime.date(2026, 12, 15)


def test_another_name_than_the_one_invited_is_pointed_out(cast: Cast) -> None:
    completed(invite(cast.company_account), given_names="Anne")
    assert "vérifiez que c’est la même personne" in signed_in(cast.company_account).get(f"{LINKS}{the_link().pk}/").text


def test_who_only_reads_follows_and_confirms_nothing(cast: Cast) -> None:
    completed(invite(cast.company_account))
    reader = signed_in(colleague(cast.company, CompanyRole.READER))
    page = reader.get(f"{LINKS}{the_link().pk}/")
    assert page.status_code == 200 and "Confirmer l’affiliation" not in page.text
    assert reader.post(f"{LINKS}{the_link().pk}/confirmer/", {"start_date": "01/12/2026"}).status_code == 403
    assert signed_in(colleague(cast.company, CompanyRole.ACCOUNTANT)).get(LINKS).status_code == 403


def test_another_company_knows_nothing_of_a_link_even_without_a_filter(cast: Cast) -> None:
    completed(invite(cast.company_account))
    rival = signed_in(cast.rival_account)
    for step in ("", "confirmer/", "renvoyer/", "annuler/"):
        answer = rival.get(f"{LINKS}{the_link().pk}/") if not step else rival.post(f"{LINKS}{the_link().pk}/{step}")
        assert answer.status_code == 404
    with isolation.tenant(Space.EMPLOYER, cast.rival.pk):
        assert not EmployeeLink.objects.exists()


def test_the_journal_says_what_happened_and_to_nobody_by_name(cast: Cast) -> None:
    completed(invite(cast.company_account))
    confirm(cast.company_account)
    with isolation.system():
        entries = list(Entry.objects.filter(object_kind="employee_link").order_by("pk").values("action", "details"))
    assert [entry["action"] for entry in entries if "listed" not in entry["action"]][:3] == [
        "employee_link.invited", "employee_link.opened", "employee_link.completed",
    ]  # fmt: skip
    assert "Le Roux" not in str(entries) and NIR not in str(entries)


def _operations(cast: Cast) -> list[Operation]:
    with isolation.system():
        return list(Operation.objects.filter(company=cast.company))


def test_nothing_is_stored_of_a_link_that_nobody_opened(cast: Cast) -> None:
    invite(cast.company_account)
    (link,) = links()
    assert link.opened_at is None and bytes(link.answers_sealed) == b""
