"""The few signs that articles are written with, and their HTML. Staff never write HTML: whatever they type is escaped.

`## Titre` and `### Titre`; lines that begin with `- ` or `1. `; `**gras**`; `[mots](adresse)`; a blank line between
blocks. Pure.
"""

import re
from collections.abc import Iterator

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

INLINE = re.compile(r"\*\*(?P<bold>[^*\n]+)\*\*|\[(?P<words>[^\[\]\n]+)\]\((?P<address>[^()\s]+)\)")
LEFT_OVER = re.compile(r"\*\*|\]\(")
HTML = re.compile(r"<\s*[/!a-zA-Z]")
BLANK = re.compile(r"\n\s*\n")
TITLES = {"## ": "h2", "### ": "h3"}
ITEM = re.compile(r"(?:- |\d{1,2}\. )")
LISTS = {"ul": re.compile(r"- "), "ol": re.compile(r"\d{1,2}\. ")}
LINKS = ("/", "#", "https://", "mailto:", "tel:")


class MarkupRefused(ValueError):
    """A sign that would not be read as it was meant; the message is French, for whoever writes."""


def check(text: str) -> None:
    """Raises MarkupRefused."""
    if HTML.search(text):
        raise MarkupRefused("N’écrivez pas de balises\u00a0: les signes de l’aide suffisent.")
    for found in INLINE.finditer(text):
        if found["address"] and not _is_safe(found["address"]):
            raise MarkupRefused("Un lien commence par https://, mailto:, tel:, / ou #.")
    if LEFT_OVER.search(INLINE.sub("", text)):
        raise MarkupRefused("Un passage en gras ou un lien n’est pas fermé.")


def to_html(text: str) -> SafeString:
    """The article as the page shows it. A link that `check` would refuse is shown as words."""
    return format_html_join("\n", "{}", ((_block(kind, lines),) for kind, lines in _blocks(text)))


def plain(text: str) -> str:
    """The words alone, for the search."""
    words = INLINE.sub(lambda found: found["bold"] or found["words"], text)
    return re.sub(r"(?m)^(?:#{2,3} |- |\d{1,2}\. )", "", words)


def _blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each block with the name of its element. A title is one line, whatever follows it."""
    for part in BLANK.split(text.replace("\r\n", "\n").strip()):
        lines = [line.strip() for line in part.split("\n") if line.strip()]
        while lines and (title := next((sign for sign in TITLES if lines[0].startswith(sign)), "")):
            yield TITLES[title], [lines.pop(0).removeprefix(title)]
        if lines:
            kind = next((name for name, sign in LISTS.items() if sign.match(lines[0])), "p")
            yield kind, lines


def _block(kind: str, lines: list[str]) -> SafeString:
    if kind in LISTS:
        items = format_html_join("", "<li>{}</li>", ((_inline(item),) for item in _items(lines)))
        return format_html("<{}>{}</{}>", mark_safe(kind), items, mark_safe(kind))  # noqa: S308 our own names
    return format_html("<{}>{}</{}>", mark_safe(kind), _inline(" ".join(lines)), mark_safe(kind))  # noqa: S308 the same


def _items(lines: list[str]) -> list[str]:
    """A line without its sign goes on with the item before it."""
    items: list[str] = []
    for line in lines:
        sign = ITEM.match(line)
        if sign or not items:
            items.append(line[sign.end() :] if sign else line)
        else:
            items[-1] += f" {line}"
    return items


def _inline(words: str) -> SafeString:
    parts: list[str] = []
    end = 0
    for found in INLINE.finditer(words):
        parts += [escape(words[end : found.start()]), _emphasis(found)]
        end = found.end()
    parts.append(escape(words[end:]))
    return mark_safe("".join(parts))  # noqa: S308 each part was escaped or made by format_html


def _emphasis(found: re.Match[str]) -> SafeString:
    if found["bold"]:
        return format_html("<strong>{}</strong>", found["bold"])
    if not _is_safe(found["address"]):
        return format_html("{}", found["words"])
    if found["address"].startswith("https://"):
        return format_html('<a href="{}" rel="noopener noreferrer">{}</a>', found["address"], found["words"])
    return format_html('<a href="{}">{}</a>', found["address"], found["words"])


def _is_safe(address: str) -> bool:
    return address.startswith(LINKS) and not address.startswith(("//", "/\\"))
