"""Texts of third-party payment made by hand."""

import datetime
from typing import Any

from providers.library.actions import publish
from providers.library.models import AgreementText, TextKind

PDF = b"%PDF-1.4 of a test\n"


def text_of_everybody(**fields: Any) -> AgreementText:
    """A version of the agreement of every profession, in force since 2020, unless `fields` say otherwise."""
    chosen: dict[str, Any] = {
        "by": None,
        "kind": TextKind.AGREEMENT,
        "title": "Convention de tiers payant",
        "version": "V-01-2020",
        "valid_from": datetime.date(2020, 1, 1),
        "content": PDF,
        **fields,
    }
    return publish(**chosen)
