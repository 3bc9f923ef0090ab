"""How a page is named in a report: the pattern of its address. Never what stands in it, a number or a secret link."""

import re
from functools import cache

VARIABLE = re.compile(r"<[^>]*>")
NAMED = re.compile(r"[a-z0-9/._…-]{0,120}")


@cache
def page_of(route: str) -> str:
    """`adherent/prestations/<int:line_id>/` → `adherent/prestations/…/`."""
    return as_named(VARIABLE.sub("…", route))


def as_named(typed: str) -> str:
    """The name of a page as an address carries it; nothing when it cannot be one."""
    return typed if NAMED.fullmatch(typed) else ""
