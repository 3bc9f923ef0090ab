"""Parts of the page that are the same for everybody, or nearly: drawn once, so that an answer costs what it says.

What is kept is made of forms without an answer and of the grids of plans; nothing of a person or of a practice is.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from django.template.loader import render_to_string
from django.utils.html import conditional_escape, escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from portals.presentation.formats import PARIS, long_date
from providers.rights.forms import LookupForm
from providers.rights.history import Reference

FIELDS = "providers/rights/fields.html"
TYPED = ("member_number", "birth_date", "birth_rank", "day")
KEPT_GRIDS = 512
SLOT = re.compile("\ue000(\\w+)\ue000")


class Shape:
    """A drawn template, with slots in place of what differs from one answer to another."""

    def __init__(self, drawn: str) -> None:
        self._parts = SLOT.split(drawn)

    def filled(self, values: Mapping[str, str]) -> SafeString:
        """With its values, escaped unless they are mark-up already. What fills a slot is not searched for others."""
        parts = self._parts.copy()
        parts[1::2] = [conditional_escape(values[name]) for name in parts[1::2]]
        return mark_safe("".join(parts))  # noqa: S308 the template's own words, and values escaped


def slot(name: str) -> str:
    """What stands for a value in a shape: a private character of Unicode around a name, escaped to itself."""
    return f"\ue000{name}\ue000"


def drawn_fields(typed: Mapping[str, str]) -> SafeString:
    """The fields of the form with what is typed in them, none of which is refused."""
    shape = _empty_fields(has_rank=bool(typed.get("birth_rank")))
    return shape.filled({name: typed.get(name, "") for name in TYPED})


def refused_fields(form: LookupForm) -> SafeString:
    """The fields of a refused form, each with what is to be corrected."""
    return render_to_string(FIELDS, {"form": form})


@cache
def _empty_fields(*, has_rank: bool) -> Shape:
    """The fields with a slot in place of each value. `has_rank`: the question about twins is unfolded."""
    slots = {name: slot(name) for name in TYPED if name != "birth_rank" or has_rank}
    return Shape(render_to_string(FIELDS, {"form": LookupForm(slots=slots)}))


@lru_cache(maxsize=KEPT_GRIDS)
def drawn_columns(domains: tuple[tuple[str, str], ...]) -> SafeString:
    """The headings of a grid: domains with their labels."""
    pairs = ((label, code) for code, label in domains)
    return format_html_join("", '<th scope="col"><abbr title="{}">{}</abbr></th>', pairs)


@lru_cache(maxsize=KEPT_GRIDS)
def drawn_cells(cells: tuple[tuple[str, str], ...]) -> SafeString:
    """A row of a grid: each domain with what is paid in it."""
    return format_html_join("", '<td data-l="{}">{}</td>', cells)


def drawn_references(references: Sequence[Reference]) -> SafeString:
    """The lines of the last answers; empty without any."""
    return mark_safe("".join(map(_line, references)))  # noqa: S308 numbers and dates of our own making


def _line(reference: Reference) -> str:
    at = reference.at.astimezone(PARIS)
    return (
        f'<li><time datetime="{at.isoformat()}">{at:%d/%m/%Y}, {at.hour}\u00a0h\u00a0{at.minute:02d}</time>'
        f'<div><b class="nb">{escape(reference.text)}</b>'
        f'<p class="sub">Pour des soins du {long_date(reference.on_day)}</p></div></li>'
    )
