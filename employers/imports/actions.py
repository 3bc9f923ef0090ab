"""What is done with a file of employees: read, corrected, its good lines affiliated, undone, forgotten.

In the context of the company; by a worker in the system's for files too long to be read while somebody waits.
"""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from employers.imports.columns import RANK
from employers.imports.contents import (
    ASIDE,
    WAITING,
    Contents,
    contents_of_reading,
    erase,
    seal,
    seal_name,
    seal_raw,
    unseal_raw,
)
from employers.imports.errors import FileRefused, ImportBusy, NothingReady, TooManyFiles
from employers.imports.models import EmployeeFile, FileState
from employers.imports.queries import Preview, Standing, checked_again, preview_of, standing_of
from employers.imports.reading import read, tidy
from employers.workforce import actions as workforce
from employers.workforce.models import Operation, Source
from portals.accounts.models import Account
from portals.documents.uploads import sanitised
from portals.jobs import Job, Priority, enqueue, handler
from privacy.audit import record

READ = "employee_file.read"
AFFILIATE = "employee_file.affiliate"
AT_ONCE_BYTES = 60_000
"""Files up to this size (some thousand lines) are read while the person waits; the others by a worker."""
AT_ONCE_LINES = 300
MOST_FILES = 20
"""Files that an account keeps for one company."""


def receive(*, by: Account, company_id: int, name: str, content: bytes) -> EmployeeFile:
    """Keep a file: read now, or by a worker when it is long. Raises FileRefused, TooManyFiles."""
    is_long = len(content) > AT_ONCE_BYTES
    contents = None if is_long else contents_of_reading(read(content))
    with transaction.atomic():
        if EmployeeFile.objects.filter(company=company_id, account=by).count() >= MOST_FILES:
            raise TooManyFiles
        file = EmployeeFile(reference=secrets.token_hex(16), company_id=company_id, account=by, size=len(content))
        file.name_sealed = seal_name(file, sanitised(name, ".xlsx" if content.startswith(b"PK") else ".csv"))
        file.content_sealed = seal_raw(file, content) if contents is None else seal(file, contents)
        file.state = FileState.READING if contents is None else FileState.READY
        file.save()
        _record("employee_file.received", by, file, size=file.size)
        if contents is None:
            enqueue(READ, key=file.reference, subject_id=file.pk, priority=Priority.ASKED)
        else:
            _save(file, Standing(name, contents, ()))
    return file


@handler(READ)
def read_long(job: Job) -> None:
    """A worker reads a long file."""
    read_now(job.subject_id)


@transaction.atomic
def read_now(file_id: int) -> None:
    """Read a file that waits for it. What cannot be read is not kept: only why."""
    file = _awaited(file_id, FileState.READING)
    if file is None:
        return
    try:
        contents = contents_of_reading(read(unseal_raw(file)))
        file.state = FileState.READY
    except FileRefused as refused:
        contents = Contents(refusal=str(refused))
        file.state = FileState.REFUSED
    _save(file, Standing("", contents, ()))


@transaction.atomic
def correct(*, by: Account, file: EmployeeFile, answers: Mapping[tuple[int, str], str]) -> Preview:
    """Write these texts in these cells (line number and column), and check again. Raises ImportBusy."""
    held, standing = _held(file)
    lines = {line.number: list(line.cells) for line in standing.contents.waiting}
    changed: set[int] = set()
    for (number, key), text in answers.items():
        if number in lines and key in RANK:
            lines[number][RANK[key]] = tidy(text)
            changed.add(number)
    _record("employee_file.corrected", by, held, lines=len(changed))
    contents = standing.contents.corrected({number: tuple(lines[number]) for number in changed})
    return _save(held, replace(standing, contents=contents))


@transaction.atomic
def set_aside(*, by: Account, file: EmployeeFile, numbers: Collection[int]) -> Preview:
    """Leave lines aside: they are neither checked nor affiliated until they are taken back. Raises ImportBusy."""
    held, standing = _held(file)
    _record("employee_file.lines_set_aside", by, held, lines=len(numbers))
    return _save(held, replace(standing, contents=standing.contents.marked(set(numbers), ASIDE)))


@transaction.atomic
def take_back(*, by: Account, file: EmployeeFile) -> Preview:
    """Every line that was left aside waits again. Raises ImportBusy."""
    held, standing = _held(file)
    numbers = {line.number for line in standing.contents.aside}
    _record("employee_file.lines_taken_back", by, held, lines=len(numbers))
    return _save(held, replace(standing, contents=standing.contents.marked(numbers, WAITING, only=ASIDE)))


