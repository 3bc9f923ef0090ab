"""The data package itself: a ZIP written file by file, whose size never counts in memory (PDP-8.1, PDP-8.7).

Read by people: `vos-donnees.pdf`, the statements, tables. Read by machines: `donnees.json` and its portable part, one of
each for the account and for each space that it opens.
"""

import shutil
import zipfile
from collections.abc import Callable
from typing import IO, Any

from django.conf import settings
from django.template.loader import render_to_string

from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.export.documents import Part, data_pdf
from portals.accounts.export.queries import exported_grants
from portals.accounts.export.registry import ACCOUNT, Content, Scope, files_of, portable_files_of, told_of
from portals.accounts.export.writing import write_part, write_portable_part
from portals.accounts.models import Account

README, DOCUMENT = "LISEZ-MOI.txt", "vos-donnees.pdf"

type Progress = Callable[[int, int], None]
"""Told how many steps are done, of how many."""


def write_archive(account: Account, target: IO[bytes], *, progress: Progress = lambda done, total: None) -> int:
    """Write everything that the account may see into `target`, in the system's context; returns how many files it holds."""
    grants = exported_grants(account)
    folders = folders_of(grants)
    total = len(told_of(ACCOUNT)) + sum(len(told_of(grant.space)) for grant in grants) + 1
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        progress(done, total)

    with zipfile.ZipFile(target, "w", compression=zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(README, _readme(account))
        by_folder = {folder: grant.pk for grant, folder in zip(grants, folders, strict=True)}
        head: dict[str, Any] = {"part": ACCOUNT, "folders": by_folder}
        told = write_part(archive, ACCOUNT, head, told_of(ACCOUNT), Scope(account, grants), step=step)
        parts = [Part(None, ACCOUNT, told)]
        for grant, folder in zip(grants, folders, strict=True):
            # Not the system's context: only the rows of this grant's tenant are in sight, whatever an exporter asks for.
            with isolation.tenant(grant.space, grant.tenant_id):
                for path, content in files_of(grant):
                    _add(archive, f"{folder}/{path}", content)
                head = {"part": grant.space, "grant": grant.pk}
                told = write_part(archive, folder, head, told_of(grant.space), Scope(account, [grant]), step=step)
            parts.append(Part(grant, folder, told))
        archive.writestr(DOCUMENT, data_pdf(account, parts))
        step()
        return len(archive.namelist())


def write_portable(account: Account, target: IO[bytes]) -> int:
    """Write what the person may have sent to somebody else, and nothing more (GDPR art. 20); returns how many files."""
    grants = exported_grants(account)
    with zipfile.ZipFile(target, "w", compression=zipfile.ZIP_DEFLATED) as archive:
        write_portable_part(archive, ACCOUNT, {"part": ACCOUNT}, told_of(ACCOUNT), Scope(account, grants))
        for grant, folder in zip(grants, folders_of(grants), strict=True):
            with isolation.tenant(grant.space, grant.tenant_id):
                for path, content in portable_files_of(grant):
                    _add(archive, f"{folder}/{path}", content)
                head: dict[str, Any] = {"part": grant.space, "grant": grant.pk}
                write_portable_part(archive, folder, head, told_of(grant.space), Scope(account, [grant]))
        return len(archive.namelist())


def folders_of(grants: list[Grant]) -> list[str]:
    """`adherent`, or `adherent-1`, `adherent-2`… for whoever acts for several."""
    if len(grants) == 1:
        return [grants[0].space]
    return [f"{grant.space}-{rank}" for rank, grant in enumerate(grants, start=1)]


def _readme(account: Account) -> str:
    context = {"account": account, "organisation": settings.ORGANISATION_FACTS}
    return render_to_string("portals/export/readme.txt", context).strip() + "\n"


def _add(archive: zipfile.ZipFile, path: str, content: Content) -> None:
    if isinstance(content, bytes):
        archive.writestr(path, content)
        return
    with content, archive.open(path, "w", force_zip64=True) as entry:
        shutil.copyfileobj(content, entry)
