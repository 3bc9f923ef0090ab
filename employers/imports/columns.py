"""The columns of an employee file: what they are called, which are needed, what they look like. Pure.

The structure (isolated, duo, family) is not asked: it follows from the dependants that each employee declares alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from employers.imports.errors import FileRefused
from portals.names import folded_name
from portals.presentation.formats import NARROW, NBSP


@dataclass(frozen=True)
class Column:
    """One answer about an employee. `names`: how else payroll software calls it."""

    key: str
    heading: str
    note: str
    example: str
    needed: bool = True
    names: tuple[str, ...] = ()


COLUMNS = (
    Column(
        "employee_number", "Matricule", "Votre numéro de salarié. Facultatif.", "A0417",
        needed=False, names=("N° de salarié", "Numéro de salarié", "Numéro du salarié", "Matricule salarié", "N° matricule"),
    ),
    Column("family_name", "Nom", "Le nom d’usage.", "Le Roux", names=("Nom de famille", "Nom usuel", "Nom d’usage")),
    Column("given_names", "Prénom", "Le premier prénom suffit.", "Maëlle", names=("Prénoms",)),
    Column("sex", "Sexe", "F ou M. Vide\u00a0: nous le lisons dans le NIR.", "F", needed=False, names=("Civilité", "Genre")),
    Column("birth_date", "Date de naissance", "JJ/MM/AAAA", "12/04/1991", names=("Né le", "Née le", "Naissance")),
    Column(
        "nir", "NIR", "Le numéro de sécurité sociale, 15 chiffres, clé comprise. Vide si la personne n’en a pas encore.",
        "2 91 04 56 260 118 43", needed=False,
        names=(
            "Numéro de sécurité sociale", "N° de sécurité sociale", "N° sécurité sociale", "N° SS", "Numéro SS", "NIR et clé",
        ),
    ),
    Column(
        "email", "E-mail", "L’adresse où prévenir la personne. Facultative.", "maelle.le-roux@example.org",
        needed=False, names=("Mail", "Courriel", "Adresse e-mail", "Adresse mail", "Email"),
    ),
    Column(
        "start_date", "Date d’entrée", "JJ/MM/AAAA\u00a0: premier jour couvert.", "02/11/2026",
        names=("Entrée", "Date d’embauche", "Date d’affiliation", "Début", "Date de début"),
    ),
    Column(
        "contract", "N° de contrat", "Seulement si deux contrats couvrent la même population.", "",
        needed=False, names=("Contrat", "Numéro de contrat"),
    ),
    Column(
        "population", "Population", "Telle que votre contrat la nomme. Vide\u00a0: si vous n’en avez qu’une.", "Non-cadres",
        needed=False, names=("Collège", "Catégorie"),
    ),
)  # fmt: skip
KEYS = tuple(column.key for column in COLUMNS)
BY_KEY = {column.key: column for column in COLUMNS}
RANK = {key: rank for rank, key in enumerate(KEYS)}
_KNOWN = {folded_name(name): column.key for column in COLUMNS for name in (column.heading, *column.names)}


@dataclass(frozen=True)
class Header:
    """Where each column stands in the file, from 0; and the headings that mean nothing to us."""

    places: dict[str, int]
    unread: tuple[str, ...]

    def letter(self, key: str) -> str:
        """The letter of the column in the file, as a spreadsheet shows it; nothing when the file does not have it."""
        return letter_of(self.places[key]) if key in self.places else ""


def letter_of(rank: int) -> str:
    """`A` for 0, `Z` for 25, `AA` for 26."""
    letters = ""
    rank += 1
    while rank:
        rank, rest = divmod(rank - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def header_of(cells: Sequence[str]) -> Header:
    """The columns that a first line names. Raises FileRefused when one is missing or stands twice."""
    places: dict[str, int] = {}
    unread: list[str] = []
    for rank, cell in enumerate(cells):
        key = _KNOWN.get(folded_name(cell.replace("*", " ")))
        if key is None:
            if cell:
                unread.append(cell)
        elif key in places:
            raise FileRefused(
                f"La colonne «{NBSP}{BY_KEY[key].heading}{NBSP}» s’y trouve deux fois, en "
                f"{letter_of(places[key])} et en {letter_of(rank)}{NBSP}: gardez la bonne."
            )
        else:
            places[key] = rank
    missing = [f"«{NBSP}{column.heading}{NBSP}»" for column in COLUMNS if column.needed and column.key not in places]
    if missing:
        told = " et ".join(filter(None, (", ".join(missing[:-1]), missing[-1])))
        plural = "Les colonnes {} manquent" if len(missing) > 1 else "La colonne {} manque"
        raise FileRefused(
            f"{plural.format(told)} à la première ligne{NBSP}: reprenez les titres du modèle{NARROW}; "
            "l’ordre des colonnes est libre."
        )
    return Header(places, tuple(unread))
