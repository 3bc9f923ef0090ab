"""How many persons of each category a breach concerns, as its pages, its file and the register say it. Pure."""

from collections.abc import Collection

from privacy.breaches.violations.models import Breach, PersonCategory

UNKNOWN = "Personnes inconnues aujourd’hui"
"""Those of the list whom no space knows any more."""


def in_order(codes: Collection[str]) -> list[str]:
    """As they are always listed, whatever the order in which they were found."""
    return [code for code in PersonCategory.values if code in codes]


def counted(breach: Breach) -> list[tuple[str, int]]:
    """Words and number of each category of the list; empty before the list is made."""
    numbers = breach.persons_by_category
    known = [(PersonCategory(code).label, numbers[code]) for code in in_order(numbers)]
    return [*known, *([(UNKNOWN, numbers[""])] if numbers.get("") else [])]


def counted_words(breach: Breach) -> str:
    """The same as a sentence; empty before the list is made."""
    return ", ".join(f"{words}\u00a0: {number}" for words, number in counted(breach)) + "." if counted(breach) else ""
