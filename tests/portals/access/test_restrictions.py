"""Suspending, closing, lifting: at once, with a reason, wholly or in part (CGU-7.1, 7.2, 7.6)."""

import datetime
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portals.access.actions import (
    AlreadyLifted,
    EndsBeforeItBegins,
    NoReason,
    UnknownService,
    lift,
    restrict,
)
from portals.access.models import Motive, Restriction, RestrictionKind
from portals.accounts.models import Account
from portals.gestion.roles import Role
from portals.jobs import run_due
from portals.terms.documents import drafted
from privacy.models import Entry, FieldChange
from tests import builders
from tests.cast import Cast
from tests.pages import words_of

pytestmark = pytest.mark.django_db

REASON = "Plusieurs relevés ont été téléchargés par un programme."


@pytest.fixture
def agent(db: None) -> Account:
    return builders.colleague(Role.AGENT)


def suspend(by: Account, account: Account, **values: object) -> Restriction:
    chosen = {"kind": RestrictionKind.SUSPENSION, "motive": Motive.BREACH, "reason": REASON, **values}
    return restrict(by=by, account=account, **chosen)  # type: ignore[arg-type]  # as each test needs


@pytest.mark.commitment("CGU-7.1")
@pytest.mark.asvs("7.4.2")
def test_a_live_session_dies_at_its_next_request(cast: Cast, agent: Account, client: Client) -> None:
    builders.sign_in(client, cast.alice_account)
    assert client.get("/adherent/").status_code == 200
    suspend(agent, cast.alice_account)
    assert client.get("/adherent/")["Location"] == "/connexion/?next=/adherent/"


@pytest.mark.commitment("CGU-7.1")
def test_who_signs_in_again_reads_why_since_when_and_what_remains(cast: Cast, agent: Account, client: Client) -> None:
    with time_machine.travel(datetime.datetime(2026, 10, 2, 9, tzinfo=datetime.UTC), tick=False):
        suspend(agent, cast.alice_account)
        builders.sign_in(client, cast.alice_account)
        answer = client.get("/adherent/")
    page = words_of(answer.content.decode())
    assert answer.status_code == 403
    assert "suspendu depuis le 2\u00a0octobre\u00a02026" in page
    assert REASON in page
    assert "article 7.1" in page
    for address in (
        reverse("portals:terms"),
        reverse("portals:dpo"),
        reverse("portals:help"),
        reverse("portals:export"),
    ):
        assert f'href="{address}' in answer.content.decode()


@pytest.mark.commitment("CGU-7.1")
def test_what_remains_opens(cast: Cast, agent: Account, client: Client) -> None:
    suspend(agent, cast.alice_account)
    builders.sign_in(client, cast.alice_account)
    for name in ("account", "terms", "dpo", "help", "privacy", "export"):
        assert client.get(reverse(f"portals:{name}")).status_code == 200, name
    assert REASON in client.get(reverse("portals:account")).content.decode()


@pytest.mark.commitment("CGU-7.2")
def test_a_partial_suspension_stops_that_service_by_every_method_and_no_other(
    cast: Cast, agent: Account, client: Client
) -> None:
    suspend(agent, cast.alice_account, services=["member.statements"])
    builders.sign_in(client, cast.alice_account)
    for method in ("GET", "POST", "PUT", "DELETE", "HEAD"):
        assert client.generic(method, reverse("members:statements")).status_code == 403, method
    page = client.get(reverse("members:benefits"))
    assert page.status_code == 200
    assert 'class="stopped"' in page.content.decode()
    assert "suspendu" in words_of(page.content.decode())
    refused = words_of(client.get(reverse("members:statements")).content.decode())
    assert "Le service «\u00a0Relevés\u00a0» vous est suspendu" in refused
    assert "article 7.2" in refused


@pytest.mark.commitment("CGU-7.1", "CGU-7.2")
@pytest.mark.parametrize("who", ["company_account", "professional_account"])
def test_the_other_spaces_are_suspended_alike(who: str, cast: Cast, agent: Account, client: Client) -> None:
    account: Account = getattr(cast, who)
    suspend(agent, account)
    builders.sign_in(client, account)
    answer = client.get("/employeur/" if who == "company_account" else "/professionnel/")
    assert answer.status_code == 403
    assert REASON in answer.content.decode()


@pytest.mark.commitment("CGU-7.1")
def test_a_closed_space_says_so_and_its_holder_still_signs_in(cast: Cast, agent: Account, client: Client) -> None:
    restrict(by=agent, account=cast.alice_account, kind=RestrictionKind.CLOSURE, motive=Motive.UNLAWFUL, reason=REASON)
    sent = client.post("/connexion/", {"login": cast.alice_account.identifier, "password": builders.PASSWORD})
    assert sent.status_code == 302
    answer = client.get("/adherent/")
    assert answer.status_code == 403
    assert "fermé depuis le" in words_of(answer.content.decode())


