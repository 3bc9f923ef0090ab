"""Each night: files left alone for 30 days go, and the lines of affiliations that can no longer be undone.

An account that goes takes its files with it.
"""

import datetime

from employers.imports.contents import erase, seal
from employers.imports.models import KEPT, EmployeeFile, FileState
from employers.imports.queries import standing_of
from portals.access import isolation
from portals.jobs.schedules import daily
from portals.signals import operation
from privacy.audit import record

AT_A_TIME = 500


def forget_old(planned_for: datetime.datetime) -> None:
    """Erase the files on which nothing was done for 30 days. In the system's context."""
    files = EmployeeFile.objects.select_for_update(of=("self",)).exclude(state=FileState.AFFILIATING)
    old = list(files.filter(saved_at__lt=planned_for - KEPT).order_by("pk")[:AT_A_TIME])
    if old:
        erase(old)
        record("employee_files.purged", by=None, details={"files": len(old)})


def forget_affiliated(planned_for: datetime.datetime) -> None:
    """Erase the lines whose affiliation is final, and the file when it holds no other. In the system's context."""
    files = EmployeeFile.objects.select_for_update(of=("self",)).filter(
        state=FileState.READY, settled_at__lt=planned_for
    )
    for file in files.order_by("pk")[:AT_A_TIME]:
        rest = standing_of(file).contents.without_affiliated()
        if not rest.kept:
            erase([file])
            continue
        file.content_sealed, file.settled_at = seal(file, rest), None
        file.save(update_fields=["content_sealed", "settled_at"])


def on_operation(*, action: str, object_id: int | str, **_: object) -> None:
    """Receiver of `portals.signals.operation`: an account is deleted, and what it had not sent goes with it (CGU-7.7)."""
    if action != "account.deleted":
        return
    with isolation.system():
        erase(list(EmployeeFile.objects.filter(account_id=object_id).defer("content_sealed")))


daily("employee_files.old", at=datetime.time(4, 40), run=forget_old)
daily("employee_files.affiliated", at=datetime.time(4, 45), run=forget_affiliated)
operation.connect(on_operation, dispatch_uid="employers.imports.files")
