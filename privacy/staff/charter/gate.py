"""What the switch of mode gestion asks: the charter, at first and then each year, or when it changes."""

from django.urls import reverse

from portals.accounts.models import Account
from portals.gestion import conditions
from portals.gestion.conditions import Asked
from portals.presentation.formats import long_date
from privacy.staff.charter.queries import standing_of
from privacy.staff.charter.rules import Standing, State


def ask(account: Account) -> Asked | None:
    """Two queries, at the switch alone."""
    found = standing_of(account)
    if not found.asked:
        return None
    return Asked(sentence_of(found), reverse("admin:charter"), "Lire la charte", found.blocks)


def sentence_of(found: Standing) -> str:
    """Where somebody stands, in one sentence."""
    if found.state == State.NEVER or found.due_on is None or found.blocked_on is None:
        return "Avant d’ouvrir vos droits, lisez la charte du personnel et engagez-vous à la suivre."
    due, blocked = long_date(found.due_on), long_date(found.blocked_on)
    if found.state == State.LATE:
        return f"Votre engagement sur la charte était à renouveler le {due}\u00a0: vos droits ne s’ouvrent plus."
    if found.state == State.GRACE:
        return f"Votre engagement sur la charte était à renouveler le {due}. Sans lui, vos droits ne s’ouvrent plus le {blocked}."
    return f"Votre engagement sur la charte est à renouveler avant le {due}."


conditions.register(ask)
