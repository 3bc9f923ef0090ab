"""`docs/asvs.md` says which requirements tests hold: what it says and what tests carry stay equal."""

import re
from pathlib import Path

from django.conf import settings

TESTS: Path = settings.ROOT / "tests"
PAGE: Path = settings.ROOT / "docs" / "asvs.md"
MARK = re.compile(r"mark\.asvs\(([^)]*)\)")
NUMBER = re.compile(r'"([67]\.\d+\.\d+)"')


def carried() -> dict[str, set[str]]:
    """For each requirement of chapters 6 and 7, the files whose tests carry its number."""
    found: dict[str, set[str]] = {}
    for file in TESTS.rglob("test_*.py"):
        name = str(file.relative_to(TESTS)).removeprefix("portals/")
        for mark in MARK.findall(file.read_text(encoding="utf-8")):
            for number in NUMBER.findall(mark):
                found.setdefault(number, set()).add(name)
    return found


def written(heading: str) -> dict[str, set[str]]:
    """The table under a heading of the page: the files named in each row."""
    part = PAGE.read_text(encoding="utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (\d+\.\d+\.\d+) \|.*$", part, re.MULTILINE)
    lines = re.findall(r"^\| \d+\.\d+\.\d+ \|(.*)$", part, re.MULTILINE)
    return {row: set(re.findall(r"`([\w/]+\.py)`", line)) for row, line in zip(rows, lines, strict=True)}


def test_the_page_says_what_the_tests_hold() -> None:
    held, named = carried(), written("Held")
    assert sorted(named) == sorted(held)
    wrong = {number: files - held[number] for number, files in named.items() if files - held[number]}
    assert wrong == {}
    assert not set(written("Not held")) & set(held)
