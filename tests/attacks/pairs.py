"""Pairs of posts that differ in one thing: whether somebody stands behind what is typed."""

import itertools
import random
import re
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests.attacks.wire import Answer, Visitor, address_of

PAIRS_AT_ONE_ADDRESS = 5
"""Forms that send mail let one address and one claim post five times an hour."""
# The length is kept, the value goes: it is drawn for each answer.
DRAWN = [
    (re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*'), "a token"),
    (re.compile(r"\b[23456789ABCDEFGHJKMNPQRSTVWXYZ]{10}\b"), "a reference"),
    (re.compile(r"\bF[A-Z]*-?\d{4}-[0-9A-Z-]+\b"), "a report"),
]
DRAWN_HEADERS = {"x-reference", "date", "expires", "set-cookie", "location", "retry-after", "etag"}

type Fields = dict[str, str]


@dataclass
class Pair:
    """What is posted for somebody and for nobody."""

    path: str
    known: Fields
    unknown: Fields
    kind: str = ""


@dataclass
class Times:
    """Seconds that each answer took, by kind of account."""

    known: dict[str, list[float]] = field(default_factory=dict)
    unknown: dict[str, list[float]] = field(default_factory=dict)

    def add(self, kind: str, known: float, unknown: float) -> None:
        self.known.setdefault(kind, []).append(known)
        self.unknown.setdefault(kind, []).append(unknown)

    def add_all(self, other: "Times") -> None:
        for kind in other.known:
            self.known.setdefault(kind, []).extend(other.known[kind])
            self.unknown.setdefault(kind, []).extend(other.unknown[kind])

    @property
    def medians(self) -> tuple[float, float]:
        """Medians in milliseconds, for somebody and for nobody."""
        return _median(self.known), _median(self.unknown)

    @property
    def ratio(self) -> float:
        """The greater median over the smaller one."""
        known, unknown = self.medians
        return max(known, unknown) / min(known, unknown)

    @property
    def by_kind(self) -> dict[str, list[float]]:
        return {
            kind: [
                round(1000 * statistics.median(times), 2)
                for times in (self.known[kind], self.unknown[kind])
            ]
            for kind in self.known
        }  # fmt: skip


def compare(
    site: str, pairs: Iterator[Pair], effects: Callable[[], object], *, first_address: int
) -> tuple[Times, list[str]]:
    """Post every pair, in random order within each; returns the times and what differs.

    `effects` tells what the last post left behind (jobs promised…).
    """
    times, differences = Times(), []
    chance = random.Random(first_address)
    for rank, batch in enumerate(itertools.batched(pairs, PAIRS_AT_ONE_ADDRESS)):
        visitor = Visitor(site, address_of(first_address + rank))
        visitor.get("/healthz")  # opens the connection, outside what is measured
        for pair in batch:
            seen: dict[str, tuple[Answer, object]] = {}
            for who, fields in chance.sample([("known", pair.known), ("unknown", pair.unknown)], 2):
                visitor.forget()
                answer = visitor.post(pair.path, fields)
                seen[who] = answer, effects()
            (known, left), (unknown, left_too) = seen["known"], seen["unknown"]
            times.add(pair.kind, known.seconds, unknown.seconds)
            if differs := difference(known, unknown, pair):
                differences.append(f"{pair.path} {pair.kind}: {differs}")
            if left != left_too:
                differences.append(f"{pair.path} {pair.kind}: {left} is left behind, not {left_too}")
        visitor.close()
    return times, differences


def difference(known: Answer, unknown: Answer, pair: Pair) -> str:
    """In what two answers differ, once what is drawn or was typed has gone; empty when nobody can tell."""
    if known.status != unknown.status:
        return f"status {known.status}, not {unknown.status}"
    if shape(known) != shape(unknown):
        return f"headers {set(shape(known)) ^ set(shape(unknown)) or 'in another order'}"
    first, second = plain(known.body, pair.known), plain(unknown.body, pair.unknown)
    if first == second:
        return ""
    lines = zip(first.splitlines(), second.splitlines(), strict=False)
    return next((f"body: {one!r}, not {other!r}" for one, other in lines if one != other), "body: one is longer")


def shape(answer: Answer) -> list[tuple[str, object]]:
    """Names of headers with their values, or with the length of those that are drawn."""
    return [
        (name.lower(), len(value) if name.lower() in DRAWN_HEADERS else value)
        for name, value in answer.headers
    ]  # fmt: skip


def plain(body: str, typed: Fields) -> str:
    """The page without its tokens and references, and without what was typed."""
    # What was typed first: an identifier without 0 or 1 looks like a reference.
    for value in sorted(typed.values(), key=len, reverse=True):
        body = body.replace(value, "typed") if value else body
    for pattern, name in DRAWN:
        body = pattern.sub(lambda found, name=name: f"{found[1] if found.groups() else ''}{name}", body)  # type: ignore[misc]
    return body


def _median(times: dict[str, list[float]]) -> float:
    return 1000 * statistics.median(itertools.chain.from_iterable(times.values()))
