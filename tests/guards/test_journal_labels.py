"""Every operation that the code announces has a name in French, and no name is left over."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from privacy.audit.labels import LABELS

WRITERS = {"announce", "record", "note", "_note", "_record", "_tell", "note_look", "record_operation"}
"""What writes the journal: portals' signal, privacy's function, and the shorthands around them."""
OPERATION = re.compile(r"[a-z_]+\.[a-z_]+")
APPS = ("portals", "privacy", "members", "employers", "providers")


def written_in(source: str) -> Iterator[str]:
    """The codes given to a writer, as plain texts or as either side of a condition."""
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call):
            continue
        function = call.func
        name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
        if name in WRITERS:
            texts = [node.value for given in call.args for node in ast.walk(given) if isinstance(node, ast.Constant)]
            yield from (text for text in texts if isinstance(text, str) and OPERATION.fullmatch(text))


@pytest.fixture(scope="module")
def written() -> set[str]:
    root = Path(settings.ROOT)
    files = [path for app in APPS for path in sorted((root / app).rglob("*.py")) if "migrations" not in path.parts]
    return {code for path in files for code in written_in(path.read_text("utf-8"))}


def test_every_operation_has_a_name(written: set[str]) -> None:
    assert len(written) > 90  # the reading itself works
    assert sorted(written - LABELS.keys()) == []


def test_no_name_is_left_over(written: set[str]) -> None:
    assert sorted(LABELS.keys() - written) == []


def test_names_are_different_and_begin_with_a_capital() -> None:
    assert len(set(LABELS.values())) == len(LABELS)
    assert all(label[0].isupper() and not label.endswith(".") for label in LABELS.values())
