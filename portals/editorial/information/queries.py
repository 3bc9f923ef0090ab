"""Reads of the articles: those of a place, one of them, and what a search finds there."""

from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import add

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from portals.editorial.information.markup import plain
from portals.editorial.information.models import Article, Topic
from portals.names import folded_name

CONFIG = "french"
MOST_WORDS = 12
MOST_LISTED = 200
MOST_FOUND = 20
NEIGHBOURS = 4
PREFIX_FROM = 3
"""Letters from which a word may be the beginning of another."""
LISTED = ("slug", "topic", "title", "summary")


@dataclass(frozen=True)
class Shelf:
    """The articles of a topic."""

    label: str
    articles: list[Article]


def vector_of(*, title: str, keywords: str, summary: str, text: str) -> Combinable:
    """What the search compares: folded like the words that are typed, as the database has no collation that folds."""
    weighed = {"A": title, "B": keywords, "C": summary, "D": plain(text)}
    first, *others = (
        SearchVector(Value(folded_name(words)), weight=weight, config=CONFIG) for weight, words in weighed.items()
    )
    return reduce(add, others, first)


def published_in(audience: str) -> QuerySet[Article]:
    """What is read in this place."""
    return Article.objects.filter(audiences__contains=[audience], published_at__isnull=False)


def shelves_of(audience: str) -> list[Shelf]:
    """The articles of a place, by topic. One query."""
    order = {topic: rank for rank, topic in enumerate(Topic.values)}
    rows = published_in(audience).only(*LISTED, "written_at").order_by("title")[:MOST_LISTED]
    sorted_rows = sorted(rows, key=lambda article: order[article.topic])
    return [
        Shelf(Topic(topic).label, list(articles)) for topic, articles in groupby(sorted_rows, key=lambda row: row.topic)
    ]


def neighbours_of(article: Article, audience: str) -> list[Article]:
    """Others of the same topic in the same place, the last written first. One query."""
    rows = published_in(audience).filter(topic=article.topic).exclude(pk=article.pk).only(*LISTED)
    return list(rows.order_by("-written_at", "title")[:NEIGHBOURS])


def found_in(audience: str, typed: str) -> list[Article]:
    """The articles with every word that was typed; failing that, with some of them. The best first; two queries at most."""
    words = folded_name(typed).split()[:MOST_WORDS]
    if not words:
        return []
    return _ranked(audience, " & ".join(map(_sought, words))) or _ranked(audience, " | ".join(map(_sought, words)))


def _sought(word: str) -> str:
    """A word of letters and figures alone, as `to_tsquery` reads it: the beginning of a word, unless it is short."""
    return f"'{word}':*" if len(word) >= PREFIX_FROM else f"'{word}'"


def _ranked(audience: str, expression: str) -> list[Article]:
    query = SearchQuery(Cast(Value(expression), CharField()), search_type="raw", config=CONFIG)
    rows = published_in(audience).filter(search=query).annotate(rank=SearchRank(F("search"), query))
    return list(rows.only(*LISTED).order_by("-rank", "title")[:MOST_FOUND])
