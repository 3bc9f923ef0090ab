"""What a real way of writing does not write, and why: `test_real_ways.py` keeps these tables exact."""

from collections.abc import Collection, Mapping

type Table = Mapping[str, Collection[str]]

REFUSED_HERE: Mapping[str, str] = {}
NOT_BY_STAFF: Table = {}
NOT_BY_FEED: Table = {}
NOT_BY_TASK: Table = {}
NOT_RUN_HERE: Table = {}


def labels(table: Table) -> set[str]:
    return {label for found in table.values() for label in found}
