"""The articles that a new installation begins with: `texts/<slug>.txt`, written before any member of staff came."""

import datetime
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

TEXTS = Path(__file__).parent / "texts"
WRITTEN_AT = datetime.datetime(2026, 11, 2, tzinfo=ZoneInfo("Europe/Paris"))


@dataclass(frozen=True)
class FirstArticle:
    """An article as its file says it."""

    slug: str
    topic: str
    audiences: list[str]
    title: str
    keywords: str
    summary: str
    text: str


def first_articles() -> list[FirstArticle]:
    """Every file: lines of `name: value`, an empty line, the text. Raises KeyError for a file without one of them."""
    return [_read(path) for path in sorted(TEXTS.glob("*.txt"))]


def _read(path: Path) -> FirstArticle:
    head, _, text = path.read_text(encoding="utf-8").partition("\n\n")
    said = dict(line.split(": ", 1) for line in head.splitlines())
    audiences = [audience.strip() for audience in said["audiences"].split(",")]
    return FirstArticle(
        path.stem, said["topic"], audiences, said["title"], said["keywords"], said["summary"], text.strip()
    )
