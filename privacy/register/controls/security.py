"""The controls of ISO/IEC 27002:2022 that the software carries, and the tests that hold them (PDP-7.1).

One file says it, `security.toml`; the page of staff and docs/security-controls.md are drawn from it.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "security.toml"
THEMES = {"organisational": "Organisation", "people": "Personnes", "technological": "Technique"}
HEAD = """# Security controls (ISO/IEC 27001, 27002:2022)

Which controls of the standard this software carries, where, what sets them, and the tests that fail when one is broken.
Made from `privacy/register/controls/security.toml`, which staff read in « Contrôles et audits » as well;
`tests/guards/test_security_controls.py` checks that the page, the code, the settings and the tests named here exist. What
is not here (physical controls, suppliers, personnel files) is the organisation's, beside the software.
"""


@dataclass(frozen=True)
class SecurityControl:
    """One control. `title` in English for the document, `titre` in French for the page."""

    number: str
    theme: str
    title: str
    titre: str
    code: tuple[str, ...]
    settings: tuple[str, ...]
    tests: tuple[str, ...]

    @property
    def theme_words(self) -> str:
        return THEMES[self.theme]


@cache
def security_controls() -> tuple[SecurityControl, ...]:
    """In the order of the standard."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["control"]
    return tuple(
        SecurityControl(
            number=row["number"], theme=row["theme"], title=row["title"], titre=row["titre"], code=tuple(row["code"]),
            settings=tuple(row["settings"]), tests=tuple(row["tests"]),
        )
        for row in rows
    )  # fmt: skip


def as_document() -> str:
    """docs/security-controls.md, whole."""
    parts = [HEAD]
    for theme in THEMES:
        parts.append(
            f"\n## {theme.capitalize()}\n\n| control | title | code | settings | tests |\n|---|---|---|---|---|\n"
        )
        parts += [_row(one) for one in security_controls() if one.theme == theme]
    return "".join(parts)


def _row(one: SecurityControl) -> str:
    cells = (_codes(one.code), _codes(one.settings) or "–", "<br>".join(f"`{test}`" for test in one.tests))
    return f"| {one.number} | {one.title} | {' | '.join(cells)} |\n"


def _codes(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
