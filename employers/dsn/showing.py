"""The difference as its page shows it: by kind, a page at a time, with what was chosen so far."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from employers.dsn.actions import chosen_of, without_reason
from employers.dsn.proposals import Kind, Proposal
from employers.dsn.queries import Review
from portals.presentation.formats import NBSP

PER_PAGE = 150
"""Two or three answers a line: a browser's form stays well under what the site reads."""

TITLES = {
    Kind.AFFILIATE: "Salariés à affilier",
    Kind.MOVE: "Changements de contrat",
    Kind.CHANGE: "Informations à corriger",
    Kind.END: "Droits à arrêter",
}
NOUNS = {
    Kind.AFFILIATE: ("affiliation", "affiliations"),
    Kind.MOVE: ("changement de contrat", "changements de contrat"),
    Kind.CHANGE: ("correction", "corrections"),
    Kind.END: ("radiation", "radiations"),
}


@dataclass(frozen=True)
class Line:
    """One proposal, and what was answered to it."""

    proposal: Proposal
    is_chosen: bool
    reason: str
    lacks_reason: bool

    @property
    def name(self) -> str:
        return f"{self.proposal.declared.given_names} {self.proposal.declared.family_name}"


@dataclass(frozen=True)
class Group:
    """The lines of one kind on a page."""

    kind: Kind
    title: str
    lines: tuple[Line, ...]

    @property
    def has_ends(self) -> bool:
        """Whether rights would end for one of them: a reason is asked."""
        return any(line.proposal.ends for line in self.lines)


@dataclass(frozen=True)
class Page:
    """One page of the difference. `number` counts from 1."""

    groups: tuple[Group, ...]
    number: int
    count: int

    @property
    def has_next(self) -> bool:
        return self.number < self.count

    @property
    def keys(self) -> set[str]:
        return {line.proposal.key for group in self.groups for line in group.lines}


def page_of(review: Review, number: int) -> Page:
    """A page of the proposals, ordered by kind then as in the file; the last one when there are fewer."""
    order = list(Kind)
    proposals = sorted(review.comparison.proposals, key=lambda each: (order.index(each.kind), each.declared.line))
    count = max(1, -(-len(proposals) // PER_PAGE))
    number = min(max(number, 1), count)
    shown = proposals[(number - 1) * PER_PAGE : number * PER_PAGE]
    lacking = {proposal.key for proposal in without_reason(review)}
    lines = [_line(review, proposal, lacking) for proposal in shown]
    groups = [(kind, tuple(line for line in lines if line.proposal.kind == kind)) for kind in order]
    return Page(tuple(Group(kind, TITLES[kind], of_kind) for kind, of_kind in groups if of_kind), number, count)


def first_page_lacking(review: Review) -> int:
    """The page of the first end without its reason."""
    lacking = {proposal.key for proposal in without_reason(review)}
    count = page_of(review, 1).count
    return next((number for number in range(1, count + 1) if page_of(review, number).keys & lacking), 1)


def counted(proposals: Sequence[Proposal]) -> list[str]:
    """« 12 affiliations », « 1 radiation »: what there is of each kind, in the order of the page."""
    counts = Counter(proposal.kind for proposal in proposals)
    return [f"{counts[kind]}{NBSP}{NOUNS[kind][counts[kind] > 1]}" for kind in Kind if counts[kind]]


def chosen_words(review: Review) -> list[str]:
    return counted(chosen_of(review))


def _line(review: Review, proposal: Proposal, lacking: set[str]) -> Line:
    content = review.content
    return Line(
        proposal,
        is_chosen=proposal.key not in content.left_out,
        reason=content.reasons.get(proposal.key, ""),
        lacks_reason=proposal.key in lacking,
    )
