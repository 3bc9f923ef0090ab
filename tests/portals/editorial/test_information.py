"""Useful information: read in its place, found by its words, written and kept by staff (CGU-3.14)."""

import re

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portals.editorial.information.actions import Place, Words, publish, write
from portals.editorial.information.models import Article, ArticleVersion, Audience, Topic
from portals.editorial.information.queries import found_in
from portals.gestion.roles import Role
from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.14")]

ADD = "/gestion/portals/article/add/"
WORDS = Words("Où se garer", "parking, stationnement", "Devant l’agence.", "## Le parking\n\nTrois places.")
EVERYWHERE = Place(Topic.ACCOUNT, list(Audience.values))


def article(*, is_published: bool = True, words: Words = WORDS, place: Place = EVERYWHERE) -> Article:
    agent = builders.colleague(Role.AGENT)
    row = write(by=agent, words=words, place=place)
    if is_published:
        publish(by=agent, article=row)
    return row


def answers(**changes: object) -> dict[str, object]:
    return {
        "title": "L'accueil", "topic": "account", "audiences": ["adherent"], "keywords": "", "summary": "C'est ici.",
        "text": "Une phrase.", "note": "", "seen": 0, **changes,
    }  # fmt: skip


@pytest.fixture
def agent(client: Client) -> Client:
    return builders.enter_gestion(client, builders.colleague(Role.AGENT))


def test_a_new_installation_has_articles_for_everybody() -> None:
    assert Article.objects.filter(published_at__isnull=False).count() >= 16
    for audience, least in ((Audience.MEMBER, 12), (Audience.EMPLOYER, 5), (Audience.PROFESSIONAL, 5)):
        assert Article.objects.filter(audiences__contains=[audience]).count() >= least
    assert ArticleVersion.objects.filter(number=1, written_by=None).count() == Article.objects.count()


def test_every_link_of_the_first_articles_leads_somewhere(cast: Cast) -> None:
    readers = {
        "adherent": builders.sign_in(Client(), cast.alice_account),
        "employeur": builders.sign_in(Client(), cast.company_account),
        "professionnel": builders.sign_in(Client(), cast.professional_account),
    }
    wrong = [
        f"{row.slug}: {address} as {audience}"
        for row in Article.objects.all()
        for address in re.findall(r"\]\((/[^)#]*)", row.text)
        for audience, reader in readers.items()
        if audience in row.audiences
        and not (address.startswith("/adherent/") and audience != "adherent")
        and reader.get(address).status_code != 200
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("holder", "here", "other"),
    [
        ("alice_account", "/adherent/informations/", "factures-rejetees"),
        ("company_account", "/employeur/informations/", "lire-un-decompte"),
        ("professional_account", "/professionnel/informations/", "lire-un-decompte"),
    ],
)
def test_each_space_reads_its_own_dated_and_no_other(holder: str, here: str, other: str, cast: Cast) -> None:
    client = builders.sign_in(Client(), getattr(cast, holder))
    row = article()
    assert "Où se garer" in words_of(client.get(here).text)
    page = client.get(f"{here}{row.slug}/")
    assert "<h2>Le parking</h2>" in page.text and "Mis à jour le" in page.text
    assert client.get(f"{here}{other}/").status_code == 404


def test_nobody_reads_what_is_not_published(cast: Cast, client: Client) -> None:
    row = article(is_published=False)
    builders.sign_in(client, cast.alice_account)
    assert "Où se garer" not in client.get("/adherent/informations/").text
    assert "Où se garer" not in client.get("/adherent/informations/?q=garer").text
    assert client.get(f"/adherent/informations/{row.slug}/").status_code == 404
    assert Client().get(f"/aide/{row.slug}/").status_code == 404


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("décomptes", "lire-un-decompte"),
        ("DECOMPTE", "lire-un-decompte"),
        ("iban", "changer-de-compte-bancaire"),
        ("Comment changer mon RIB ?", "changer-de-compte-bancaire"),
        ("nouveau né", "rattacher-un-enfant"),
        ("chômage", "garder-sa-mutuelle-apres-un-emploi"),
        ("résili", "resilier-un-contrat"),
        ("l’audioprothésiste", "100-sante"),
    ],
)
def test_a_search_finds_it_whatever_the_accents_and_the_endings(typed: str, slug: str) -> None:
    assert slug in [row.slug for row in found_in("adherent", typed)][:3]


