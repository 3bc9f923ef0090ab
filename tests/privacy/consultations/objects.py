"""Consultations for tests, and those who answer them."""

import datetime
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portals.accounts.models import Account
from portals.gestion.roles import Role
from privacy.consultations.actions import Asked, publish, write
from privacy.consultations.models import Consultation, ConsultationState
from privacy.consultations.rules import Question
from tests import builders

QUESTIONS = (
    Question("Faut-il vous proposer des rappels de prévention ?", ("Oui", "Non", "Sans avis")),
    Question("Par quel moyen ?", ("E-mail", "Courrier")),
)


def draft(by: Account | None = None, *, days: int = 20, **said: Any) -> Consultation:
    """Open from today; its free question is asked."""
    today = timezone.localdate()
    asked = {
        "title": "Vos données et la prévention",
        "purpose": "Décider si vos dates d’examens servent à vous les rappeler.",
        "questions": QUESTIONS,
        "remark": "Autre chose à dire ?",
        "opens_on": today,
        "closes_on": today + datetime.timedelta(days=days),
        **said,
    }
    return write(by=by or builders.colleague(Role.DPO), asked=Asked(**asked))


def published(**said: Any) -> Consultation:
    by = builders.colleague(Role.DPO)
    row = draft(by, **said)
    publish(by=by, consultation=row)
    row.refresh_from_db()
    return row


def asked() -> Consultation:
    """One that is open, the same each time."""
    return Consultation.objects.filter(state=ConsultationState.PUBLISHED).first() or published()


def told() -> Consultation:
    """One whose results are published: forty said yes, twenty no. The same each time."""
    held = Consultation.objects.filter(state=ConsultationState.TOLD).first()
    if held is not None:
        return held
    row, now = published(title="L’an dernier"), timezone.now()
    row.state, row.counted_at, row.told_at, row.answers = ConsultationState.TOLD, now, now, 60
    row.learned = "Les rappels commencent en mars."
    row.results = [
        [{"label": "Oui", "count": 40}, {"label": "Non", "count": 20}, {"label": "Sans avis", "count": 0}],
        [
            {"label": "E-mail", "count": None},
            {"label": "Courrier", "count": 45},
            {"label": "Sans réponse", "count": None},
        ],
    ]
    row.save()
    return row


def voter() -> Account:
    """Somebody who may answer: whoever acts for a company."""
    return builders.account(builders.company())


def vote(consultation: Consultation, *chosen: int, remark: str = "", account: Account | None = None) -> str:
    """Answer from the page, each question by the rank of a choice; returns what is read then."""
    client = builders.sign_in(Client(), account or voter())
    said = {f"q{rank}": str(place) for rank, place in enumerate(chosen)}
    return client.post(
        reverse("privacy:consultation", args=[consultation.pk]), {**said, "remark": remark}, follow=True
    ).text
