"""Finding an act by everyday words."""

from members.benefits.models import ActCode
from members.quotes.rules import Act
from portals.names import folded_name

SHOWN = 12
EVERYDAY = {
    "generaliste": "medecine generale",
    "medecin": "medecine generale",
    "psychiatre": "psychiatrie",
    "neurologue": "neurologie",
    "cardiologue": "cardiologie",
    "kine": "kinesitherapie",
    "infirmiere": "infirmier",
    "infirmier": "infirmier",
    "osteo": "osteopathie",
    "osteopathe": "osteopathie",
    "dieteticien": "dietetique",
    "psy": "psychologue",
    "dentiste": "soins dentaires",
    "couronne": "couronne",
    "lunettes": "verre",
    "lentilles": "lentilles",
    "prise": "analyse",
    "sang": "analyse",
    "scanner": "imagerie",
    "irm": "imagerie",
    "radio": "imagerie",
    "orthodontiste": "orthodontie",
    "taxi": "taxi",
}
"""Words that people say, and the words of the labels that answer them, folded."""


def known_act(code: str) -> Act | None:
    """The act of this code, when the scheme's rate for it is known (deductions have none)."""
    return _acts(code=code).get(code)


def acts_of(codes: set[str]) -> dict[str, Act]:
    """These acts, by code. One query."""
    return _acts(code__in=codes)


def find(words: str) -> list[Act]:
    """The acts that answer to every word, those whose own label does first. One query."""
    wanted = [EVERYDAY.get(word, word) for word in folded_name(words).split() if len(word) > 1 or word.isdigit()]
    if not wanted:
        return []
    rows = ActCode.objects.filter(scheme_rate__isnull=False).select_related("family").order_by("family__position")
    found: list[tuple[bool, int, Act]] = []
    for row in rows:
        label = folded_name(row.label)
        around = f"{label} {folded_name(row.family.label, row.family.need)} {row.code.casefold()}"
        if all(word in around for word in wanted):
            found.append((not all(word in label for word in wanted), len(found), _act(row)))
    return [act for _rank, _order, act in sorted(found, key=lambda one: one[:2])[:SHOWN]]


def _acts(**criteria: object) -> dict[str, Act]:
    rows = ActCode.objects.filter(scheme_rate__isnull=False, **criteria)
    return {row.code: _act(row) for row in rows}


def _act(row: ActCode) -> Act:
    rate = row.scheme_rate
    if rate is None:
        raise ValueError(row.code)
    return Act(row.code, row.label, row.family_id, rate, row.zero_out_of_pocket)
