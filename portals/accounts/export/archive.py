"""The archive itself: a ZIP written file by file, whose size never counts in memory."""

import json
import shutil
import zipfile
from typing import IO, Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone

from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.export.queries import account_contents, exported_grants, labels
from portals.accounts.export.registry import Content, files_of
from portals.accounts.models import Account

FORMAT = "espaces-mutuelle/archive/1"
README = "LISEZ-MOI.txt"
ACCOUNT = "account.json"


def write_archive(account: Account, target: IO[bytes]) -> int:
    """Write everything that the account may see into `target`; returns how many files of its spaces it holds."""
    grants = exported_grants(account)
    folders = _folders(grants)
    count = 0
    with zipfile.ZipFile(target, "w", compression=zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(README, _readme(account))
        archive.writestr(ACCOUNT, _account_file(account, folders))
        for grant, folder in zip(grants, folders, strict=True):
            # Not the system's context: only the rows of this grant's tenant are in sight, whatever an exporter asks for.
            with isolation.tenant(grant.space, grant.tenant_id):
                for path, content in files_of(grant):
                    _add(archive, f"{folder}/{path}", content)
                    count += 1
    return count


def _folders(grants: list[Grant]) -> list[str]:
    """`adherent`, or `adherent-1`, `adherent-2`… for whoever acts for several."""
    if len(grants) == 1:
        return [grants[0].space]
    return [f"{grant.space}-{rank}" for rank, grant in enumerate(grants, start=1)]


def _readme(account: Account) -> str:
    context = {"account": account, "organisation": settings.ORGANISATION_FACTS}
    return render_to_string("portals/export/readme.txt", context).strip() + "\n"


def _account_file(account: Account, folders: list[str]) -> str:
    contents: dict[str, Any] = account_contents(account)
    for grant, folder in zip(contents["grants"], folders, strict=True):
        grant["folder"] = folder
    whole = {"format": FORMAT, "made_at": timezone.now(), "labels": labels(), **contents}
    return json.dumps(whole, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def _add(archive: zipfile.ZipFile, path: str, content: Content) -> None:
    if isinstance(content, bytes):
        archive.writestr(path, content)
        return
    with content, archive.open(path, "w", force_zip64=True) as entry:
        shutil.copyfileobj(content, entry)
