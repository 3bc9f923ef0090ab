"""What may be wrong in a DSN file, each with the line that shows it and words for whoever keeps the payroll. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """One kind of anomaly. The value is what drafts keep."""

    LATIN1 = "latin1"
    MIXED_ENCODING = "mixed_encoding"
    BAD_LINE = "bad_line"
    TRUNCATED = "truncated"
    MISSING_BLOCK = "missing_block"
    BLOCK_ORDER = "block_order"
    RUBRIC_ORDER = "rubric_order"
    MISSING_RUBRIC = "missing_rubric"
    BAD_VALUE = "bad_value"
    OTHER_COMPANY = "other_company"
    DUPLICATE_NIR = "duplicate_nir"
    UNKNOWN_MEMBERSHIP = "unknown_membership"
    UNKNOWN_CONTRACT = "unknown_contract"
    REFUSED = "refused"


NOTES = frozenset({Code.LATIN1, Code.MIXED_ENCODING, Code.BLOCK_ORDER, Code.RUBRIC_ORDER, Code.TRUNCATED})
"""What is told and does not keep a person out: the file could be read all the same."""

TITLES = {
    Code.LATIN1: "Encodage",
    Code.MIXED_ENCODING: "Encodage mêlé",
    Code.BAD_LINE: "Ligne illisible",
    Code.TRUNCATED: "Fichier incomplet",
    Code.MISSING_BLOCK: "Bloc manquant",
    Code.BLOCK_ORDER: "Ordre des blocs",
    Code.RUBRIC_ORDER: "Ordre des rubriques",
    Code.MISSING_RUBRIC: "Rubrique manquante",
    Code.BAD_VALUE: "Valeur impossible",
    Code.OTHER_COMPANY: "Autre entreprise",
    Code.DUPLICATE_NIR: "NIR en double",
    Code.UNKNOWN_MEMBERSHIP: "Adhésion inconnue",
    Code.UNKNOWN_CONTRACT: "Contrat inconnu",
    Code.REFUSED: "Affiliation impossible",
}

BLOCK_NAMES = {
    "06": "entreprise",
    "11": "établissement",
    "15": "adhésion prévoyance",
    "30": "individu",
    "40": "contrat de travail",
    "62": "fin du contrat",
    "70": "affiliation",
    "73": "ayant droit",
}


@dataclass(frozen=True, order=True)
class Anomaly:
    """Something wrong at a line, counted from 1. `words` never carry a NIR nor somebody's name."""

    line: int
    code: Code
    words: str

    @property
    def is_note(self) -> bool:
        return self.code in NOTES

    @property
    def title(self) -> str:
        return TITLES[self.code]


def block_name(code: str) -> str:
    """« S21.G00.30 (individu) », as payroll software names blocks."""
    return f"S21.G00.{code} ({BLOCK_NAMES[code]})"
