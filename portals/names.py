"""How names and words are compared, whatever their accents, case and punctuation. Pure."""

import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})


def unaccented(text: str) -> str:
    """Lower case, without accents or ligatures; every other sign stays."""
    lowered = text.casefold().translate(LIGATURES)
    return "".join(letter for letter in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(letter))


def folded_name(*names: str) -> str:
    """Names as they are compared and sorted: no accent, lower case, letters and figures parted by single spaces.

    `"L’Œuvré-Noël"` gives `"l oeuvre noel"`.
    """
    plain = unaccented(" ".join(names))
    return " ".join("".join(letter if letter.isalnum() else " " for letter in plain).split())
