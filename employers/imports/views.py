"""« Importer des salariés »: send a file, read again what it says, correct it in place, affiliate what is good (CGU-3.16).

Only those who may change employees come here: what a file says of people is shown to whoever sent it, and to nobody else.
"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from employers.imports import actions, documents, queries
from employers.imports.answering import answers_of, asked_of
from employers.imports.contents import name_of
from employers.imports.entering import entered, file_or_404
from employers.imports.errors import FileRefused, ImportBusy, NothingReady, TooManyFiles
from employers.imports.forms import FileForm, about
from employers.imports.models import EmployeeFile, FileState
from employers.imports.showing import MOST_SHOWN, strip_of, strip_words, wrong_lines
from employers.workforce import actions as workforce
from employers.workforce.models import UNDO_WITHIN, Operation
from portals.access.entry import account_of, grant_of
from portals.accounts import limits
from portals.documents.actions import as_attachment
from portals.presentation.formats import NBSP, number
from privacy.audit import record

FILES_BY_ACCOUNT = limits.Limit("employee files", 40, 3600)
"""Reading a long file takes a second of a processor."""
FIRST_READY = 5
LINES_A_PAGE = 100
BUSY = "Le fichier est encore en cours de lecture ou d’affiliation\u00a0: attendez qu’il soit prêt."
CHANGED = (
    "L’effectif a changé entre-temps\u00a0: rien n’a été affilié. Relisez les lignes à corriger, puis recommencez."
)
FULL = "Vous gardez déjà vingt fichiers\u00a0: terminez-en un, ou effacez-le."


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@entered
def imports(request: HttpRequest) -> HttpResponse:
    """The models, the file to send, and the files that are not finished."""
    account, company_id = account_of(request), grant_of(request).tenant_id
    form = FileForm()
    if request.method == "POST":
        try:
            limits.count(FILES_BY_ACCOUNT, str(account.pk))
        except limits.LimitReached as reached:
            return limits.wait_page(request, reached.seconds)
        form = FileForm(request.POST, request.FILES)
        if form.is_valid() and (received := _received(request, form)) is not None:
            return redirect("employers:employee_file", received.pk)
    context = {
        "form": form,
        "files": queries.named_files(account, company_id),
        "populations": queries.populations_of(company_id, timezone.localdate()),
    }
    return render(request, "employers/imports/send.html", context)


def _received(request: HttpRequest, form: FileForm) -> EmployeeFile | None:
    sent = form.cleaned_data["file"]
    try:
        return actions.receive(
            by=account_of(request), company_id=grant_of(request).tenant_id, name=sent.name or "", content=sent.read()
        )
    except FileRefused as refused:
        form.add_error("file", about(sent.name or "", str(refused)))
    except TooManyFiles:
        form.add_error(None, FULL)
    return None


@require_safe
@entered
def imports_xlsx(request: HttpRequest) -> HttpResponse:
    """The workbook to fill, with the lists of the company's own contracts."""
    company_id = grant_of(request).tenant_id
    record("employee_file.model_downloaded", by=account_of(request), object_kind="company", object_id=company_id)
    content = documents.model_xlsx(queries.populations_of(company_id, timezone.localdate()))
    return as_attachment(HttpResponse(content, content_type=documents.XLSX), "modele-salaries.xlsx")


@require_safe
@entered
def imports_csv(request: HttpRequest) -> HttpResponse:
    """The same titles, for payroll software."""
    company_id = grant_of(request).tenant_id
    record("employee_file.model_downloaded", by=account_of(request), object_kind="company", object_id=company_id)
    content = documents.model_csv()
    return as_attachment(HttpResponse(content, content_type="text/csv; charset=utf-8"), "modele-salaries.csv")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@entered
def employee_file(request: HttpRequest, file_id: int) -> HttpResponse:
    """What the file says: counts, lines to correct in place, first good lines, what was affiliated."""
    file = file_or_404(request, file_id)
    if request.method == "POST":
        return _changed(request, file)
    record("employee_file.viewed", by=account_of(request), object_kind="employee_file", object_id=file.pk)
    if file.is_busy:
        return render(request, "employers/imports/waiting.html", {"file": file, "name": name_of(file)})
    if file.state == FileState.REFUSED:
        standing = queries.standing_of(file)
        context = {"file": file, "why": about(standing.name, standing.contents.refusal)}
        return render(request, "employers/imports/refused.html", context)
    return render(request, "employers/imports/preview.html", _context(queries.preview_of(file, timezone.localdate())))


def _context(preview: queries.Preview) -> dict[str, object]:
    standings = preview.standings
    now = timezone.now()
    return {
        "file": preview.file,
        "preview": preview,
        "bars": strip_of(standings),
        "strip_words": strip_words(standings),
        "wrong": wrong_lines(preview.wrong, preview.contents.header, preview.populations),
        "hidden": max(len(preview.wrong) - MOST_SHOWN, 0),
        "first": preview.ready[:FIRST_READY],
        "done": [(operation, count, operation.undoable_until > now) for operation, count in preview.done],
        "undoable_until": now + UNDO_WITHIN,
        "today": timezone.localdate(),
    }


