"""The first texts of the legal pages, which come with the software and take the organisation's facts once and for all."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from portals.editorial.legal.models import Page
from portals.terms.documents import drafted

TEXTS = Path(__file__).parent / "texts"
IN_FORCE = datetime(2026, 1, 1, tzinfo=ZoneInfo("Europe/Paris"))


def first_texts() -> dict[str, str]:
    """The text of version 1 of each page."""
    return {page.value: drafted(f"{page.value}_v1.html", TEXTS) for page in Page}
