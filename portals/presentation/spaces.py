"""The bookmark of each space: what it is called, where it leads, and its colours where CSS variables do not reach."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bookmark:
    """Two words stacked on the tab that hangs from the top edge, and the page that they open.

    The accents are those of static/css/tokens.css, repeated for e-mails and for drawings inside PDFs.
    """

    kind: str
    name: str
    url: str
    accent: str
    accent_mid: str


PUBLIC = Bookmark("Espaces", "en ligne", "/", "#0b5b58", "#559089")
BOOKMARKS = {
    "adherent": Bookmark("Espace", "adhérent", "/adherent/", "#0b5b58", "#559089"),
    "employeur": Bookmark("Espace", "employeur", "/employeur/", "#37428f", "#757dbe"),
    "professionnel": Bookmark("Espace", "professionnel", "/professionnel/", "#702b60", "#b0739f"),
    "gestion": Bookmark("Espace", "gestion", "/gestion/", "#38495a", "#728597"),
}


def bookmark_of(space: str | None) -> Bookmark:
    """The bookmark of a space code, or the public one."""
    return BOOKMARKS.get(space or "", PUBLIC)
