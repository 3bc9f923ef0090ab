"""What the home page says of waivers: employees to cover, requests to answer, waivers that end soon."""

from django.db.models import Count, F, Min, Value
from django.urls import reverse

from employers.companies import tasks
from employers.permissions import ServiceCode
from employers.waivers.queries import in_situation

TOLD = {
    "to_join": ("Affilier {} dont la dispense est échue", "salarié", "Sans dispense, l’adhésion est obligatoire"),
    "waiting": ("Répondre à {}", "demande de dispense", "La demande et son justificatif vous attendent"),
    "soon": ("Faire renouveler {}", "dispense", "Sans nouvelle preuve, le salarié rejoint le contrat"),
}
"""By situation: the title, what it counts, and what it costs to leave it."""


def rows(asked: tasks.Asked) -> list[tasks.Rows]:
    """One row for each situation that somebody is in, with how many and the first end."""
    found = []
    for situation in TOLD:
        waivers = in_situation(situation, asked.company_id, asked.today)
        counted = waivers.order_by().values("company").annotate(count=Count("pk"), first_end=Min("valid_until"))
        found.append(tasks.Rows(counted, number="count", text=Value(situation), day=F("first_end")))
    return found


def tell(asked: tasks.Asked, found: tasks.Found) -> tasks.Task:
    title, noun, words = TOLD[found.text]
    due = {"to_join": asked.today, "soon": found.day}.get(found.text)
    return tasks.Task(
        title=title.format(f"{found.number}\u00a0{_plural(noun, found.number)}"),
        url=f"{reverse('employers:waivers')}?state={found.text}",
        words=words,
        due=due,
    )


def _plural(noun: str, count: int) -> str:
    first, space, rest = noun.partition(" ")
    return f"{first}{'s' if count > 1 else ''}{space}{rest}"


tasks.register("waivers", ServiceCode.WAIVERS, rows=rows, tell=tell)
