"""What the home page says of files of employees that are not finished, and nothing of what they hold."""

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat, TruncDate
from django.urls import reverse

from employers.companies import tasks
from employers.imports.models import KEPT, FileState
from employers.imports.queries import own_files
from employers.permissions import ServiceCode
from portals.presentation.formats import long_date


def rows(asked: tasks.Asked) -> list[tasks.Rows]:
    """The files of the account with lines to correct or to affiliate."""
    unfinished = own_files(asked.account, asked.company_id).filter(
        Q(wrong_count__gt=0) | Q(ready_count__gt=0), state=FileState.READY
    )
    counts = Concat(Cast("wrong_count", CharField()), Value("|"), Cast("ready_count", CharField()))
    return [tasks.Rows(unfinished, text=counts, day=TruncDate("saved_at"))]


def tell(_asked: tasks.Asked, found: tasks.Found) -> tasks.Task:
    wrong, ready = found.text.split("|")
    what = f"{wrong} à corriger" if int(wrong) else f"{ready} à affilier"
    until = found.day + KEPT if found.day else None
    return tasks.Task(
        title=f"Finir l’import de salariés\u00a0: {what}",
        url=reverse("employers:employee_file", args=[found.number]),
        words=f"Le fichier est gardé jusqu’au {long_date(until)}" if until else "",
        due=until,
    )


tasks.register("imports", ServiceCode.EMPLOYEES, rows=rows, tell=tell)
