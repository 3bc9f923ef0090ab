"""The holders of accounts are told as insured persons are: the alert, the e-mail, the letter, what they download."""

import io
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from pypdf import PdfReader

from employers.companies.models import Company
from portals import jobs
from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.models import Account, AccountState
from portals.alerts.models import Alert
from portals.gestion.roles import Role
from privacy.audit.models import Entry
from privacy.breaches.telling import actions
from privacy.breaches.telling.documents import letters_pdf
from privacy.breaches.telling.export import breach_files
from privacy.breaches.telling.models import Concerned, Delivery, DeliveryState, LetterBatch
from privacy.breaches.violations.models import Breach
from privacy.erasure.registry import Target, reaches
from providers.agreements.models import Professional
from tests import builders
from tests.cast import Cast
from tests.employers.users import people as company_people
from tests.pages import words_of
from tests.privacy.breaches.objects import whole_breach_about
from tests.providers.users import people as practice_people

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-7.9")]

SENTENCE = "Une violation de données vous concerne."
PAGES = {
    "employeur": ("/employeur/", "/employeur/utilisateurs/", "/compte/", "/mes-donnees/"),
    "professionnel": ("/professionnel/", "/professionnel/acces/", "/compte/", "/mes-donnees/"),
}


def told(*accounts: Account, letters: bool = False, is_drill: bool = False) -> Breach:
    """Every holder given is concerned and told."""
    breach = whole_breach_about(builders.colleague(Role.AGENT), is_drill=is_drill)
    Concerned.objects.bulk_create([Concerned(breach=breach, account_id=account.pk) for account in accounts])
    dpo = builders.colleague(Role.DPO)
    actions.tell(by=dpo, breach=breach, message="Voici ce qui est arrivé.", to_everybody_by_letter=letters)
    jobs.run_due()
    breach.refresh_from_db()
    return breach


def ways(breach: Breach, account: Account) -> set[tuple[str, str]]:
    rows = Delivery.objects.filter(concerned__breach=breach, concerned__account_id=account.pk)
    return set(rows.values_list("channel", "state"))


def settled(model: type[Any], key: int, **fields: str) -> None:
    with isolation.system():
        model.objects.filter(pk=key).update(**fields)


def letters_of(breach: Breach) -> list[str]:
    """The words of each letter."""
    with isolation.system():
        pdf = letters_pdf(LetterBatch.objects.get(breach=breach))
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize("whose", ["company_account", "professional_account"])
def test_the_alert_stands_on_every_page_of_the_space_until_it_is_read(cast: Cast, whose: str) -> None:
    account: Account = getattr(cast, whose)
    breach = told(account)
    client = builders.sign_in(Client(), account)
    for page in PAGES[account.space]:
        assert SENTENCE in words_of(client.get(page).text), page
    address = f"/mes-donnees/violations/{breach.reference}/"
    answer = client.get(address)
    assert answer.status_code == 200
    assert "Voici ce qui est arrivé." in words_of(answer.text) and "CNIL" in words_of(answer.text)
    assert client.post(address).status_code == 302
    assert SENTENCE not in words_of(client.get(PAGES[account.space][0]).text)
    assert ways(breach, account) == {("alert", "read"), ("email", "sent")}
    assert breach.reference in words_of(client.get("/mes-donnees/").text)
    files = dict(breach_files(account.grants.get()))
    written = files["violations-de-donnees.csv"]
    assert isinstance(written, bytes) and breach.reference in written.decode()
    assert Entry.objects.filter(action="breach.consulted", account_id=account.pk).exists()


def test_staff_are_told_in_their_own_pages(cast: Cast) -> None:
    agent = builders.colleague(Role.AGENT)
    breach = told(agent)
    client = builders.enter_gestion(Client(), agent)
    assert SENTENCE in words_of(client.get("/gestion/").text)
    address = f"/mes-donnees/violations/{breach.reference}/"
    assert "Voici ce qui est arrivé." in words_of(client.get(address).text)
    assert client.post(address, follow=True).status_code == 200
    assert ways(breach, agent) == {("alert", "read"), ("email", "sent")}


def test_a_representative_and_a_delegate_are_told_as_themselves(cast: Cast) -> None:
    tutor = builders.account(builders.person(builders.household()))
    Grant.objects.filter(account=tutor).update(basis="representation", subject_id=cast.bob.pk)
    secretary = practice_people.delegate(cast.professional, "rights")
    breach = told(tutor, secretary)
    assert set(Alert.objects.filter(key=breach.reference).values_list("account_id", flat=True)) == {
        tutor.pk,
        secretary.pk,
    }
    for account in (tutor, secretary):
        page = builders.sign_in(Client(), account).get(f"/mes-donnees/violations/{breach.reference}/")
        assert page.status_code == 200


def test_the_e_mail_says_nothing_and_goes_to_the_account(cast: Cast) -> None:
    mail.outbox.clear()
    breach = told(cast.company_account, cast.professional_account)
    for account in (cast.company_account, cast.professional_account):
        (message,) = [one for one in mail.outbox if one.to == [account.email]]
        text = f"{message.subject} {message.body}"
        hidden = ("Voici", "volé", account.display_name, account.organisation_name, account.identifier)
        assert not any(word in text for word in hidden)
        assert f"/mes-donnees/violations/{breach.reference}/" in text


