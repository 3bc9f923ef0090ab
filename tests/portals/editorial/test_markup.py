"""The signs of articles, their HTML, and their typography."""

import pytest

from portals.editorial.information.firsts import first_articles
from portals.editorial.information.markup import MarkupRefused, check, plain, to_html
from portals.editorial.information.typesetting import typeset


def test_it_makes_titles_lists_paragraphs_emphasis_and_links() -> None:
    text = "## Un titre\nUn **mot**,\nla suite.\n\n- un\n  deux\n- trois\n\n1. d’abord\n2. [lire](/aide/)"
    assert to_html(text).split("\n") == [
        "<h2>Un titre</h2>",
        "<p>Un <strong>mot</strong>, la suite.</p>",
        "<ul><li>un deux</li><li>trois</li></ul>",
        '<ol><li>d’abord</li><li><a href="/aide/">lire</a></li></ol>',
    ]
    assert plain("## Un titre\n\n- [lire](/aide/) **fort**") == "Un titre\n\nlire fort"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<b>gras</b>",
        "[cliquez](javascript:alert(1))",
        "[cliquez](//ailleurs.example)",
        "[cliquez](/\\ailleurs.example)",
        "**pas fermé",
        "[pas](fermé",
    ],
)
def test_it_refuses_what_would_not_be_read_as_meant_and_never_shows_it_as_code(text: str) -> None:
    with pytest.raises(MarkupRefused):
        check(text)
    html = to_html(text)
    assert "<script" not in html and "<b>" not in html and "href" not in html


def test_words_in_a_link_are_escaped() -> None:
    assert to_html('[a "<b>](https://exemple.fr/?a=1&b="2")') == (
        '<p><a href="https://exemple.fr/?a=1&amp;b=&quot;2&quot;" rel="noopener noreferrer">a &quot;&lt;b&gt;</a></p>'
    )


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("l'essentiel : 100 % vrai ?", "l’essentiel\u00a0: 100\u202f% vrai\u202f?"),
        ("vraiment? oui!", "vraiment\u202f? oui\u202f!"),
        ("« ici » et «là»", "«\u00a0ici\u00a0» et «\u00a0là\u00a0»"),
        ("1 234,56 €", "1\u202f234,56\u202f€"),
        ("[lire](https://exemple.fr/?q=1;2)", "[lire](https://exemple.fr/?q=1;2)"),
    ],
)
def test_what_is_typed_on_a_keyboard_is_typeset(typed: str, printed: str) -> None:
    assert typeset(typed) == printed
    assert typeset(printed) == printed


@pytest.mark.parametrize("article", first_articles(), ids=lambda article: article.slug)
def test_the_first_articles_are_whole_and_typeset(article: object) -> None:
    words = {name: getattr(article, name) for name in ("title", "keywords", "summary", "text")}
    check(words["text"])
    assert {name: typeset(said) for name, said in words.items()} == words
    assert all(words.values()) and len(words["text"].split()) > 90
    assert len(words["title"]) <= 120 and len(words["keywords"]) <= 200 and len(words["summary"]) <= 300
