"""The legal pages: published by version, by article, for ever; the same facts as the promises (CGU-4 to 6, 9, PDP-1)."""

import re

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

from config.organisation import ORGANISATION
from portals.editorial.legal.actions import NothingChanged, publish
from portals.editorial.legal.models import LegalVersion, Page
from portals.gestion.roles import Role
from portals.terms.actions import ChangesUntold
from portals.terms.markup import MarkupRefused
from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast
from tests.pages import words_of

pytestmark = pytest.mark.django_db

DOMAINS = {1: 7, 2: 9, 3: 12, 4: 9, 5: 3, 6: 4, 7: 9, 8: 11}
"""How many commitments each domain of the data policy counts."""
PUBLISH = "/gestion/portals/legalversion/publier/cookies/"


def policy(client: Client) -> str:
    return client.get("/confidentialite/").text


@pytest.mark.commitment("PDP-1.1", "PDP-1.3")
def test_the_data_policy_holds_each_commitment_of_its_eight_domains_at_an_anchor(client: Client) -> None:
    text = policy(client)
    for domain, count in DOMAINS.items():
        assert f'id="domaine-{domain}"' in text and f'href="#domaine-{domain}"' in text
        for rank in range(1, count + 1):
            found = re.search(rf'<p id="pdp-{domain}-{rank}">{domain}\.{rank}\. ([^<]+)', text)
            assert found and len(found[1]) > 40, (domain, rank)
    assert len(re.findall(r'id="pdp-\d-\d+"', text)) == sum(DOMAINS.values()) == 64


@pytest.mark.commitment("PDP-1.1")
def test_the_data_policy_covers_members_and_beneficiaries_and_bears_a_date_and_a_version(client: Client) -> None:
    text = words_of(policy(client))
    assert "tous nos adhérents et à tous leurs bénéficiaires" in text
    assert re.search(r"Version 1, en vigueur depuis le 1er.janvier.2026", text)


@pytest.mark.parametrize("page", Page)
def test_a_new_version_is_compared_word_by_word_and_the_former_stays(page: Page, client: Client) -> None:
    first = LegalVersion.objects.get(page=page)
    dpo = builders.colleague(Role.DPO)
    publish(by=dpo, page=page, text=first.text + "\n<p>Une phrase nouvelle.</p>", changes="<p>Une phrase de plus.</p>")
    assert "Une phrase nouvelle" in client.get(f"/{page.value}/").text
    former = client.get(f"/{page.value}/version/1/")
    assert "Une phrase nouvelle" not in former.text and "plus en vigueur" in former.text
    compared = client.get(f"/{page.value}/version/1/comparaison/2/")
    assert "<ins>" in compared.text and "Une phrase de plus" in compared.text
    assert client.get(f"/{page.value}/version/3/").status_code == 404
    assert Entry.objects.filter(action="legal.published", account_id=dpo.pk).count() == 1


@pytest.mark.commitment("PDP-1.1")
def test_a_published_version_cannot_be_changed_even_in_the_database() -> None:
    for forbidden in (
        lambda: LegalVersion.objects.update(text="autre"),
        lambda: LegalVersion.objects.filter(number=1)._raw_delete("default"),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            forbidden()


def test_what_may_not_be_published_is_refused() -> None:
    dpo = builders.colleague(Role.DPO)
    text = LegalVersion.objects.get(page=Page.COOKIES).text
    with pytest.raises(MarkupRefused):
        publish(by=dpo, page=Page.COOKIES, text="<script>x</script>", changes="<p>x</p>")
    with pytest.raises(ChangesUntold):
        publish(by=dpo, page=Page.COOKIES, text="<p>Autre.</p>", changes=" ")
    with pytest.raises(NothingChanged):
        publish(by=dpo, page=Page.COOKIES, text=text, changes="<p>Rien.</p>")


def test_the_dpo_previews_then_publishes_from_the_page(client: Client) -> None:
    builders.enter_gestion(client, builders.colleague(Role.DPO))
    said = {"text": "<p>Un autre texte.</p>", "changes": "<p>Tout change.</p>", "effective_on": ""}
    assert "<del>" in client.post(PUBLISH, {**said, "preview": "1"}).text
    assert LegalVersion.objects.filter(page=Page.COOKIES).count() == 1
    assert client.post(PUBLISH, {**said, "publish": "1"}).status_code == 302
    assert LegalVersion.objects.get(page=Page.COOKIES, number=2).text == said["text"]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        pytest.param("/mentions-legales/", "24 heures sur 24", marks=pytest.mark.commitment("CGU-4.1")),
        pytest.param("/mentions-legales/", "ne promet pas la continuité", marks=pytest.mark.commitment("CGU-4.2")),
        pytest.param(
            "/mentions-legales/", "ne répond pas de l’indisponibilité", marks=pytest.mark.commitment("CGU-4.3")
        ),
        pytest.param("/mentions-legales/", "sous votre propre responsabilité", marks=pytest.mark.commitment("CGU-5.2")),
        pytest.param("/mentions-legales/", "virus transmis par e-mail", marks=pytest.mark.commitment("CGU-5.3")),
        pytest.param("/mentions-legales/", "sont des cas fortuits", marks=pytest.mark.commitment("CGU-5.4")),
        pytest.param("/mentions-legales/", "les marques et les logos", marks=pytest.mark.commitment("CGU-6.1")),
        pytest.param("/mentions-legales/", "privé ou familial", marks=pytest.mark.commitment("CGU-6.2")),
        pytest.param("/mentions-legales/", "d’un métamoteur", marks=pytest.mark.commitment("CGU-6.3")),
        pytest.param("/mentions-legales/", "bases de données accessibles", marks=pytest.mark.commitment("CGU-6.4")),
        pytest.param("/mentions-legales/", "régis par le droit français", marks=pytest.mark.commitment("CGU-9.1")),
        pytest.param("/cgu/", "régies par le droit français", marks=pytest.mark.commitment("CGU-9.1")),
        pytest.param("/cgu/", "ne renonce pas pour autant", marks=pytest.mark.commitment("CGU-9.2")),
        pytest.param("/cgu/", "réputée non écrite", marks=pytest.mark.commitment("CGU-9.3")),
        pytest.param("/confidentialite/", "décrit un par un", marks=pytest.mark.commitment("PDP-3.11")),
    ],
)
def test_a_promise_is_written_where_people_look(address: str, said: str, client: Client) -> None:
    text = words_of(client.get(address).text)
    assert said in text.replace("les décrit un par un", "décrit un par un")


