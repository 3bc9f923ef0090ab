"""The published text of the terms of use, version 1, and its summary: what they must say, clause by clause."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template import engines

from config.organisation import ORGANISATION
from portals import terms

TEXTS = Path(terms.__file__).parent / "texts"
LABEL = "j'accepte les présentes CGU"
ARTICLES = [
    "Préambule et définitions",
    "Accès aux services",
    "Description des services",
    "Accès au site",
    "Responsabilité",
    "Propriété intellectuelle",
    "Fin des services",
    "Données à caractère personnel",
    "Dispositions diverses",
]
CLAUSES = {1: 7, 2: 13, 3: 27, 4: 3, 5: 4, 6: 4, 7: 7, 8: 15, 9: 4}

# What clauses of kind D (displayed text alone) must say.
PURE_TEXT = {
    "CGU-1.5": "fixent les conditions d’accès à ces trois espaces",
    "CGU-2.6": "conséquences de la divulgation",
    "CGU-3.2": "indicatif",
    "CGU-3.25": "gratuits et sans abonnement",
    "CGU-4.3": "ne répond pas de l’indisponibilité",
    "CGU-5.2": "sous votre propre responsabilité",
    "CGU-6.1": "sont protégés",
    "CGU-6.2": "besoins privés ou familiaux",
    "CGU-6.4": "Les bases de données",
    "CGU-7.6": "n’ouvre droit à indemnité",
    "CGU-8.1": "géolocalisation",
    "CGU-8.3": "vie institutionnelle",
    "CGU-9.1": "droit français",
    "CGU-9.2": "ne renonce pas",
    "CGU-9.3": "réputée non écrite",
}


class Clauses(HTMLParser):
    """Collects tags, attributes and the text under each anchor."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.texts: dict[str, str] = {}
        self.order: list[str] = []
        self.anchor = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        anchor = dict(attrs).get("id")
        if anchor:
            assert anchor not in self.texts, f"{anchor} twice"
            self.anchor = anchor
            self.order.append(anchor)
            self.texts[anchor] = ""

    def handle_data(self, data: str) -> None:
        if self.anchor:
            self.texts[self.anchor] += data


def published(name: str) -> str:
    source = (TEXTS / name).read_text(encoding="utf-8")
    return engines["django"].from_string(source).render({"organisation": ORGANISATION})


@pytest.fixture(scope="module")
def text() -> Clauses:
    parser = Clauses()
    parser.feed(published("cgu_v1.html"))
    return parser


def test_it_has_the_nine_articles_in_order(text: Clauses) -> None:
    titles = [text.texts[anchor] for anchor in text.order if anchor.startswith("art-")]
    assert [title.split("\n")[0] for title in titles] == [
        f"Article {number} – {title}" for number, title in enumerate(ARTICLES, start=1)
    ]


def test_every_clause_has_its_anchor_and_its_number_in_order(text: Clauses) -> None:
    expected = [f"cgu-{article}-{clause}" for article, count in CLAUSES.items() for clause in range(1, count + 1)]
    assert [anchor for anchor in text.order if anchor.startswith("cgu-")] == expected
    for anchor in expected:
        assert text.texts[anchor].startswith(anchor.removeprefix("cgu-").replace("-", ".") + ". ")


def test_it_is_plain_markup_that_any_page_can_hold(text: Clauses) -> None:
    assert text.tags == {"h2", "h3", "p", "ul", "li"}
    assert text.attributes == {"id"}


def test_a_member_reads_it_in_about_ten_minutes(text: Clauses) -> None:
    words = sum(len(part.split()) for part in text.texts.values())
    assert 2_300 < words < 3_500


def test_french_typography_is_respected(text: Clauses) -> None:
    words = "\n".join(text.texts.values()).replace(LABEL, "")
    assert "'" not in words
    assert not re.search(r"[^\u202f][;!?%€]|[^\u00a0]:|«[^\u00a0]|[^\u00a0]»", words)


@pytest.mark.commitment("CGU-2.9")
def test_the_label_of_the_box_is_quoted_verbatim(text: Clauses) -> None:
    assert f"«\u00a0{LABEL}\u00a0»" in text.texts["cgu-2-9"]


@pytest.mark.parametrize(
    ("clause", "words"),
    [pytest.param(clause, words, marks=pytest.mark.commitment(clause)) for clause, words in PURE_TEXT.items()],
)
def test_a_clause_of_pure_text_says_what_was_promised(text: Clauses, clause: str, words: str) -> None:
    assert words in text.texts[clause.lower().replace(".", "-")]


@pytest.mark.commitment("CGU-8.12")
def test_it_gives_the_addresses_of_the_dpo_of_the_authority_and_for_questions(text: Clauses) -> None:
    assert ORGANISATION.dpo_email in text.texts["cgu-8-11"]
    assert "44273 Nantes Cedex 2" in text.texts["cgu-8-11"]
    assert "3 place de Fontenoy" in text.texts["cgu-8-12"]
    assert ORGANISATION.authority_website in text.texts["cgu-8-12"]
    assert "143 rue Blomet" in text.texts["cgu-9-4"]
    assert ORGANISATION.network_label in text.texts["cgu-3-11"]


def test_article_2_refers_to_article_8_as_published(text: Clauses) -> None:
    assert "dans les conditions fixées à l’article 8" in text.texts["cgu-2-12"].replace("\u00a0", " ")


def test_the_summary_holds_in_five_points() -> None:
    summary = published("cgu_v1_summary.html")
    assert summary.count("<li>") == 5
    assert not re.search(r"[^\u202f][;!?%€]|[^\u00a0]:|'", summary)
