"""What is quoted or asked serves to assess cover, and nothing else: who may import the room is a list (PDP-4.4, 4.5)."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.cast import Cast
from tests.pages import words_of

READERS = {
    "config/demo/accounts/requests.py",
    "members/admin.py",
    "members/apps.py",
    "members/erasing/reaches.py",
    "members/erasing/retention.py",
    "members/export/contents.py",
    "members/export/rows.py",
    "members/models.py",
    "members/urls.py",
}
"""The faces of the app, the person's own copy and their erasure, and the demo: no price, no offer, no statistics."""


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
        elif isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
    return found


@pytest.mark.commitment("PDP-3.10", "PDP-4.4", "PDP-4.5")
def test_nothing_else_reads_simulations_and_requests() -> None:
    root = Path(settings.ROOT)
    own = root / "members" / "quotes"
    readers = {
        str(path.relative_to(root))
        for app in ("config", "portals", "privacy", "members", "employers", "providers")
        for path in (root / app).rglob("*.py")
        if own not in path.parents and any(name.startswith("members.quotes") for name in imports_of(path))
    }
    assert readers <= READERS


@pytest.mark.django_db
@pytest.mark.commitment("PDP-4.3")
def test_the_page_says_why_documents_are_read_and_that_marketing_has_no_part_in_it(alice: Client, cast: Cast) -> None:
    said = words_of(alice.get("/adherent/demandes/remboursement/").content.decode())
    for words in ("pour exécuter votre contrat", "messages commerciaux n’y change rien", "jamais à fixer un prix",
                  "effacés 60 jours après"):  # fmt: skip
        assert words in said
