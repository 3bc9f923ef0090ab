"""A version of the freeze list, read from the CSV that docs/decisions/investigations.md describes.

The register is published as JSON that changes shape without notice, so what is read here is a plain table: `;` or `,`
between cells, UTF-8, columns `numero;nature;nom;prenoms;naissance;mesure`. An alias is one more line of the same number.
"""

import csv
import datetime
import hashlib
import io
from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portals.accounts.models import Account
from portals.declarations import Purpose
from portals.jobs import Priority, enqueue
from privacy.audit import record
from privacy.investigations.models import Kind
from privacy.investigations.screening.models import FreezeList, ListedKind, ListedName
from privacy.investigations.walls import kinds_of
from privacy.register.running import demand

COLUMNS = ("numero", "nature", "nom", "prenoms", "naissance", "mesure")
NATURES = {"personne physique": ListedKind.PERSON, "personne morale": ListedKind.ENTITY}
NEEDED = "il faut un numéro, un nom, et «\u00a0personne physique\u00a0» ou «\u00a0personne morale\u00a0»."
SCREEN = "vigilance.screen"
MAX_BYTES = 20 * 1024 * 1024
MAX_NAMES = 100_000
LENGTHS = {"number": 40, "family_name": 200, "given_names": 200}


class Unreadable(ValueError):
    """Not such a list. The message is French, for whoever uploaded it, and says which line."""


class SameList(Exception):
    """This very file is there already."""


@transaction.atomic
def import_list(*, by: Account, content: bytes, published_on: datetime.date) -> FreezeList:
    """Keep a version, and have the portfolio compared with it. Raises Unreadable, SameList or PermissionDenied."""
    if Kind.FINANCIAL_CRIME not in kinds_of(by):
        raise PermissionDenied
    demand(Purpose.FINANCIAL_CRIME)
    digest = hashlib.sha256(content).hexdigest()
    if FreezeList.objects.filter(sha256=digest).exists():
        raise SameList
    names = list(read(content))
    if not names:
        raise Unreadable("Cette liste ne contient aucun nom.")
    version = FreezeList.objects.create(published_on=published_on, sha256=digest, names=len(names), imported_by=by)
    for name in names:
        name.version = version
    ListedName.objects.bulk_create(names, batch_size=1000)
    ListedName.objects.exclude(
        version=version
    ).delete()  # the flags keep their numbers; past versions keep their fingerprint
    record(
        "vigilance.list_imported", by=by, object_kind="freezelist", object_id=version.pk, details={"names": len(names)}
    )  # fmt: skip
    enqueue(SCREEN, key=digest, subject_id=version.pk, priority=Priority.ORDINARY)
    return version


def read(content: bytes) -> Iterator[ListedName]:
    """The names of a file. Raises Unreadable. Pure."""
    if len(content) > MAX_BYTES:
        raise Unreadable("Ce fichier pèse plus de 20\u00a0Mo.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("Ce fichier n’est pas du texte en UTF-8.") from None
    first = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in first else ",")
    missing = set(COLUMNS) - set(rows.fieldnames or ())
    if missing:
        raise Unreadable(f"Il manque des colonnes\u00a0: {', '.join(sorted(missing))}.")
    for line, row in enumerate(rows, start=2):
        if line > MAX_NAMES:
            raise Unreadable("Cette liste compte plus de 100\u202f000 noms.")
        yield _name(line, row)


def _name(line: int, row: dict[str, str]) -> ListedName:
    told = {column: (row.get(column) or "").strip() for column in COLUMNS}
    nature = NATURES.get(told["nature"].casefold())
    if nature is None or not told["numero"] or not told["nom"]:
        raise Unreadable(f"Ligne {line}\u00a0: {NEEDED}")

    born_on, year = _birth(line, told["naissance"])
    name = ListedName(
        number=told["numero"], kind=nature, family_name=told["nom"], given_names=told["prenoms"], born_on=born_on,
        birth_year=year, measure=told["mesure"][:300],
    )  # fmt: skip
    if any(len(getattr(name, field)) > most for field, most in LENGTHS.items()):
        raise Unreadable(f"Ligne {line}\u00a0: un nom ou un numéro est trop long.")
    return name


def _birth(line: int, text: str) -> tuple[datetime.date | None, int | None]:
    """A day (`2026-11-22` or `22/11/2026`), a year, or nothing."""
    if not text:
        return None, None
    if text.isdecimal() and len(text) == 4:
        return None, int(text)
    for shape in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            day = datetime.datetime.strptime(text, shape).date()  # noqa: DTZ007  a day, without any hour
        except ValueError:
            continue
        return day, day.year
    raise Unreadable(f"Ligne {line}\u00a0: la naissance s’écrit 22/11/1966, 1966-11-22 ou 1966.")
