"""Rubrics gathered into blocks, and blocks into the tree of the norm. Pure.

A block begins anew when a rubric comes back, or comes before the last one although the block has all that it needs.
A block whose parent is missing is told and left out, with everything under it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from employers.dsn.anomalies import Anomaly, Code, block_name
from employers.dsn.lines import OURS, Rubric

PARENT = {"06": "", "11": "06", "15": "11", "30": "11", "40": "30", "62": "40", "70": "40", "73": "70"}
"""The blocks that are read, and the block that each stands in."""
NEEDED: dict[str, tuple[int, ...]] = {
    "06": (1,), "11": (1,), "15": (1, 5), "30": (1, 2, 4, 6), "40": (1,), "62": (1,), "70": (12, 13), "73": (3, 5, 6),
}  # fmt: skip
"""The rubrics without which a block says nothing."""


@dataclass
class Block:
    """One block: its values by rank, the line of each, and the blocks inside it. `line` is its first."""

    code: str
    line: int
    values: dict[int, str] = field(default_factory=dict)
    at: dict[int, int] = field(default_factory=dict)
    inside: list["Block"] = field(default_factory=list)

    def value(self, number: int) -> str:
        return self.values.get(number, "")

    def line_of(self, number: int) -> int:
        """The line of a rubric; that of the block when it is not there."""
        return self.at.get(number, self.line)

    def of(self, code: str) -> list["Block"]:
        """The blocks of a kind directly inside this one."""
        return [block for block in self.inside if block.code == code]

    @property
    def missing(self) -> list[int]:
        return [number for number in NEEDED[self.code] if not self.values.get(number)]


def gathered(rubrics: Iterable[Rubric], anomalies: list[Anomaly]) -> list[Block]:
    """The blocks that are read, flat, in the order of the file."""
    blocks: list[Block] = []
    current: Block | None = None
    last = 0
    for rubric in rubrics:
        code = rubric.block.removeprefix(OURS) if rubric.block.startswith(OURS) else ""
        if code not in PARENT:
            current = None  # whatever it is, the block before it is over
            continue
        if current is None or current.code != code or _begins_anew(current, rubric.number, last):
            current = Block(code, rubric.line)
            blocks.append(current)
        elif rubric.number < last:
            words = (
                f"La rubrique {OURS}{code}.{rubric.number:03d} vient après la {OURS}{code}.{last:03d}\u00a0: "
                "elle est lue quand même."
            )
            anomalies.append(Anomaly(rubric.line, Code.RUBRIC_ORDER, words))
        current.values[rubric.number] = rubric.value
        current.at[rubric.number] = rubric.line
        last = rubric.number
    return blocks


def _begins_anew(block: Block, number: int, last: int) -> bool:
    return number in block.values or (number < last and not block.missing)


def planted(blocks: Iterable[Block], anomalies: list[Anomaly]) -> list[Block]:
    """The companies (06) of the file, each with what stands in it."""
    companies: list[Block] = []
    path: list[Block] = []
    lost = ""
    for block in blocks:
        parent = PARENT[block.code]
        if lost and (block.code == lost or _stands_under(block.code, lost)):
            continue  # told once, with the first block that lost its parent
        lost = ""
        while path and path[-1].code != parent:
            path.pop()
        if parent and not path:
            lost = block.code
            words = (
                f"Un bloc {block_name(block.code)} sans bloc {block_name(parent)} avant lui\u00a0: il n’est pas lu, ni "
                "ce qui le suit au même rang."
            )
            anomalies.append(Anomaly(block.line, Code.MISSING_BLOCK, words))
            path = _path_back(companies)
            continue
        if path:
            _check_order(path[-1], block, anomalies)
            path[-1].inside.append(block)
        else:
            companies.append(block)
        path.append(block)
    return companies


def _stands_under(code: str, ancestor: str) -> bool:
    while code := PARENT[code]:
        if code == ancestor:
            return True
    return False


def _path_back(companies: list[Block]) -> list[Block]:
    """From the last company down to its last block: where the next block may still hang."""
    path = companies[-1:]
    while path and path[-1].inside:
        path.append(path[-1].inside[-1])
    return path


def _check_order(parent: Block, block: Block, anomalies: list[Anomaly]) -> None:
    """The memberships of an establishment come before its people."""
    if block.code == "15" and parent.of("30"):
        words = (
            f"Un bloc {block_name('15')} vient après des blocs {block_name('30')}\u00a0: il est lu pour tout "
            "l’établissement."
        )
        anomalies.append(Anomaly(block.line, Code.BLOCK_ORDER, words))
