"""The first text of the charter, which comes with the software."""

import datetime
from pathlib import Path

FOLDER = Path(__file__).parent / "texts"
ASKED_FROM = datetime.date(2026, 1, 1)


def first_text() -> str:
    """In the little HTML of the terms."""
    return (FOLDER / "first.html").read_text(encoding="utf-8").strip()