@pytest.mark.commitment("CGU-9.4")
def test_questions_on_the_terms_have_a_topic_and_a_postal_address(client: Client, cast: Cast) -> None:
    text = words_of(client.get("/mentions-legales/").text)
    assert all(line in text for line in ORGANISATION.terms_address_lines)
    builders.sign_in(client, cast.alice_account)
    assert "Les conditions générales d’utilisation" in client.get("/messages/nouveau/").text


@pytest.mark.commitment("CGU-6.2")
def test_what_leaves_on_paper_or_in_a_file_says_what_may_be_done_with_it(client: Client) -> None:
    from django.template.loader import render_to_string

    notice = "Usage privé ou familial"
    assert f'<p class="paper">{notice}' in client.get("/").text
    assert notice in render_to_string(
        "pdf/base.html", {"organisation": ORGANISATION, "space": "adherent", "mark": None}
    )
    assert notice in render_to_string(
        "portals/export/readme.txt", {"organisation": ORGANISATION, "account": builders.staff()}
    )


@pytest.mark.commitment("CGU-6.3")
@pytest.mark.parametrize("name", ["HTTrack/3.49", "Wget/1.21", "Mozilla/5.0 (compatible; GPTBot/1.2)", "CCBot/2.0"])
def test_a_copier_of_sites_is_refused_and_told_why(name: str, client: Client) -> None:
    answer = client.get("/aide/", headers={"User-Agent": name})
    assert answer.status_code == 403 and "article 6.3" in answer.text
    assert client.get("/robots.txt", headers={"User-Agent": name}).status_code == 200


@pytest.mark.commitment("CGU-6.3")
def test_a_robot_that_says_so_is_paced_and_people_are_not(client: Client) -> None:
    robot = {"User-Agent": "Mozilla/5.0 (compatible; Examplebot/1.0)"}
    statuses = [client.get("/robots-pas/", headers=robot).status_code for _ in range(62)]
    assert statuses[59] == 404 and statuses[60:] == [429, 429]
    assert client.get("/aide/", headers={"User-Agent": "Mozilla/5.0 Firefox/144.0"}).status_code == 200


@pytest.mark.commitment("CGU-6.3")
def test_private_pages_are_neither_indexed_nor_stored(client: Client, cast: Cast) -> None:
    builders.sign_in(client, cast.alice_account)
    answer = client.get("/adherent/")
    assert "noindex" in answer["X-Robots-Tag"] and "no-store" in answer["Cache-Control"]
    robots = client.get("/robots.txt").text
    assert "User-agent: HTTrack\n" in robots and robots.rstrip().endswith("Disallow: /")


@pytest.mark.commitment("CGU-6.4")
def test_the_directory_says_a_page_at_a_time(client: Client, cast: Cast) -> None:
    builders.sign_in(client, cast.alice_account)
    found = client.get("/adherent/professionnels/", {"q": "dentiste", "page": "100000"})
    assert found.status_code in {200, 404}
