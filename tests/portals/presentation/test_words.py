"""What templates say is typeset in French: no mark of punctuation is left alone at the start of a line."""

import re
from pathlib import Path

import pytest

from portals.presentation.icons import PATHS
from tests.commitments.plugin import CLAUSES

FOLDER = Path(__file__).parents[3] / "templates"
TEMPLATES = sorted(path for path in FOLDER.rglob("*") if path.suffix in {".html", ".txt"})
TAGS = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|\{%.*?%\}", re.DOTALL)
ELEMENTS = re.compile(r"<[!/]?[a-z][^>]*>", re.DOTALL)
VALUE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
MISTAKES = {
    "an ordinary space before ; ! ? % € : »": re.compile(r"\S [;!?%€»:](?![\w/])"),
    "an ordinary space after «": re.compile("« "),
    "a typewriter apostrophe": re.compile(r"[A-Za-zéèêà]'[A-Za-zéèêàœ]"),
    "no space before ! or ?": re.compile(r"[A-Za-zéèêà][!?](?=\s|$)"),
}


def words_of(path: Path) -> str:
    words = ELEMENTS.sub(" ", TAGS.sub(" ", path.read_text()))
    return VALUE.sub("x", words.replace("&nbsp;", "\u00a0").replace("&#8239;", "\u202f"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_a_template_is_typeset_in_french(path: Path) -> None:
    found = mistakes_in(words_of(path))
    assert not found, "\n".join(found)


def test_what_each_clause_promises_is_typeset_in_french() -> None:
    assert mistakes_in("\n".join(facts["says"] for facts in CLAUSES.values())) == []
    assert [clause for clause, facts in CLAUSES.items() if facts["says"] == facts["asks"]] == []


def mistakes_in(words: str) -> list[str]:
    """Each mistake with what surrounds it."""
    return [
        f"{name}: …{match.string[max(0, match.start() - 25) : match.end() + 10]!r}…"
        for name, pattern in MISTAKES.items()
        for match in pattern.finditer(words)
    ]


def test_every_icon_that_a_template_names_exists() -> None:
    named = {name for path in TEMPLATES for name in re.findall(r'(?:\{% icon |icon=)"([^"]+)"', path.read_text())}
    assert named <= set(PATHS)


def test_no_page_carries_a_style_or_a_script_of_its_own() -> None:
    """Strict CSP. Mail readers know nothing of it and want styles inline: templates/emails is apart."""
    inline = re.compile(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=\"|javascript:")
    pages = [path for path in TEMPLATES if "emails" not in path.parts]
    assert [str(path.relative_to(FOLDER)) for path in pages if inline.search(path.read_text())] == []
