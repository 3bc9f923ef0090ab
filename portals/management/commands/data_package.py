"""`manage.py data_package IDENTIFIER --out DIR`: the data package of an account, as the portal would give it."""

import shutil
import sys
import tempfile
import zipfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from portals.access import isolation
from portals.accounts import identifiers
from portals.accounts.export.archive import write_archive
from portals.accounts.models import Account
from portals.signals import announce

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600


class Command(BaseCommand):
    help = (
        "Writes all that is held of an account, and of whom it acts for, into a folder: the document for people (PDF), "
        "tables (CSV), JSON, FHIR R4 and documents, the same as « Tout télécharger ». The journal records it. The "
        "folder must be new or empty; only its owner can read what is written. Last line: files=N."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("identifier", metavar="IDENTIFIER", help="the ten figures of the account")
        parser.add_argument("--out", metavar="DIR", type=Path, required=True, help="where to write; new or empty")
        parser.add_argument("--zip", action="store_true", help="leave the one archive that the portal gives")

    def handle(self, *args: Any, identifier: str, out: Path, **options: Any) -> None:
        account = Account.objects.filter(identifier=identifiers.as_typed(identifier)).first()
        if account is None:
            raise CommandError("No such account.")
        _make_empty(out)
        with tempfile.TemporaryFile() as archive:
            count = self._write(account, archive)
            archive.seek(0)
            if options["zip"]:
                _save(archive, out / "donnees.zip")
            else:
                _unpack(archive, out)
        self.stdout.write(f"files={count}")

    def _write(self, account: Account, target: Any) -> int:
        with tqdm(unit="part", leave=False, disable=None, file=sys.stderr) as bar, isolation.system():

            def show(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            count = write_archive(account, target, progress=show)
            announce("account.export_written", by=None, object_kind="account", object_id=account.pk)
        return count


def _make_empty(out: Path) -> None:
    try:
        out.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        is_empty = not any(out.iterdir())
    except OSError as error:
        raise CommandError(f"{out} cannot be written to.") from error
    if not is_empty:
        raise CommandError(f"{out} is not empty.")


def _unpack(archive: Any, out: Path) -> None:
    with zipfile.ZipFile(archive) as package:
        for name in package.namelist():
            target = (out / name).resolve()
            if not target.is_relative_to(out.resolve()):
                raise CommandError("A file of the package would leave its folder.")
            target.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            with package.open(name) as entry:
                _save(entry, target)


def _save(source: Any, target: Path) -> None:
    target.touch(mode=PRIVATE_FILE)
    with target.open("wb") as written:
        shutil.copyfileobj(source, written)
