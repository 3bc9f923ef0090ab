"""What HR tells of a departure."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from employers.terminations.rules import Consequences, DatesRefused, Departure, consequences
from employers.terminations.words import Reason
from employers.workforce.models import Affiliation
from employers.workforce.rules import problems_of_end
from portals.accounts.fields import HandwrittenDateField

REQUIRED = {"required": "Indiquez cette date."}
WRITTEN = "%d/%m/%Y"


class DepartureForm(forms.Form):
    """Why and when. `told`, once valid: everything that follows."""

    reason = forms.ChoiceField(
        label="Motif du départ",
        choices=[("", "Choisir…"), *Reason.choices],
        error_messages={"required": "Choisissez le motif."},
    )
    last_day = HandwrittenDateField(label="Dernier jour travaillé", error_messages=REQUIRED)
    notice_until = HandwrittenDateField(
        label="Fin du préavis, s’il est payé sans être travaillé",
        required=False,
        help_text="Le contrat court jusqu’à ce jour, et la couverture avec lui.",
    )
    employed_since = HandwrittenDateField(
        label="Début du contrat de travail",
        error_messages=REQUIRED,
        help_text="Ou du premier des contrats qui se sont suivis chez vous sans interruption\u00a0: la durée en dépend.",
    )

    def __init__(self, *args: Any, affiliation: Affiliation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.affiliation = affiliation
        self.told: Consequences | None = None

    def departure(self) -> Departure:
        said = self.cleaned_data
        return Departure(Reason(said["reason"]), said["last_day"], said["employed_since"], said["notice_until"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return said
        departure, today = self.departure(), timezone.localdate()
        try:
            self.told = consequences(departure, today=today)
        except DatesRefused as refused:
            self.add_error(refused.field, str(refused))
            return said
        end = departure.contract_end
        for problem in problems_of_end(self.affiliation.start_date, last_day=end, rights_end=end, today=today):
            self.add_error("notice_until" if departure.notice_until else "last_day", problem.message)
        return said


def initial_of(departure: Departure | None, *, since: datetime.date) -> dict[str, str]:
    """What a draft, or the termination to correct, holds; otherwise the beginning that the affiliations tell."""
    if departure is None:
        return {"employed_since": since.strftime(WRITTEN)}
    notice = departure.notice_until
    return {
        "reason": departure.reason.value,
        "last_day": departure.last_day.strftime(WRITTEN),
        "notice_until": notice.strftime(WRITTEN) if notice else "",
        "employed_since": departure.employed_since.strftime(WRITTEN),
    }
