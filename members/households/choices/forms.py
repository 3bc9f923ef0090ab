"""What staff write down of a judgment on parental authority."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from members.households.choices.models import Exercise, ParentalAuthority
from members.households.models import Person
from members.households.rules import MAJORITY, age_on
from portals.accounts.fields import HandwrittenDateField

UNKNOWN = "Aucune personne n’a cette référence."


class AuthorityForm(forms.ModelForm):
    """The child, who exercises authority, and the judgment that says so. Persons are told by reference."""

    child_ref = forms.CharField(label="Référence de l’enfant", max_length=40)
    parent_ref = forms.CharField(
        label="Référence du parent qui l’exerce seul",
        max_length=40,
        required=False,
        help_text="Vide\u00a0: un parent que nous n’assurons pas.",
    )
    judgment_date = HandwrittenDateField(label="Date du jugement")
    start_date = HandwrittenDateField(label="À compter du")

    class Meta:
        model = ParentalAuthority
        fields = ["child_ref", "exercised_by", "parent_ref", "judgment_reference", "judgment_date", "start_date"]

    def clean_child_ref(self) -> str:
        said = str(self.cleaned_data["child_ref"]).strip()
        child = Person.objects.filter(person_ref=said).first()
        if child is None:
            raise forms.ValidationError(UNKNOWN)
        if age_on(child.birth_date, timezone.localdate()) >= MAJORITY:
            raise forms.ValidationError("Cette personne est majeure.")
        self.instance.child, self.instance.household_id = child, child.household_id
        return said

    def clean_parent_ref(self) -> str:
        said = str(self.cleaned_data["parent_ref"]).strip()
        self.instance.parent = Person.objects.filter(person_ref=said).first() if said else None
        if said and self.instance.parent is None:
            raise forms.ValidationError(UNKNOWN)
        return said

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("exercised_by") == Exercise.BOTH and answers.get("parent_ref"):
            self.add_error("parent_ref", "Les deux parents l’exercent\u00a0: laissez ce champ vide.")
        if answers.get("parent_ref") and answers.get("parent_ref") == answers.get("child_ref"):
            self.add_error("parent_ref", "C’est la référence de l’enfant.")
        judged, begins = answers.get("judgment_date"), answers.get("start_date")
        if isinstance(begins, datetime.date):
            if begins > timezone.localdate():
                self.add_error("start_date", "Cette date est à venir\u00a0: enregistrez le jugement ce jour-là.")
            elif isinstance(judged, datetime.date) and begins < judged:
                self.add_error("start_date", "L’effet ne peut pas venir avant le jugement.")
        return answers
