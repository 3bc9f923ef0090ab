"""What differs between two texts: by article, by paragraph, by word; and its public page."""

import pytest
from django.test import Client

from portals.terms.actions import publish
from portals.terms.comparison import Fate, compare
from portals.terms.models import TermsVersion
from tests.pages import words_of

BEFORE = (
    '<h2 id="art-1">Article 1</h2><p id="c-1">1.1. Un compte est ouvert.</p><p id="c-2">1.2. Il est gratuit.</p>'
    '<h2 id="art-2">Article 2</h2><p>Rien à dire.</p><h2 id="art-3">Article 3</h2><p>Ancien.</p>'
)
AFTER = (
    '<h2 id="art-1">Article 1</h2><p id="c-1">1.1. Un <strong>compte</strong> personnel est ouvert.</p>'
    '<p id="c-2">1.2. Il est gratuit.</p><p id="c-3">1.3. Il est fermé à la demande.</p>'
    '<h2 id="art-2">Article 2</h2><p>Rien à dire.</p><h2 id="art-4">Article 4</h2><p>Nouveau.</p>'
)


def test_it_tells_articles_that_stay_change_come_and_go() -> None:
    fates = [(article.title, article.fate) for article in compare(BEFORE, AFTER)]
    assert fates == [
        ("Article 1", Fate.REWORDED), ("Article 2", Fate.SAME), ("Article 3", Fate.REMOVED), ("Article 4", Fate.ADDED),
    ]  # fmt: skip


def test_it_shows_the_words_that_came_and_leaves_the_rest() -> None:
    article = compare(BEFORE, AFTER)[0]
    reworded, added = article.blocks
    assert [(run.fate, run.words) for run in reworded.runs] == [
        (Fate.SAME, "1.1. Un compte"), (Fate.ADDED, "personnel"), (Fate.SAME, "est ouvert."),
    ]  # fmt: skip
    assert added.fate == Fate.ADDED and article.unchanged == 1


def test_the_other_way_round_what_was_added_is_removed() -> None:
    runs = compare(AFTER, BEFORE)[0].blocks[0].runs
    assert (Fate.REMOVED, "personnel") in [(run.fate, run.words) for run in runs]


def test_markup_alone_is_no_change() -> None:
    assert [article.fate for article in compare("<p>Un mot.</p>", "<p>Un <em>mot</em>.</p>")] == [Fate.SAME]


@pytest.mark.parametrize(("before", "after"), [(BEFORE, AFTER), (AFTER, BEFORE), (BEFORE, BEFORE), ("", AFTER)])
def test_every_word_of_both_texts_is_in_the_comparison(before: str, after: str) -> None:
    """What stayed and went is the old text, what stayed and came the new one, but for unchanged paragraphs."""
    for kept, text in ((Fate.REMOVED, before), (Fate.ADDED, after)):
        shown = {
            word
            for article in compare(before, after)
            for run in (*article.title_runs, *(run for block in article.blocks for run in block.runs))
            if run.fate in {Fate.SAME, kept}
            for word in run.words.split(" ")
        }
        assert shown <= set(words_of(text.replace("</h2>", " ")).split(" ")) | {""}


@pytest.fixture
def two_versions(db: None) -> None:
    text = TermsVersion.objects.get().text.replace("gratuits et sans abonnement", "gratuits")
    publish(by=None, text=text, summary="<p>Bref.</p>", changes="<p>Moins de mots.</p>")


@pytest.mark.commitment("CGU-1.5", "CGU-2.12")
@pytest.mark.usefixtures("two_versions")
def test_anybody_reads_the_comparison_whose_changes_are_said_and_not_only_coloured(client: Client) -> None:
    page = client.get("/cgu/2/comparaison/1/").text
    assert "<del>" in page and "Supprimé" in words_of(page) and "et sans abonnement" in words_of(page)
    assert "Moins de mots." in page and "1 article" in words_of(page).replace("\u00a0", " ")
    assert client.get("/cgu/1/comparaison/2/").text.count("<del>") == page.count("<del>")
    assert "/cgu/1/comparaison/2/" in client.get("/cgu/2/").text


@pytest.mark.usefixtures("two_versions")
@pytest.mark.parametrize("address", ["/cgu/1/comparaison/1/", "/cgu/1/comparaison/3/", "/cgu/9/comparaison/8/"])
def test_there_is_nothing_to_compare_with_itself_or_with_nothing(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
