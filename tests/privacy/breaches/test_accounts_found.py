"""A breach concerns the holders of accounts too: whom the journal leads to, each counted once and by category."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from portals import jobs
from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.models import Account
from portals.gestion.roles import Role
from portals.signals import Concerned as Whom
from privacy.audit import record
from privacy.audit.models import Entry
from privacy.breaches.telling import listing
from privacy.breaches.telling.models import Concerned
from privacy.breaches.violations.models import Breach
from tests import builders
from tests.cast import Cast
from tests.employers.users import people as company_people
from tests.newcomer import credentials, mails
from tests.privacy.breaches.objects import breach_about, filing_of, whole_breach_about
from tests.providers.users import people as practice_people

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-7.9")]


def counted(breach: Breach) -> dict[int, int]:
    """Looks by account, once the job has read the journal."""
    listing.count(by=builders.colleague(Role.DPO), breach=breach)
    jobs.run_due()
    breach.refresh_from_db()
    return {one.account_id: one.looks for one in Concerned.objects.filter(breach=breach) if one.account_id}


def persons(breach: Breach) -> set[int]:
    return {one.person_id for one in Concerned.objects.filter(breach=breach) if one.person_id}


def look(by: Account, at: Account) -> None:
    record("gestion.consulted", by=by, object_kind="account", object_id=at.pk)


def test_the_pages_of_accounts_that_a_stolen_staff_account_opened_concern_their_holders(cast: Cast) -> None:
    agent = builders.colleague(Role.AGENT)
    rh = company_people.colleague(cast.company, "hr_manager")
    client = builders.enter_gestion(Client(), agent)
    for account in (rh, cast.professional_account, cast.home.samir_account):
        assert client.get(f"/gestion/portals/account/{account.pk}/change/").status_code == 200
    breach = breach_about(agent)
    assert counted(breach).keys() == {rh.pk, cast.professional_account.pk}
    assert persons(breach) == {cast.home.samir.pk}  # an account of an insured person leads to the person, as before
    assert breach.persons_by_category == {"company_users": 1, "professionals": 1, "dependants": 1}
    assert breach.persons_count == 3


def test_an_account_in_question_is_not_counted_for_what_it_did_to_itself(cast: Cast) -> None:
    agent, other = builders.colleague(Role.AGENT), builders.colleague(Role.AGENT)
    look(agent, agent)
    look(agent, other)
    assert counted(breach_about(agent)) == {other.pk: 1}
    look(other, agent)
    breach = breach_about(agent)
    breach.incident.suspects = [agent.pk, other.pk]
    breach.incident.save()
    assert counted(breach) == {agent.pk: 1, other.pk: 1}  # each by the other


def test_every_kind_of_holder_is_counted_in_its_category(cast: Cast) -> None:
    agent = builders.colleague(Role.AGENT)
    tutor = builders.account(builders.person(builders.household()))
    Grant.objects.filter(account=tutor).update(basis="representation", subject_id=cast.bob.pk)
    secretary = practice_people.delegate(cast.professional, "secretariat")
    everyone = (tutor, secretary, cast.professional_account, cast.company_account, builders.colleague(Role.AGENT))
    named = frozenset(account.pk for account in everyone)
    record("gestion.listed", by=agent, concerned=Whom(frozenset([cast.home.ines.pk, cast.alice.pk]), named))
    breach = breach_about(agent)
    assert counted(breach) == dict.fromkeys(named, 1)
    assert breach.persons_by_category == {
        "members": 1, "children": 1, "representatives": 1, "company_users": 1, "professionals": 1, "delegates": 1, "staff": 1,
    }  # fmt: skip
    assert breach.person_categories == [
        "members", "children", "representatives", "company_users", "professionals", "delegates", "staff",
    ]  # fmt: skip


def test_reading_the_journal_again_keeps_each_line_once(cast: Cast) -> None:
    agent = builders.colleague(Role.AGENT)
    look(agent, cast.company_account)
    breach = breach_about(agent)
    counted(breach)
    look(agent, cast.company_account)
    assert counted(breach) == {cast.company_account.pk: 2}
    assert breach.persons_count == 1


def test_a_list_of_users_leads_to_those_who_were_on_it(cast: Cast) -> None:
    rh = company_people.colleague(cast.company, "hr_manager")
    accountant = company_people.colleague(cast.company, "accountant", display_name="Yann Le Bihan")
    left = company_people.colleague(cast.company, "reader", display_name="Soazig Morvan")
    Grant.objects.filter(account=left).update(revoked_at=timezone.now())
    thief = cast.company_account
    assert company_people.signed_in(thief).get("/employeur/utilisateurs/").status_code == 200
    Grant.objects.filter(account=accountant).update(revoked_at=timezone.now())  # after it was shown
    later = company_people.colleague(cast.company, "reader", display_name="Maël Kerdoncuff")
    found = counted(breach_about(thief))
    assert found == {rh.pk: 1, accountant.pk: 1}
    assert later.pk not in found and cast.rival_account.pk not in found


def test_another_page_of_the_company_names_none_of_its_users(cast: Cast) -> None:
    company_people.colleague(cast.company, "hr_manager")
    assert company_people.signed_in(cast.company_account).get("/employeur/").status_code == 200
    assert counted(breach_about(cast.company_account)) == {}


def test_the_page_of_a_user_and_the_change_of_a_role_lead_to_the_user(cast: Cast) -> None:
    rh = company_people.colleague(cast.company, "hr_manager")
    grant = Grant.objects.get(account=rh)
    client = company_people.signed_in(cast.company_account)
    assert client.get(f"/employeur/utilisateurs/{grant.pk}/").status_code == 200
    record("user.role_changed", by=cast.company_account, object_kind="grant", object_id=grant.pk)
    assert counted(breach_about(cast.company_account)) == {rh.pk: 2}


def test_an_invitation_leads_to_whoever_has_an_account_at_its_address(cast: Cast) -> None:
    invited = company_people.colleague(cast.rival, "reader", email=company_people.INVITED)
    company_people.invite(cast.company_account)
    assert company_people.signed_in(cast.company_account).get("/employeur/utilisateurs/").status_code == 200
    assert counted(breach_about(cast.company_account)) == {invited.pk: 2}


def test_an_invitation_of_a_delegate_leads_to_whoever_answered_it(cast: Cast) -> None:
    link = practice_people.invite(cast.professional_account)
    assert practice_people.signed_in(cast.professional_account).get("/professionnel/acces/").status_code == 200
    assert counted(breach_about(cast.professional_account)) == {}  # nobody the portals know, so far
    assert practice_people.accept(Client(), link).status_code == 302
    identifier, _temporary = credentials(mails())
    delegate = Account.objects.get(identifier=identifier)
    breach = breach_about(cast.professional_account)
    assert counted(breach) == {delegate.pk: 2}  # invited, and on the list that waited
    assert breach.persons_by_category == {"delegates": 1}


def test_the_list_and_the_page_of_delegates_lead_to_them(cast: Cast) -> None:
    secretary = practice_people.delegate(cast.professional, "secretariat")
    practice_people.delegate(cast.colleague, "secretariat", display_name="Ailleurs")
    client = practice_people.signed_in(cast.professional_account)
    grant = Grant.objects.get(account=secretary)
    for page in ("/professionnel/acces/", f"/professionnel/acces/{grant.pk}/"):
        assert client.get(page).status_code == 200
    assert counted(breach_about(cast.professional_account)) == {secretary.pk: 2}


def test_what_a_stolen_delegate_saw_of_the_practice_concerns_the_professional(cast: Cast) -> None:
    secretary = practice_people.delegate(cast.professional, "secretariat")
    assert practice_people.signed_in(secretary).get("/professionnel/").status_code == 200
    assert counted(breach_about(secretary)) == {cast.professional_account.pk: 1}


def test_what_came_before_or_was_refused_counts_nobody(cast: Cast) -> None:
    agent = builders.colleague(Role.AGENT)
    record("gestion.consulted", by=agent, object_kind="account", object_id=cast.company_account.pk, result="refused")
    Entry.objects.create(
        at=timezone.now() - datetime.timedelta(days=3), action="gestion.consulted", account_id=agent.pk, space="gestion",
        object_kind="account", object_id=str(cast.company_account.pk),
    )  # fmt: skip
    assert counted(breach_about(agent)) == {}


def test_a_line_names_a_person_or_an_account_and_each_once(cast: Cast) -> None:
    breach = breach_about(cast.colleague_account)
    Concerned.objects.create(breach=breach, account_id=7)
    Concerned.objects.create(breach=breach, person_id=7)
    for wrong in ({"account_id": 7}, {"person_id": 7}, {}, {"account_id": 8, "person_id": 8}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Concerned.objects.create(breach=breach, **wrong)
    Concerned.objects.create(breach=breach_about(cast.colleague_account), account_id=7)


def test_the_officer_adds_the_holder_of_an_account_by_its_identifier(cast: Cast) -> None:
    rh = company_people.colleague(cast.company, "hr_manager")
    breach = breach_about(cast.colleague_account)
    client = builders.enter_gestion(Client(), builders.colleague(Role.DPO))
    asked = "\n".join([rh.identifier, cast.alice_account.identifier, "0000000000", rh.identifier])
    address = f"/gestion/privacy/breach/{breach.pk}/personnes/ajouter/"
    assert client.post(address, {"numbers": asked}).status_code == 302
    assert client.post(address, {"numbers": rh.identifier}).status_code == 302
    breach.refresh_from_db()
    assert set(breach.concerned.values_list("person_id", "account_id")) == {(cast.alice.pk, None), (None, rh.pk)}
    assert breach.persons_by_category == {"members": 1, "company_users": 1}


@pytest.mark.commitment("PDP-7.8")
def test_the_file_and_the_register_say_how_many_there_are_of_each_category(cast: Cast) -> None:
    breach = whole_breach_about(cast.colleague_account)
    numbers = [cast.company_account.identifier, cast.professional_account.identifier, "55001122"]
    with isolation.system():
        assert listing.add_persons(by=builders.colleague(Role.DPO), breach=breach, numbers=numbers) == 3
    breach.refresh_from_db()
    nature = filing_of(breach).content["nature_de_la_violation"]
    assert nature["nombre_de_personnes"] == 3
    assert nature["nombre_par_categorie"] == {
        "Adhérents": 1, "Utilisateurs des espaces employeurs": 1, "Professionnels de santé": 1,
    }  # fmt: skip
    assert {"Utilisateurs des espaces employeurs", "Professionnels de santé"} <= set(nature["categories_de_personnes"])
    client = builders.enter_gestion(Client(), builders.colleague(Role.DPO))
    register = client.get("/gestion/privacy/breach/registre.csv").content.decode("utf-8-sig")
    assert "Utilisateurs des espaces employeurs\u00a0: 1" in register
    page = client.get(f"/gestion/privacy/breach/{breach.pk}/change/").text
    assert "<dt>Professionnels de santé</dt><dd>1</dd>" in page
