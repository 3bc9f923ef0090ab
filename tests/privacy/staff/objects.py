"""Modules and reviews for tests."""

import datetime
from typing import Any

from django.utils import timezone

from portals.accounts.models import Account
from portals.gestion.roles import Role
from privacy.staff.awareness.actions import publish
from privacy.staff.awareness.models import AwarenessModule
from privacy.staff.awareness.rules import Question
from privacy.staff.charter.models import CharterAcknowledgement, CharterVersion
from privacy.staff.reviews.actions import start
from tests import builders

QUESTIONS = [
    Question("Prêter son code\u202f?", ("Oui", "Non"), 1, "Un code ne se prête pas."),
    Question("Signaler une erreur\u202f?", ("Tout de suite", "Plus tard"), 0, "Chaque heure compte."),
    Question("Regarder un proche\u202f?", ("Jamais", "Avec son accord", "Vite"), 0, "Jamais, même à sa demande."),
]
RIGHT = {"question_0": "1", "question_1": "0", "question_2": "0"}


def module_by(officer: Account, **given: Any) -> AwarenessModule:
    due_on = given.pop("due_on", timezone.localdate() + datetime.timedelta(days=30))
    values = {"title": "Hameçonnage", "text": "<p>Ne cliquez pas.</p>", "questions": QUESTIONS, **given}
    return publish(by=officer, due_on=due_on, **values)


def year_of(officer: Account) -> dict[str, Any]:
    """One of each, for the pages of the staff’s site. The line is of a security officer: both reviewers may decide it."""
    other = builders.colleague(Role.SECURITY)
    review = start(by=officer)
    return {
        "privacy_charterversion": CharterVersion.objects.get(number=1),
        "privacy_charteracknowledgement": CharterAcknowledgement.objects.filter(account=officer)[0],
        "privacy_awarenessmodule": module_by(officer),
        "privacy_accessreview": review,
        "line of accessreview": review.lines.get(account=other),
    }
