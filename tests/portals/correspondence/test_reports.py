"""An error on a page: reported, corrected, and traced (CGU-5.1)."""

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from portals import jobs
from portals.accounts.models import Account
from portals.correspondence.reports import actions
from portals.correspondence.reports.models import ErrorReport
from portals.correspondence.reports.pages import as_named, page_of
from tests import builders
from tests.cast import Cast
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-5.1")]

HERE = "/signaler-une-erreur/"


def words(client: Client, address: str) -> str:
    return words_of(client.get(address).content.decode()).replace("\u00a0", " ")


def test_each_page_leads_to_a_form_that_knows_it(alice: Client, client: Client, cast: Cast) -> None:
    for address, named in (
        ("/adherent/prestations/", "adherent/prestations/"),
        (f"/adherent/prestations/{cast.home.alice_line.pk}/", "adherent/prestations/%E2%80%A6/"),
        ("/cgu/", "cgu/"),
    ):
        assert f'href="{HERE}?page={named}"' in alice.get(address).content.decode()
    assert "Vous parlez de la page /adherent/prestations/…/" in words(alice, f"{HERE}?page=adherent/prestations/…/")


def test_a_page_is_named_without_what_stands_in_its_address() -> None:
    assert page_of("mot-de-passe/<str:reference>/<str:token>/") == "mot-de-passe/…/…/"
    assert as_named("<script>") == ""


def test_from_the_report_to_the_public_trace(
    client: Client, cast: Cast, agent: Account, mailoutbox: list[EmailMessage]
) -> None:
    builders.sign_in(client, cast.alice_account)
    answer = client.post(HERE, {"page": "aide/", "words": "Le téléphone d’Alice Le Goff est faux."})
    report = ErrorReport.objects.get()
    followed = answer.headers["Location"]
    anybody = Client()
    assert "bien reçu" in words(anybody, followed)
    assert "Le Goff" not in words(anybody, followed)
    assert report.number not in words(anybody, "/corrections/")
    desk = builders.enter_gestion(Client(), agent)
    here = f"/gestion/portals/errorreport/{report.pk}/"
    assert "Le téléphone d’Alice Le Goff est faux." in words(desk, f"{here}change/")
    said = {"decision": "corrected", "answer": "Merci, c’est corrigé."}
    assert "Une correction est publiée" in words_of(desk.post(f"{here}traiter/", said).content.decode())
    desk.post(f"{here}traiter/", {**said, "published": "Le numéro de téléphone de l’aide était périmé."})
    assert "Merci, c’est corrigé." in words(anybody, followed)
    public = words(anybody, "/corrections/")
    assert "Le numéro de téléphone de l’aide était périmé." in public
    assert "Signalée le 9 octobre 2026, corrigée le 9 octobre 2026" in public
    assert "Le Goff" not in public
    jobs.run_due()
    assert mailoutbox[-1].subject == "L’erreur que vous avez signalée a été examinée"


def test_it_works_signed_out_with_limits(client: Client) -> None:
    for _ in range(20):
        assert client.post(HERE, {"page": "", "words": "Faux."}).status_code == 302
    assert client.post(HERE, {"page": "", "words": "Faux."}).status_code == 429


def test_a_decision_is_taken_once(agent: Account) -> None:
    report = actions.report(by=None, page="", words="Faux.")
    actions.decide(by=agent, report=report, corrected=False, answer="C’est juste.")
    with pytest.raises(actions.AlreadyDecided):
        actions.decide(by=agent, report=report, corrected=True, answer="Non.", published="Rien.")
