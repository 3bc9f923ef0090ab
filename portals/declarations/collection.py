"""Which purpose of the register each form serves (CGU-8.4): declared by room in `<app>/personal_data.py`, as `COLLECTS`.

The longest name that fits wins: a room ("members.quotes"), a module, or one form of it. A system check refuses a form
that has none. What staff type about their own work serves `Purpose.OPERATIONS`, and nothing is told beside it.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from portals.declarations import Purpose

type Collects = Mapping[str, Purpose]


class NoPurpose(LookupError):
    """Nobody has said what this form is for."""


def purpose_of(form: type) -> Purpose:
    """What this class of form is for. Raises NoPurpose."""
    return _purpose(f"{form.__module__}.{form.__qualname__}")


@cache
def _purpose(name: str) -> Purpose:
    app = name.partition(".")[0]
    try:
        collects: Collects = import_module(f"{app}.personal_data").COLLECTS
    except (AttributeError, ModuleNotFoundError):
        raise NoPurpose(name) from None
    while name:
        if name in collects:
            return collects[name]
        name = name.rpartition(".")[0]
    raise NoPurpose(name)
