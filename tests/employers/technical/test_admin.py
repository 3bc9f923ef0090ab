"""Staff complete a draft, have it drawn up anew, and publish it; what is published is only looked at."""

from decimal import Decimal

import pytest
from django.test import Client

from employers.technical.actions import BUILD
from employers.technical.models import TechnicalAccount
from portals import jobs
from portals.access import isolation
from portals.gestion.roles import Role
from privacy.models import Entry
from tests import builders
from tests.cast import Cast
from tests.employers.technical.objects import technical_account_of
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-3.3")]

LIST = "/gestion/employers/technicalaccount/"


@pytest.fixture
def agent(client: Client) -> Client:
    return builders.enter_gestion(client, builders.colleague(Role.AGENT))


def test_an_agent_completes_and_publishes_a_draft(agent: Client, cast: Cast) -> None:
    draft = technical_account_of(cast.company, published=False)
    page = f"{LIST}{draft.pk}/"
    assert "que l’entreprise ne voit pas encore" in words_of(agent.get(f"{page}change/").text)
    agent.post(f"{page}completer/", {"commissions": "1204", "other_charges": "-3"})
    agent.post(f"{page}publier/")
    with isolation.system():
        published = TechnicalAccount.objects.get(pk=draft.pk)
    assert (published.commissions, published.other_charges) == (Decimal(1200), Decimal(0))
    assert published.published_at is not None
    shown = agent.get(f"{page}change/").text
    assert "Ils ne changent plus" in words_of(shown) and "<form" not in shown.split("<main")[1].split("</main")[0]
    assert Entry.objects.filter(action="technical_account.completed").count() == 1


def test_drawing_up_anew_is_a_workers_job_and_not_of_what_is_published(agent: Client, cast: Cast) -> None:
    draft = technical_account_of(cast.company, published=False)
    agent.post(f"{LIST}{draft.pk}/refaire/")
    agent.post(f"{LIST}{draft.pk}/refaire/")
    assert jobs.Job.objects.filter(kind=BUILD, subject_id=cast.company.pk).count() == 2
    agent.post(f"{LIST}{draft.pk}/publier/")
    agent.post(f"{LIST}{draft.pk}/refaire/")
    assert jobs.Job.objects.filter(kind=BUILD).count() == 2
    for step in ("completer", "publier"):
        assert "ne change plus" in words_of(agent.post(f"{LIST}{draft.pk}/{step}/", follow=True).text)
