"""Reading a page as a person does: its words, without tags."""

import html
import re


def words_of(markup: str) -> str:
    """The text of a page, ordinary white space collapsed; no-break spaces stay."""
    apart = re.sub(r"</(dt|dd|td|th|li|p|div|h[1-6]|option|a)>", " ", markup)
    without_tags = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", "", apart, flags=re.DOTALL)
    return re.sub(r"[ \t\n]+", " ", html.unescape(without_tags)).strip()
