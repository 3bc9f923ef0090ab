"""The little HTML that terms are written in: what is allowed, and the text cut into articles. Pure."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

TITLES = {"h2", "h3"}
BLOCKS = {*TITLES, "p", "li"}
ALLOWED = {*BLOCKS, "ul", "ol", "strong", "em", "b", "i", "br", "a"}
ATTRIBUTES = {"id", "href"}
EMPTY = {"br"}
WHITE = re.compile(r"[ \t\r\n]+")  # no-break spaces are part of the words
LINKS = ("/", "#", "https://", "mailto:")


class MarkupRefused(ValueError):
    """The text holds something else than titles, paragraphs, lists, links and emphasis, or a tag left open."""


@dataclass(frozen=True)
class Block:
    """A title, a paragraph or an item of a list, as its words."""

    anchor: str
    words: str


@dataclass
class Article:
    """What stands under one title of the second level."""

    anchor: str = ""
    title: str = ""
    blocks: list[Block] = field(default_factory=list)


def articles_of(text: str) -> list[Article]:
    """The articles of a text, in order; what comes before the first title is an article without one.

    Raises MarkupRefused.
    """
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.end()
    return [article for article in reader.articles if article.title or article.blocks]


def check(text: str) -> None:
    """Raises MarkupRefused, with the reason in French, for what may not be published."""
    articles_of(text)


class _Reader(HTMLParser):
    """Reads the allowed markup and refuses the rest."""

    def __init__(self) -> None:
        super().__init__()
        self.articles = [Article()]
        self.open: list[str] = []
        self.anchor = ""
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            raise MarkupRefused(f"La balise <{tag}> n’est pas admise.")
        for name, value in attrs:
            if name not in ATTRIBUTES:
                raise MarkupRefused(f"L’attribut «\u00a0{name}\u00a0» n’est pas admis.")
            if name == "href" and (not (value or "").startswith(LINKS) or (value or "").startswith("//")):
                raise MarkupRefused("Un lien commence par https://, mailto:, / ou #.")
        if tag in BLOCKS:
            self._finish()
            self.anchor = dict(attrs).get("id") or ""
            if tag == "h2":
                self.articles.append(Article(anchor=self.anchor))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise MarkupRefused(f"La balise <{tag}> est mal fermée.")
        if tag in BLOCKS:
            self._finish(is_title=tag == "h2")

    def handle_data(self, data: str) -> None:
        if data.strip() and not BLOCKS & set(self.open):
            raise MarkupRefused("Un passage n’est ni dans un titre, ni dans un paragraphe, ni dans une liste.")
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        raise MarkupRefused("Les commentaires ne sont pas admis.")

    def handle_decl(self, decl: str) -> None:
        raise MarkupRefused("Les déclarations ne sont pas admises.")

    def unknown_decl(self, data: str) -> None:
        raise MarkupRefused("Les déclarations ne sont pas admises.")

    def handle_pi(self, data: str) -> None:
        raise MarkupRefused("Les instructions ne sont pas admises.")

    def end(self) -> None:
        if self.open:
            raise MarkupRefused(f"La balise <{self.open[-1]}> n’est pas fermée.")

    def _finish(self, *, is_title: bool = False) -> None:
        """Keep the words read since the block began: of a paragraph, or of an item before the list inside it."""
        words = WHITE.sub(" ", "".join(self.words)).strip()
        self.words.clear()
        if not words:
            return
        if is_title:
            self.articles[-1].title = words
        else:
            self.articles[-1].blocks.append(Block(self.anchor, words))
