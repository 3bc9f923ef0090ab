"""What the home page says of DSN files: those that were compared and never applied."""

from django.db.models.functions import TruncDate
from django.urls import reverse

from employers.companies import tasks
from employers.dsn.models import KEPT, DsnDraft
from employers.dsn.queries import drafts_of
from employers.permissions import ServiceCode


def rows(asked: tasks.Asked) -> list[tasks.Rows]:
    """The latest file of the account that waits for its click."""
    latest = drafts_of(asked.grant).filter(operation=None).values("pk")[:1]
    return [tasks.Rows(DsnDraft.objects.filter(pk__in=latest), day=TruncDate("saved_at"))]


def tell(_asked: tasks.Asked, found: tasks.Found) -> tasks.Task:
    return tasks.Task(
        title="Relire votre DSN et l’appliquer",
        url=reverse("employers:employee_dsn_file", args=[found.number]),
        words="Rien n’a changé tant que vous n’avez pas cliqué\u202f; le fichier s’efface ensuite de lui-même",
        due=found.day + KEPT if found.day else None,
    )


tasks.register("dsn", ServiceCode.EMPLOYEES, rows=rows, tell=tell)