@transaction.atomic
def affiliate_ready(*, by: Account, file: EmployeeFile) -> Operation | None:
    """Affiliate every line that is ready, as one operation; None when a worker does it. Raises ImportBusy, NothingReady.

    What was ready on the page is checked once more; `employers.workforce.actions.RowsRefused` when another operation
    came between the two.
    """
    held, standing = _held(file)
    preview = checked_again(held, standing, timezone.localdate())
    if not preview.ready:
        raise NothingReady
    if len(preview.ready) <= AT_ONCE_LINES:
        return _affiliate(preview, by)
    held.state, held.saved_at = FileState.AFFILIATING, timezone.now()
    held.save(update_fields=["state", "saved_at"])
    key = f"{held.reference} {secrets.token_hex(4)}"
    enqueue(AFFILIATE, key=key, subject_id=held.pk, priority=Priority.ASKED)
    return None


@handler(AFFILIATE)
def affiliate_long(job: Job) -> None:
    """A worker affiliates the ready lines of a long file."""
    file = _awaited(job.subject_id, FileState.AFFILIATING)
    if file is None:
        return
    file.state = FileState.READY
    preview = preview_of(file, timezone.localdate())
    if preview.ready:
        _affiliate(preview, file.account)
    else:
        _save(file, preview.standing)


@transaction.atomic
def undo(*, by: Account, file: EmployeeFile, operation_id: int) -> None:
    """Undo an operation of the file: its lines wait again.

    Raises ImportBusy, Operation.DoesNotExist, and what `employers.workforce.actions.undo` raises.
    """
    held, standing = _held(file)
    operation = next((one for one in standing.operations if one.pk == operation_id), None)
    if operation is None:
        raise Operation.DoesNotExist
    workforce.undo(by=by, operation=operation)
    rest = tuple(one for one in standing.operations if one.pk != operation_id)
    held.settled_at = max((one.undoable_until for one in rest), default=None)
    _save(held, replace(standing, contents=standing.contents.released({operation_id}), operations=rest))


@transaction.atomic
def forget(*, by: Account, file: EmployeeFile) -> None:
    """Erase the file and what was corrected in it. Who was affiliated stays so. Raises ImportBusy."""
    held = _locked(file.pk)
    if held is None:
        return
    if held.state == FileState.AFFILIATING:
        raise ImportBusy
    _record("employee_file.forgotten", by, held)
    erase([held])


def _affiliate(preview: Preview, by: Account) -> Operation:
    file = preview.file
    rows = [
        workforce.Row(preview.contracts[ready.contract.id], ready.employee, ready.start_date)
        for ready in preview.ready
        if ready.contract is not None
    ]
    operation = workforce.open_operation(by=by, company_id=file.company_id, source=Source.FILE, label=preview.name)
    workforce.affiliate_all(by=by, operation=operation, rows=rows)
    numbers = {ready.line.number for ready in preview.ready}
    file.settled_at, file.saved_at = operation.undoable_until, timezone.now()
    file.ready_count, file.wrong_count = 0, len(preview.wrong)
    file.content_sealed = seal(file, preview.contents.marked(numbers, str(operation.pk)))
    file.save()
    return operation


def _locked(file_id: int) -> EmployeeFile | None:
    files = EmployeeFile.objects.select_for_update(of=("self",)).select_related("account")
    return files.filter(pk=file_id).first()


def _awaited(file_id: int, state: FileState) -> EmployeeFile | None:
    """The file of a job, if it still waits for it: it may have been erased, or the job done already."""
    file = _locked(file_id)
    return file if file is not None and file.state == state else None


def _held(file: EmployeeFile) -> tuple[EmployeeFile, Standing]:
    """The file, locked, and what it holds. Raises ImportBusy, also when it has gone."""
    held = _locked(file.pk)
    if held is None or held.state != FileState.READY:
        raise ImportBusy
    return held, standing_of(held)


def _save(file: EmployeeFile, standing: Standing) -> Preview:
    """Seal what the file holds now, check it, and note how many lines are ready, for the list of files."""
    preview = checked_again(file, standing, timezone.localdate())
    file.content_sealed = seal(file, standing.contents)
    file.ready_count, file.wrong_count = len(preview.ready), len(preview.wrong)
    file.saved_at = timezone.now()
    file.save()
    return preview


def _record(action: str, by: Account, file: EmployeeFile, **details: str | int) -> None:
    told: dict[str, str | int] = {"company": file.company_id, **details}
    record(action, by=by, object_kind="employee_file", object_id=file.pk, details=told)
