"""What differs between two texts, article by article and word by word. Pure.

Words are compared, not markup: a title that becomes bold is no change of the terms.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from itertools import zip_longest

from portals.terms.markup import Article, Block, articles_of

WORDS = re.compile(r"[^ ]+")  # a no-break space joins a word to its punctuation
ALIKE = 0.4
"""Below this likeness two paragraphs are one removed and one added, rather than one reworded."""


class Fate(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"


@dataclass(frozen=True)
class Run:
    """Consecutive words that stayed, came or went."""

    fate: Fate
    words: str


@dataclass(frozen=True)
class ComparedBlock:
    fate: Fate
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class ComparedArticle:
    """`blocks` holds only what changed; `unchanged` is how many paragraphs did not."""

    title: str
    fate: Fate
    title_runs: tuple[Run, ...]
    blocks: tuple[ComparedBlock, ...]
    unchanged: int


@lru_cache(maxsize=32)
def compare(before: str, after: str) -> tuple[ComparedArticle, ...]:
    """Compare two texts. Published texts never change, so neither does what is remembered here."""
    old, new = articles_of(before), articles_of(after)
    matcher = SequenceMatcher(None, [_name(article) for article in old], [_name(article) for article in new], False)
    compared: list[ComparedArticle] = []
    for kind, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        if kind == "equal":
            pairs = zip(old[from_old:to_old], new[from_new:to_new], strict=True)
            compared += [_article(one, other) for one, other in pairs]
        else:
            compared += [_article(article, Article()) for article in old[from_old:to_old]]
            compared += [_article(Article(), article) for article in new[from_new:to_new]]
    return tuple(compared)


def _name(article: Article) -> str:
    """What tells an article: its anchor, which outlives a new title."""
    return article.anchor or article.title


def _article(old: Article, new: Article) -> ComparedArticle:
    blocks = _blocks(old.blocks, new.blocks)
    changed = tuple(block for block in blocks if block.fate != Fate.SAME)
    title_runs = _runs(old.title, new.title)
    if not old.title and not old.blocks:
        fate = Fate.ADDED
    elif not new.title and not new.blocks:
        fate = Fate.REMOVED
    else:
        fate = Fate.REWORDED if changed or old.title != new.title else Fate.SAME
    return ComparedArticle(new.title or old.title, fate, title_runs, changed, len(blocks) - len(changed))


def _blocks(old: Sequence[Block], new: Sequence[Block]) -> list[ComparedBlock]:
    """Paragraphs in the order of the new text, removed ones where they stood."""
    matcher = SequenceMatcher(None, [block.words for block in old], [block.words for block in new], False)
    compared: list[ComparedBlock] = []
    for kind, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        if kind == "equal":
            compared += [ComparedBlock(Fate.SAME, (Run(Fate.SAME, block.words),)) for block in old[from_old:to_old]]
        else:
            compared += _replaced(list(old[from_old:to_old]), list(new[from_new:to_new]))
    return compared


def _replaced(old: list[Block], new: list[Block]) -> list[ComparedBlock]:
    """Paragraphs that took the place of others: the same clause reworded, or one gone and one come."""
    kept = {block.anchor for block in old if block.anchor} & {block.anchor for block in new if block.anchor}
    if kept:
        return _by_anchor(old, new, kept)
    compared: list[ComparedBlock] = []
    for one, other in zip_longest(old, new):
        if one and other and _likeness(one.words, other.words) >= ALIKE:
            compared.append(ComparedBlock(Fate.REWORDED, _runs(one.words, other.words)))
            continue
        if one:
            compared.append(_whole(Fate.REMOVED, one))
        if other:
            compared.append(_whole(Fate.ADDED, other))
    return compared


def _by_anchor(old: list[Block], new: list[Block], kept: set[str]) -> list[ComparedBlock]:
    """Clauses bear their number: the same number is the same clause, however it is reworded."""
    first = next((rank for rank, block in enumerate(old) if block.anchor in kept))
    same = next((rank for rank, block in enumerate(new) if block.anchor == old[first].anchor), None)
    if same is None:
        return [_whole(Fate.REMOVED, block) for block in old] + [_whole(Fate.ADDED, block) for block in new]
    clause = ComparedBlock(Fate.REWORDED, _runs(old[first].words, new[same].words))
    return [*_replaced(old[:first], new[:same]), clause, *_replaced(old[first + 1 :], new[same + 1 :])]


def _whole(fate: Fate, block: Block) -> ComparedBlock:
    return ComparedBlock(fate, (Run(fate, block.words),))


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, WORDS.findall(one), WORDS.findall(other), False).ratio()


def _runs(before: str, after: str) -> tuple[Run, ...]:
    """The words of both, those that went before those that came."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    matcher = SequenceMatcher(None, old, new, False)
    runs: list[Run] = []
    for kind, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        if kind == "equal":
            runs.append(Run(Fate.SAME, " ".join(new[from_new:to_new])))
            continue
        if to_old > from_old:
            runs.append(Run(Fate.REMOVED, " ".join(old[from_old:to_old])))
        if to_new > from_new:
            runs.append(Run(Fate.ADDED, " ".join(new[from_new:to_new])))
    return tuple(runs)