def test_lifting_opens_everything_again_and_keeps_the_record(cast: Cast, agent: Account, client: Client) -> None:
    measure = suspend(agent, cast.alice_account)
    lift(by=agent, restriction=measure, reason="Explication reçue.")
    builders.sign_in(client, cast.alice_account)
    assert client.get("/adherent/").status_code == 200
    measure.refresh_from_db()
    assert (measure.lifted_by, measure.lift_reason) == (agent, "Explication reçue.")
    with pytest.raises(AlreadyLifted):
        lift(by=agent, restriction=measure, reason="Encore.")


def test_a_suspension_with_a_term_ends_by_itself(cast: Cast, agent: Account, client: Client) -> None:
    with time_machine.travel(datetime.datetime(2026, 10, 2, 9, tzinfo=datetime.UTC), tick=False) as clock:
        term = datetime.datetime(2026, 10, 4, 22, tzinfo=datetime.UTC)  # midnight in Paris
        suspend(agent, cast.alice_account, ends_at=term)
        clock.move_to(datetime.datetime(2026, 10, 4, 21, 59, tzinfo=datetime.UTC))
        builders.sign_in(client, cast.alice_account)
        assert client.get("/adherent/").status_code == 403
        clock.move_to(datetime.datetime(2026, 10, 4, 22, tzinfo=datetime.UTC))
        assert client.get("/adherent/").status_code == 200


def test_a_measure_without_a_reason_or_for_a_service_of_elsewhere_is_refused(cast: Cast, agent: Account) -> None:
    with pytest.raises(NoReason):
        suspend(agent, cast.alice_account, reason="  ")
    with pytest.raises(UnknownService):
        suspend(agent, cast.alice_account, services=["employer.home"])
    with pytest.raises(EndsBeforeItBegins):
        suspend(agent, cast.alice_account, ends_at=timezone.now())
    assert not Restriction.objects.exists()


@pytest.mark.parametrize("role", [Role.DPO, Role.AUDITOR, Role.MEDICAL_ADVISER])
def test_roles_without_the_right_restrict_nobody(role: Role, cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        suspend(builders.colleague(role), cast.alice_account)


def test_nobody_restricts_themselves_and_staff_only_with_their_own_right(agent: Account) -> None:
    boss, other = builders.colleague(Role.SECURITY), builders.colleague(Role.DPO)
    for by, account in ((boss, boss), (agent, agent), (agent, other)):
        with pytest.raises(PermissionDenied):
            suspend(by, account)
    suspend(boss, other)


def test_it_is_journalled_followed_and_told_without_a_word_of_the_reason(
    cast: Cast, agent: Account, mail_folder: Path
) -> None:
    measure = suspend(agent, cast.alice_account)
    entry = Entry.objects.get(action="access.restricted")
    assert (entry.account_id, entry.object_id) == (agent.pk, str(cast.alice_account.pk))
    assert REASON not in str(entry.details)
    change = FieldChange.objects.get(object_pk=str(measure.pk), content_type__model="restriction")
    assert change.object_repr == f"mesure {measure.pk}"
    assert REASON not in str(change.changes)
    run_due()
    mails = [path.read_text("utf-8") for path in mail_folder.iterdir()]
    assert len(mails) == 1
    assert REASON not in mails[0]
    assert cast.alice_account.display_name not in mails[0]


def test_staff_do_it_from_the_page_of_the_account(cast: Cast, agent: Account, client: Client) -> None:
    builders.enter_gestion(client, agent)
    address = reverse("admin:portals_account_suspend", args=[cast.alice_account.pk])
    assert client.post(address, {"motive": "breach", "reason": ""}).status_code == 200
    assert not Restriction.objects.exists()
    answers = {"motive": "breach", "reason": REASON, "services": ["member.benefits"], "until": "24/12/2099"}
    home = reverse("admin:portals_account_change", args=[cast.alice_account.pk])
    assert client.post(address, answers)["Location"] == home
    measure = Restriction.objects.get()
    assert (measure.services, measure.by) == (["member.benefits"], agent)
    assert timezone.localtime(measure.ends_at).isoformat() == "2099-12-24T00:00:00+01:00"
    assert FieldChange.objects.get(content_type__model="restriction").actor == agent
    page = words_of(client.get(home).content.decode())
    assert REASON in page
    assert "Prestations" in page
    lifting = reverse("admin:portals_account_lift", args=[cast.alice_account.pk, measure.pk])
    assert client.post(lifting, {"reason": "Réglé."})["Location"] == home


@pytest.mark.commitment("CGU-7.1", "CGU-7.2", "CGU-7.5", "CGU-7.6")
def test_the_terms_say_all_of_it() -> None:
    text = words_of(drafted("cgu_v1.html"))
    assert "peut suspendre ou fermer votre espace, sans préavis" in text
    assert "peut porter sur l’ensemble des services ou sur une partie d’entre eux" in text
    assert "peut mettre fin aux services en ligne" in text
    assert "n’ouvre droit à indemnité" in text
