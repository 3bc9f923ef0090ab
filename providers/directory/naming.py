"""How names of communes are compared: typed, in the feed, in the table of places. Pure."""

import re

ACCENTED = "àâäáãåçéèêëíìîïñóòôöõúùûüýÿ"
PLAIN = "aaaaaaceeeeiiiinooooouuuuyy"
_FOLD = str.maketrans(ACCENTED, PLAIN) | {ord("œ"): "oe", ord("æ"): "ae"}
_POSTCODE = re.compile(r"\b\d{5}\b")


def folded(name: str) -> str:
    """`Saint-Brieuc`, `ST BRIEUC` and `st. brieuc` are one name. `directory_folded` does the same in the database."""
    plain = re.sub(r"[^a-z0-9]+", " ", name.lower().translate(_FOLD)).strip()
    return re.sub(r"\bst\b", "saint", re.sub(r"\bste\b", "sainte", plain))


def parted(typed: str) -> tuple[str, str]:
    """What was typed as a folded name and a postcode, either of them empty: `Lorient 56100`, `56100`, `lorient`."""
    found = _POSTCODE.search(typed)
    return folded(_POSTCODE.sub(" ", typed)), found[0] if found else ""
