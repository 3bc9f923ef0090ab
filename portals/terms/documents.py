"""From the drafted text of a version to the text that is published, with the organisation's facts in it."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.template import Context, Engine

TEXTS = Path(__file__).parent / "texts"


def drafted(name: str, folder: Path = TEXTS) -> str:
    """The draft `<folder>/<name>` rendered once and for all: what is published never follows later facts."""
    source = (folder / name).read_text(encoding="utf-8")
    rendered: str = (
        Engine(debug=False).from_string(source).render(Context({"organisation": settings.ORGANISATION_FACTS}))
    )
    return rendered.strip()


def fingerprint(text: str) -> str:
    """SHA-256 of the published text in UTF-8, in hexadecimal: what an acceptance record holds."""
    return hashlib.sha256(text.encode()).hexdigest()
