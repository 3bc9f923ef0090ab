"""What the home page says of links: answers to confirm."""

from django.db.models import Count
from django.urls import reverse

from employers.companies import tasks
from employers.links.queries import completed_links
from employers.permissions import ServiceCode
from portals.presentation.formats import NBSP


def rows(asked: tasks.Asked) -> list[tasks.Rows]:
    """How many answers wait, in one row."""
    waiting = completed_links(asked.company_id).order_by().values("company").annotate(count=Count("pk"))
    return [tasks.Rows(waiting, number="count")]


def tell(_asked: tasks.Asked, found: tasks.Found) -> tasks.Task:
    plural = "s" if found.number > 1 else ""
    return tasks.Task(
        title=f"Confirmer {found.number}{NBSP}affiliation{plural} complétée{plural} par lien",
        url=reverse("employers:employee_links"),
        words="La couverture s’ouvre à votre confirmation",
    )


tasks.register("links", ServiceCode.EMPLOYEES, rows=rows, tell=tell)