def _changed(request: HttpRequest, file: EmployeeFile) -> HttpResponse:
    """Cells corrected, lines left aside or taken back."""
    by = account_of(request)
    asked = asked_of(request.POST)
    try:
        if asked.takes_back:
            actions.take_back(by=by, file=file)
        elif asked.aside is not None:
            _set_aside(request, file, asked.aside)
        else:
            after = actions.correct(by=by, file=file, answers=answers_of(request.POST))
            _tell(request, len(after.wrong))
    except ImportBusy:
        messages.info(request, BUSY)
    return redirect("employers:employee_file", file.pk)


def _set_aside(request: HttpRequest, file: EmployeeFile, asked: frozenset[int]) -> None:
    """Leave lines that are wrong aside; what was typed on the others is kept. Raises ImportBusy."""
    if file.state != FileState.READY:
        raise ImportBusy
    preview = queries.preview_of(file, timezone.localdate())
    wrong = {checked.line.number for checked in preview.wrong}
    answers = answers_of(request.POST)
    if answers:
        actions.correct(by=account_of(request), file=file, answers=answers)
    actions.set_aside(by=account_of(request), file=file, numbers=asked & wrong if asked else wrong)


def _tell(request: HttpRequest, wrong: int) -> None:
    if wrong:
        left = f"{number(wrong)} lignes restent" if wrong > 1 else "Une ligne reste"
        messages.info(request, f"Lignes revérifiées. {left} à corriger.")
    else:
        messages.success(request, f"Lignes revérifiées{NBSP}: il n’y a plus rien à corriger.")


@require_POST
@entered
def employee_file_affiliate(request: HttpRequest, file_id: int) -> HttpResponse:
    """Affiliate the good lines, as one operation."""
    file = file_or_404(request, file_id)
    try:
        operation = actions.affiliate_ready(by=account_of(request), file=file)
    except ImportBusy:
        messages.info(request, BUSY)
    except NothingReady:
        messages.info(request, "Aucune ligne n’est prête\u00a0: corrigez-en d’abord une.")
    except workforce.RowsRefused:
        messages.warning(request, CHANGED)
    else:
        if operation is not None:
            messages.success(request, f"C’est fait. Vous pouvez tout annuler pendant 24{NBSP}heures.")
    return redirect("employers:employee_file", file.pk)


@require_POST
@entered
def employee_file_undo(request: HttpRequest, file_id: int, operation_id: int) -> HttpResponse:
    """Undo an affiliation of the file, whole: its lines wait again."""
    file = file_or_404(request, file_id)
    try:
        actions.undo(by=account_of(request), file=file, operation_id=operation_id)
    except Operation.DoesNotExist as error:
        raise Http404 from error
    except ImportBusy:
        messages.info(request, BUSY)
    except workforce.UndoTooLate:
        messages.warning(request, f"Les 24{NBSP}heures sont passées{NBSP}: radiez les salariés un à un.")
    except workforce.ChangedSince:
        messages.warning(request, "Une opération plus récente touche l’un de ces salariés\u00a0: annulez-la d’abord.")
    except workforce.UsedSince:
        messages.warning(
            request,
            "Un soin a déjà été remboursé à l’un d’eux\u00a0: ces affiliations ne s’annulent plus. Écrivez-nous.",
        )
    else:
        messages.success(request, "Tout est annulé. Les lignes sont de nouveau prêtes.")
    return redirect("employers:employee_file", file.pk)


@require_POST
@entered
def employee_file_forget(request: HttpRequest, file_id: int) -> HttpResponse:
    """Erase the file and its corrections."""
    file = file_or_404(request, file_id)
    try:
        actions.forget(by=account_of(request), file=file)
    except ImportBusy:
        messages.info(request, BUSY)
        return redirect("employers:employee_file", file.pk)
    messages.success(request, "Le fichier et vos corrections sont effacés. Les salariés affiliés le restent.")
    return redirect("employers:employee_imports")


@require_safe
@entered
def employee_file_lines(request: HttpRequest, file_id: int) -> HttpResponse:
    """The lines that are ready, a hundred at a time."""
    file = file_or_404(request, file_id)
    if file.state != FileState.READY:
        return redirect("employers:employee_file", file.pk)
    preview = queries.preview_of(file, timezone.localdate())
    after = request.GET.get("apres", "")
    start = int(after) if after.isdecimal() and len(after) < 10 else 0
    rest = [checked for checked in preview.ready if checked.line.number > start]
    shown = rest[:LINES_A_PAGE]
    record("employee_file.viewed", by=account_of(request), object_kind="employee_file", object_id=file.pk)
    context = {
        "file": file,
        "preview": preview,
        "shown": shown,
        "is_first": not start,
        "next": shown[-1].line.number if len(rest) > LINES_A_PAGE else None,
        "today": timezone.localdate(),
    }
    return render(request, "employers/imports/lines.html", context)


@require_safe
@entered
def employee_file_wrong(request: HttpRequest, file_id: int) -> HttpResponse:
    """The lines to correct as a workbook, with what is wrong beside each."""
    file = file_or_404(request, file_id)
    if file.state != FileState.READY:
        return redirect("employers:employee_file", file.pk)
    preview = queries.preview_of(file, timezone.localdate())
    record("employee_file.downloaded", by=account_of(request), object_kind="employee_file", object_id=file.pk)
    content = documents.wrong_xlsx(preview.wrong)
    return as_attachment(HttpResponse(content, content_type=documents.XLSX), "lignes-a-corriger.xlsx")
