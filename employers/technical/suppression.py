"""Which lines of the tables may be shown, so that no sum or difference of them describes fewer than ten persons. Pure.

What is told of a contract for a year is a total and four tables that each part it. A line that describes one to nine
persons is not shown, nor a line of which one person makes more than half. Lines that are not shown are told together, as
the rest of their table, and lines are added to that rest until it may be shown itself: the total less the lines of a
table is its rest, so that nothing is gained by subtracting.

Tables are then held against one another. Any combination of lines gives each person's care in each family a factor:
the factor of the family's line, plus those of the person's lines in the other tables. It describes whoever has care with
a factor other than zero.

* When two families have different factors, it describes at least everybody who has care on both sides of a partition of
  the families. The narrowest of these partitions (`cuts`) is cut by ten persons, or families are told together until it
  is; failing that, families are told alone.
* When all families have the same factor, it describes whoever stands at two ends, a structure and an age, whose factors
  do not cancel out: that is a partition of structures and ages, whose narrowest cut that cuts somebody is ten persons, or
  ages are told together until it is. Children less those under 18 is such a partition.
* Sexes are told only where the structures and ages of women alone, and of men alone, are held together by ten persons at
  least, and one structure and age is common to both: what describes no woman then describes no man, or every man.

Contracts share no total, and a payment is of one year only: nothing of one is in another. docs/decisions/technical-accounts.md
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from employers.technical.cuts import Edges, narrowest, narrowest_within
from employers.technical.rules import Covered, Table
from portals.anonymity.parts import LEAST, Parts, is_safe, settled, smallest

PERSONAL = (Table.STRUCTURE, Table.AGE)
REST = ""
"""Stands for all the lines of a table that are told together."""


@dataclass(frozen=True)
class Breakdown:
    """What a table shows, in cents by line, and the lines that are told together. Nothing shown: no table at all."""

    shown: Mapping[str, int]
    rest: frozenset[str] = frozenset()
    rest_amount: int = 0


@dataclass
class _Told:
    """The tables while lines are put together."""

    people: Sequence[Covered]
    parts: dict[Table, Parts]
    rests: dict[Table, set[str]] = field(default_factory=dict)

    def has_lines(self, table: Table) -> bool:
        return len(self.rests[table]) < len(self.parts[table])

    def line_of(self, table: Table, code: str) -> str:
        return f"{table}:{REST if code in self.rests[table] else code}"

    def put_together(self, table: Table, codes: Iterable[str]) -> None:
        self.rests[table] = settled(self.parts[table], self.rests.get(table, set()) | set(codes))


def breakdowns(people: Sequence[Covered]) -> dict[Table, Breakdown]:
    """The tables that may be shown of a contract's year."""
    consumers = [covered for covered in people if covered.care]
    if not is_safe({covered.person: sum(covered.care.values()) for covered in consumers}):
        return {table: Breakdown({}) for table in Table}
    told = _Told(consumers, {table: _parts(consumers, table) for table in Table})
    for table in Table:
        told.put_together(table, ())
    _hold_persons_together(told)
    if not _sexes_may_be_told(told):
        _withhold(told, Table.SEX)
    _hold_families_together(told)
    return {table: _breakdown(told, table) for table in Table}


def _parts(people: Sequence[Covered], table: Table) -> Parts:
    parts: dict[str, dict[int, int]] = {}
    for covered in people:
        if table == Table.FAMILY:
            for family, cents in covered.care.items():
                parts.setdefault(family, {})[covered.person] = cents
        else:
            parts.setdefault(_code(covered, table), {})[covered.person] = sum(covered.care.values())
    return parts


def _code(covered: Covered, table: Table) -> str:
    return {Table.STRUCTURE: covered.structure, Table.AGE: covered.age, Table.SEX: covered.sex}[table]


def _withhold(told: _Told, *tables: Table) -> None:
    for table in tables:
        told.rests[table] = set(told.parts[table])


def _edges(told: _Told, people: Iterable[Covered]) -> Edges:
    """How many persons stand in each structure and age, as they are told."""
    return Counter(frozenset(told.line_of(table, _code(covered, table)) for table in PERSONAL) for covered in people)


def _hold_persons_together(told: _Told) -> None:
    """Tell ages together until every partition of structures and ages that cuts somebody cuts ten persons."""
    while (cut := narrowest_within(_edges(told, told.people))) is not None and cut.weight < LEAST:
        ages, rest = told.parts[Table.AGE], told.rests[Table.AGE]
        kept = ages.keys() - rest
        inside = {code for code in kept if told.line_of(Table.AGE, code) in cut.side}
        sides = [inside, kept - inside]
        if rest:
            sides = sides[1:] if f"{Table.AGE}:{REST}" in cut.side else sides[:1]
        told.put_together(Table.AGE, {smallest(ages, side or kept) for side in sides})


def _sexes_may_be_told(told: _Told) -> bool:
    sexes = told.parts[Table.SEX]
    if told.rests[Table.SEX] or REST in sexes or len(sexes) < 2:
        return False
    apart = [_edges(told, [covered for covered in told.people if covered.sex == sex]) for sex in sexes]
    cuts = [narrowest(edges) for edges in apart]
    return all(cut is not None and cut.weight >= LEAST for cut in cuts) and bool(set(apart[0]).intersection(*apart[1:]))


def _hold_families_together(told: _Told) -> None:
    """Tell families together until every partition of them is cut by ten persons; needless when persons are not told."""
    if not any(told.has_lines(table) for table in (*PERSONAL, Table.SEX)):
        return
    alone = told.rests[Table.FAMILY]
    while (cut := narrowest(_family_edges(told))) is not None and cut.weight < LEAST:
        families, rest = told.parts[Table.FAMILY], told.rests[Table.FAMILY]
        kept = families.keys() - rest
        inside = {code for code in kept if told.line_of(Table.FAMILY, code) in cut.side}
        if rest:
            told.put_together(Table.FAMILY, kept - inside if f"{Table.FAMILY}:{REST}" in cut.side else inside)
        else:
            told.put_together(Table.FAMILY, {smallest(families, inside), smallest(families, kept - inside)})
    if not told.has_lines(Table.FAMILY) and len(alone) < len(told.parts[Table.FAMILY]):
        told.rests[Table.FAMILY] = alone
        _withhold(told, *PERSONAL, Table.SEX)


def _family_edges(told: _Told) -> Edges:
    return Counter(frozenset(told.line_of(Table.FAMILY, code) for code in covered.care) for covered in told.people)


def _breakdown(told: _Told, table: Table) -> Breakdown:
    if not told.has_lines(table):
        return Breakdown({})
    parts, rest = told.parts[table], frozenset(told.rests[table])
    sums = {code: sum(amounts.values()) for code, amounts in parts.items()}
    return Breakdown(
        {code: cents for code, cents in sums.items() if code not in rest}, rest, sum(sums[code] for code in rest)
    )