@pytest.mark.parametrize("typed", ["", "' & | ! ( ) :* \\", "zzzxqw", "\x00", "🦷", "²", "le la les", "a" * 5000])
def test_a_search_for_anything_answers(typed: str, client: Client) -> None:
    assert client.get("/aide/", {"q": typed}).status_code == 200


def test_what_was_typed_is_shown_as_words(client: Client) -> None:
    page = client.get("/aide/", {"q": "<script>x</script>"})
    assert "<script>x" not in page.text and "Rien pour" in page.text


def test_its_queries_do_not_grow_with_the_articles(cast: Cast, client: Client) -> None:
    builders.sign_in(client, cast.alice_account)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/adherent/informations/?q=remboursement").status_code == 200
        return len(captured)

    queries()
    before = queries()
    Article.objects.bulk_create(
        Article(
            slug=f"a-{rank}", topic=Topic.CARE, audiences=["adherent"], title=f"Titre {rank}", summary="x", text="x",
            published_at=timezone.now(),
        )
        for rank in range(300)
    )  # fmt: skip
    assert queries() == before <= 12


def test_staff_write_read_again_publish_and_take_down(agent: Client, cast: Cast) -> None:
    assert agent.get(ADD).status_code == 200
    assert agent.post(ADD, answers(text="L'agence ouvre à 9 h : venez !")).status_code == 302
    row = Article.objects.get(title="L’accueil")
    assert row.text == "L’agence ouvre à 9 h\u00a0: venez\u202f!" and row.published_at is None
    preview = f"/gestion/portals/article/{row.pk}/apercu/"
    assert "Non publié" in agent.get(preview).text
    assert agent.post(f"/gestion/portals/article/{row.pk}/publier/").status_code == 302
    reader = builders.sign_in(Client(), cast.alice_account)
    address = f"/adherent/informations/{row.slug}/"
    assert "L’agence ouvre" in reader.get(address).text
    edit = f"/gestion/portals/article/{row.pk}/change/"
    assert 'name="seen" value="1"' in agent.get(edit).text
    assert agent.post(edit, answers(text="L’agence a fermé.", seen=1, note="Fermeture")).status_code == 302
    assert "a fermé" in reader.get(address).text
    versions = words_of(agent.get(f"/gestion/portals/article/{row.pk}/versions/").text)
    assert "L’agence ouvre" in versions and "Fermeture" in versions
    assert agent.post(f"/gestion/portals/article/{row.pk}/retirer/").status_code == 302
    assert reader.get(address).status_code == 404
    done = Entry.objects.filter(object_kind="article", object_id=str(row.pk)).values_list("action", flat=True)
    assert {"article.written", "article.published", "article.unpublished"} <= set(done)


def test_two_people_never_write_over_each_other(agent: Client) -> None:
    row = article()
    edit = f"/gestion/portals/article/{row.pk}/change/"
    assert agent.post(edit, answers(seen=1, text="La première.")).status_code == 302
    late = agent.post(edit, answers(seen=1, text="La seconde."))
    assert late.status_code == 200 and "enregistrée entre-temps" in late.text
    assert list(row.versions.order_by("number").values_list("text", flat=True)) == [WORDS.text, "La première."]


def test_the_same_words_make_no_version(agent: Client) -> None:
    row = article()
    same = answers(
        title=WORDS.title, keywords=WORDS.keywords, summary=WORDS.summary, text=WORDS.text, seen=1,
        audiences=["public"],
    )  # fmt: skip
    assert agent.post(f"/gestion/portals/article/{row.pk}/change/", same).status_code == 302
    row.refresh_from_db()
    assert (row.number, row.audiences) == (1, ["public"])


def test_two_titles_alike_have_two_addresses() -> None:
    assert [article().slug, article().slug] == ["ou-se-garer", "ou-se-garer-2"]


@pytest.mark.parametrize("text", ["<img src=x onerror=alert(1)>", "[x](javascript:alert(1))"])
def test_html_is_refused_from_staff(agent: Client, text: str) -> None:
    refused = agent.post(ADD, answers(text=text))
    assert refused.status_code == 200 and not Article.objects.filter(title="L’accueil").exists()


def test_a_version_cannot_be_rewritten() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        ArticleVersion.objects.update(text="Autre chose.")
