"""Parts of the page that are the same for everybody, or nearly: drawn once, so that an answer costs what it says.

What is kept is made of forms without an answer and of the grids of plans; nothing of a person or of a practice is.
"""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from django.template.loader import render_to_string
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from portals.presentation.formats import PARIS, long_date
from providers.rights.forms import LookupForm
from providers.rights.history import Reference

FIELDS = "providers/rights/fields.html"
TYPED = ("member_number", "birth_date", "birth_rank", "day")
KEPT_GRIDS = 512


def drawn_fields(typed: Mapping[str, str]) -> SafeString:
    """The fields of the form with what is typed in them, none of which is refused."""
    drawn = _empty_fields(has_rank=bool(typed.get("birth_rank")))
    for name in TYPED:
        drawn = drawn.replace(_slot(name), escape(typed.get(name, "")))
    return mark_safe(drawn)  # noqa: S308 the template's own words, and what is typed escaped


def refused_fields(form: LookupForm) -> SafeString:
    """The fields of a refused form, each with what is to be corrected."""
    return render_to_string(FIELDS, {"form": form})


@cache
def _empty_fields(*, has_rank: bool) -> str:
    """The fields with a slot in place of each value. `has_rank`: the question about twins is unfolded."""
    slots = {name: _slot(name) for name in TYPED if name != "birth_rank" or has_rank}
    return render_to_string(FIELDS, {"form": LookupForm(slots=slots)})


def _slot(name: str) -> str:
    """A private character of Unicode around the name: nobody types it, and it is escaped to itself."""
    return f"\ue000{name}\ue000"


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
