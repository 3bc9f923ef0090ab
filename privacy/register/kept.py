"""What is held on people and why: the register's lines, computed from the declarations of fields. Asks no query.

The page of each space, the public page, the register and its exports read this; none of them lists anything itself, so
what is published cannot drift from what the software holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.apps import apps

from portals.accounts.models import Space
from portals.declarations import Classified, Erasure, Export, Purpose, Sensitivity, Subject
from privacy.register.checks import OWN_APPS, declaration_of
from privacy.register.declared import PROCESSINGS, Processing
from privacy.register.words import CATEGORIES, ENDS, GIVEN_BACK, SUBJECTS

OF_SPACE = {
    Space.MEMBER: frozenset({Subject.ACCOUNT, Subject.PERSON}),
    Space.EMPLOYER: frozenset({Subject.ACCOUNT, Subject.COMPANY_CONTACT}),
    Space.PROFESSIONAL: frozenset({Subject.ACCOUNT, Subject.PROFESSIONAL}),
    Space.STAFF: frozenset({Subject.ACCOUNT, Subject.STAFF}),
}
EVERYBODY = frozenset(SUBJECTS)
HISTORY = "Event"
"""How the models of field history end: they hold what their model holds, and are said with it."""


@dataclass(frozen=True)
class Field:
    """One declared field: its model's label, its name, the name of its model in French, how it is classified."""

    model: str
    name: str
    thing: str
    kind: Classified


@dataclass(frozen=True)
class Kept:
    """What is held of one category for one purpose."""

    sensitivity: Sensitivity
    category: str
    things: tuple[str, ...]
    persons: tuple[str, ...]
    ends: tuple[str, ...]
    given_back: tuple[str, ...]
    fields: int


@dataclass(frozen=True)
class Line:
    """A processing and all that is held for it."""

    processing: Processing
    kept: tuple[Kept, ...]

    @property
    def persons(self) -> tuple[str, ...]:
        return _in_order(SUBJECTS.values(), {person for kept in self.kept for person in kept.persons})

    @property
    def categories(self) -> tuple[str, ...]:
        return tuple(kept.category for kept in self.kept)


@cache
def declared_fields() -> tuple[Field, ...]:
    """Every declared field that is about somebody."""
    found = []
    for app in OWN_APPS:
        for label, kinds in declaration_of(app).items():
            thing = str(apps.get_model(label)._meta.verbose_name)
            for kind, names in kinds.items():
                if kind.subject != Subject.NOBODY:
                    found += [Field(label, name, thing, kind) for name in names]
    return tuple(found)


@cache
def lines_of(subjects: frozenset[Subject]) -> tuple[Line, ...]:
    """Each processing of the register with what is held on these persons; those that hold nothing on them are left out."""
    lines = (Line(processing, _kept(processing.purpose, subjects)) for processing in PROCESSINGS)
    return tuple(line for line in lines if line.kept)


def whole_register() -> tuple[Line, ...]:
    """Every processing, also those for which this site holds no field."""
    return tuple(Line(processing, _kept(processing.purpose, EVERYBODY)) for processing in PROCESSINGS)


def _kept(purpose: Purpose, subjects: frozenset[Subject]) -> tuple[Kept, ...]:
    about = [field for field in declared_fields() if field.kind.purpose == purpose and field.kind.subject in subjects]
    by_category = {kind: [field for field in about if field.kind.sensitivity == kind] for kind in CATEGORIES}
    return tuple(_category(kind, fields) for kind, fields in by_category.items() if fields)


def _category(sensitivity: Sensitivity, fields: list[Field]) -> Kept:
    return Kept(
        sensitivity=sensitivity,
        category=CATEGORIES[sensitivity],
        things=tuple(sorted({field.thing for field in fields if not field.model.endswith(HISTORY)})),
        persons=_in_order(SUBJECTS.values(), {SUBJECTS[field.kind.subject] for field in fields}),
        ends=_in_order((ENDS[end] for end in Erasure), {ENDS[field.kind.erasure] for field in fields}),
        given_back=_in_order(
            (GIVEN_BACK[back] for back in Export), {GIVEN_BACK[field.kind.export] for field in fields}
        ),
        fields=len(fields),
    )


def _in_order(all_words: Iterable[str], present: set[str]) -> tuple[str, ...]:
    return tuple(words for words in all_words if words in present)
