"""Each night: boxes that are open are written anew, those whose last day is past are counted."""

import datetime

from django.utils import timezone

from portals.access import isolation
from portals.jobs.schedules import daily
from privacy.consultations import box
from privacy.consultations.actions import count
from privacy.consultations.models import Consultation, ConsultationState


def run(_planned_for: datetime.datetime) -> None:
    """A box that is counted late is counted once."""
    with isolation.system():
        for consultation in Consultation.objects.filter(state=ConsultationState.PUBLISHED).order_by("pk"):
            if consultation.closes_on < timezone.localdate():
                count(consultation_id=consultation.pk)
            else:
                box.shake(consultation)


daily("consultations", at=datetime.time(0, 40), run=run)
