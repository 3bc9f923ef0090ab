"""Writing an article, showing it, taking it down. A version that was written is never rewritten."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from portals.accounts.models import Account
from portals.editorial.information.markup import check
from portals.editorial.information.models import Article, ArticleVersion
from portals.editorial.information.queries import vector_of
from portals.names import unaccented
from portals.signals import announce

WRITE = "portals.change_article"
SLUG_LENGTH = 70


class WrittenMeanwhile(Exception):
    """Somebody wrote another version since this one was opened."""


@dataclass(frozen=True)
class Words:
    """What a version says."""

    title: str
    keywords: str
    summary: str
    text: str


@dataclass(frozen=True)
class Place:
    """What an article is about, and where it is read."""

    topic: str
    audiences: list[str]


@transaction.atomic
def write(
    *, by: Account, words: Words, place: Place, note: str = "", article: Article | None = None, seen: int = 0
) -> Article:
    """A new article, which only staff see until it is published; or the next version of one, read at once.

    `seen` is the version that the new one began from. Words that are the same make no version.
    Raises PermissionDenied, MarkupRefused or WrittenMeanwhile.
    """
    if not by.has_perm(WRITE):
        raise PermissionDenied
    check(words.text)
    row = Article(slug=_free_slug(words.title), number=0) if article is None else _locked(article.pk)
    if article is not None and row.number != seen:
        raise WrittenMeanwhile
    is_new_version = article is None or words != words_of(row)
    row.topic, row.audiences = place.topic, list(place.audiences)
    if is_new_version:
        row.title, row.keywords, row.summary, row.text = words.title, words.keywords, words.summary, words.text
        row.number += 1
        row.written_at = timezone.now()
        row.search = vector_of(title=words.title, keywords=words.keywords, summary=words.summary, text=words.text)
    row.save()
    if is_new_version:
        ArticleVersion.objects.create(
            article=row, number=row.number, title=row.title, keywords=row.keywords, summary=row.summary, text=row.text,
            note=note, written_at=row.written_at, written_by=by,
        )  # fmt: skip
    announce("article.written", by=by, object_kind="article", object_id=row.pk, details={"version": row.number})
    return row


@transaction.atomic
def publish(*, by: Account, article: Article) -> None:
    """Show it where it is to be read. Doing it twice does nothing. Raises PermissionDenied."""
    row = _to_change(by, article)
    if row.published_at is None:
        row.published_at = timezone.now()
        row.save(update_fields=["published_at"])
        announce("article.published", by=by, object_kind="article", object_id=row.pk, details={"version": row.number})


@transaction.atomic
def unpublish(*, by: Account, article: Article) -> None:
    """Take it down; staff still see it, with its versions. Doing it twice does nothing. Raises PermissionDenied."""
    row = _to_change(by, article)
    if row.published_at is not None:
        row.published_at = None
        row.save(update_fields=["published_at"])
        announce("article.unpublished", by=by, object_kind="article", object_id=row.pk)


def words_of(article: Article) -> Words:
    """What an article says now."""
    return Words(article.title, article.keywords, article.summary, article.text)


def _to_change(by: Account, article: Article) -> Article:
    if not by.has_perm(WRITE):
        raise PermissionDenied
    return _locked(article.pk)


def _locked(pk: int) -> Article:
    return Article.objects.select_for_update().get(pk=pk)


def _free_slug(title: str) -> str:
    """The title as an address, with a number when another article has it."""
    stem = slugify(unaccented(title).replace("’", "-"))[:SLUG_LENGTH].strip("-") or "information"
    taken = set(Article.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    rank = 1
    slug = stem
    while slug in taken:
        rank += 1
        slug = f"{stem}-{rank}"
    return slug