def test_nobody_else_of_the_company_reads_it(cast: Cast) -> None:
    rh = company_people.colleague(cast.company, "hr_manager")
    breach = told(rh)
    client = builders.sign_in(Client(), cast.company_account)
    assert client.get(f"/mes-donnees/violations/{breach.reference}/").status_code == 404
    assert SENTENCE not in words_of(client.get("/employeur/").text)


def test_letters_go_to_the_company_and_to_the_practice_when_their_address_is_known(cast: Cast) -> None:
    rh = company_people.colleague(cast.company, "hr_manager")
    secretary = practice_people.delegate(cast.professional, "secretariat")
    settled(Company, cast.company.pk, address_line1="4 quai des Indes")
    settled(Professional, cast.professional.pk, street="9 rue de Liège", practice_name="Cabinet du Port")
    agent = builders.colleague(Role.AGENT, display_name="Katell Guillou")
    breach = told(rh, secretary, cast.rival_account, agent, letters=True)
    company, practice, mutual = letters_of(breach)
    assert "Nolwenn Riou" in company and "Ateliers de la Rade" in company and "4 quai des Indes" in company
    assert "Enora Le Bris" in practice and "Cabinet du Port" in practice and "9 rue de Liège" in practice
    assert "Katell Guillou" in mutual
    assert all("vous concernent" in letter for letter in (company, practice, mutual))
    assert ("letter", "due") in ways(breach, rh)
    assert ways(breach, cast.rival_account) == {("alert", "placed"), ("email", "sent")}  # no street is known


def test_no_letter_goes_where_somebody_does_not_work(cast: Cast) -> None:
    """A filing agent works elsewhere, and whoever has left is not written to at their former company."""
    settled(Company, cast.company.pk, address_line1="4 quai des Indes")
    agent = company_people.colleague(cast.company, "reader", display_name="Tiers Déclarant")
    Grant.objects.filter(account=agent).update(basis="mandate")
    left = company_people.colleague(cast.company, "reader", display_name="Soazig Morvan")
    Grant.objects.filter(account=left).update(revoked_at=left.created_at)
    breach = told(agent, left, letters=True)
    assert ways(breach, agent) == ways(breach, left) == {("alert", "placed"), ("email", "sent")}


def test_a_closed_account_is_written_to_at_its_address_and_a_deleted_one_is_not_forgotten(cast: Cast) -> None:
    closed = company_people.colleague(cast.company, "reader")
    deleted = company_people.colleague(cast.company, "reader")
    Account.objects.filter(pk__in=[closed.pk, deleted.pk]).update(state=AccountState.CLOSED, is_active=False)
    Account.objects.filter(pk=deleted.pk).update(email="")
    mail.outbox.clear()
    breach = told(closed, deleted)
    assert ways(breach, closed) == {("email", "sent")}
    assert [one.to for one in mail.outbox if one.to == [closed.email]] == [[closed.email]]
    assert ways(breach, deleted) == {("letter", "no_way")}


def test_the_officer_reads_the_list_with_names_and_categories(cast: Cast) -> None:
    rh = company_people.colleague(cast.company, "hr_manager")
    breach = told(rh, cast.professional_account)
    client = builders.enter_gestion(Client(), builders.colleague(Role.DPO))
    listed = words_of(client.get(f"/gestion/privacy/breach/{breach.pk}/personnes/").text)
    assert "Nolwenn Riou" in listed and "Utilisateurs des espaces employeurs" in listed
    assert cast.professional_account.display_name in listed and "Professionnels de santé" in listed
    entry = Entry.objects.filter(action="breach.persons_listed").latest("pk")
    assert {f"a{rh.pk}", f"a{cast.professional_account.pk}"} == set(entry.details["about"].split())
    looks = words_of(builders.sign_in(Client(), rh).get("/mes-donnees/acces/").text)
    assert "Liste des personnes concernées par une violation" in looks


def test_an_exercise_tells_no_holder(cast: Cast) -> None:
    settled(Company, cast.company.pk, address_line1="4 quai des Indes")
    mail.outbox.clear()
    breach = told(cast.company_account, cast.professional_account, letters=True, is_drill=True)
    assert mail.outbox == [] and not Alert.objects.exists()
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.SIMULATED}
    assert "EXERCICE" in letters_of(breach)[0]


@pytest.mark.parametrize("label", ["privacy.Concerned", "privacy.Delivery"])
def test_an_erasure_reaches_what_was_told_to_a_holder_and_to_nobody_else(cast: Cast, label: str) -> None:
    rh = company_people.colleague(cast.company, "hr_manager")
    told(rh, cast.professional_account)
    (reach,) = [one for one in reaches() if one.label == label]
    rows = reach.rows(Target("employeur", rh.pk, accounts=(rh.pk,)))
    assert rows is not None
    model = Concerned if label == "privacy.Concerned" else Delivery
    name = "account_id" if model is Concerned else "concerned__account_id"
    assert set(model._default_manager.filter(rows).values_list(name, flat=True)) == {rh.pk}
