"""What is typed about waivers: a request that an employee handed over, a renewal, an answer, an end, a control."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone

from employers.companies.models import GroupContract
from employers.waivers.actions import PleaRefused
from employers.waivers.models import Waiver
from employers.waivers.rules import MEDICAL, Employee, Plea, Rule, looks_medical, optional_rules
from employers.waivers.words import Case, End
from portals.documents.fields import ProofField
from portals.presentation.dates import TypedDateField

MISSING = "Cette réponse manque."
STATES = (
    ("", "Toutes"), ("waiting", "À valider"), ("soon", "Se terminent bientôt"), ("to_join", "À affilier"),
    ("running", "En cours"), ("over", "Terminées ou refusées"),
)  # fmt: skip
ENDINGS = (End.JOINS, End.LOST, End.LEFT, End.WITHDRAWN)
"""The ends that the company may say; waivers run out by themselves."""
WORDS_MAX = 4000
LONGEST_CONTROL = datetime.timedelta(days=4 * 366)


class _Answers(forms.Form):
    """An answer that is missing is said the same way everywhere."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not isinstance(field, ProofField):
                field.error_messages["required"] = MISSING

    def refuse(self, refused: PleaRefused) -> None:
        """Tie each problem of the rules to its field."""
        for name, problem in refused.problems.items():
            self.add_error(name if name in self.fields else None, problem)


class AttestationField(ProofField):
    """Documents of a waiver; one that its name says medical never comes in (PDP-4.2)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label="Documents", **options)

    def clean(self, value: Any) -> Any:
        if any(looks_medical(file.name or "") for file in value or []):
            raise forms.ValidationError(MEDICAL, code="medical")
        return super().clean(value)


class _RequestForm(_Answers):
    """What every request holds: the end that the case asks for, the words, their date, the mention, the documents."""

    ends_on = TypedDateField()
    words = forms.CharField(
        label="La demande du salarié",
        max_length=WORDS_MAX,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Ses mots, tels qu’il les a écrits. Jamais un détail de santé.",
    )
    written_on = TypedDateField(label="Date de sa demande")
    informed = forms.BooleanField(
        label="Le salarié écrit que l’employeur l’a informé, avant son choix, de ce qu’il perd en n’adhérant pas"
    )
    proofs = AttestationField(required=False)

    def __init__(self, *args: Any, rule: Rule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule
        if rule.end:
            self.fields["ends_on"].label = rule.end
        else:
            del self.fields["ends_on"]
        proof = rule.proof or "La demande signée, si elle est sur papier"
        self.fields["proofs"].required = bool(rule.proof)
        self.fields["proofs"].help_text = f"{proof}. PDF, JPEG ou PNG\u202f; cinq documents au plus, 10 Mo chacun."

    def clean_written_on(self) -> datetime.date:
        written: datetime.date = self.cleaned_data["written_on"]
        if written > timezone.localdate():
            raise forms.ValidationError("Cette date est à venir.")
        return written


class RequestForm(_RequestForm):
    """A first request, deposited by the company for an employee."""

    contract = forms.ChoiceField(label="Contrat")
    family_name = forms.CharField(label="Nom", max_length=80)
    given_names = forms.CharField(label="Prénoms", max_length=80)
    employee_number = forms.CharField(label="Matricule", max_length=40, required=False)
    birth_date = TypedDateField(label="Date de naissance")
    hired_on = TypedDateField(label="Date d’embauche")
    first_day = TypedDateField(label="Premier jour de la dispense")

    field_order = (
        "contract", "family_name", "given_names", "employee_number", "birth_date", "hired_on", "first_day", "ends_on",
        "words", "written_on", "informed", "proofs",
    )  # fmt: skip

    def __init__(self, *args: Any, contracts: Sequence[GroupContract], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._contracts = {str(contract.pk): contract for contract in contracts}
        field = self.fields["contract"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (number, f"{contract.contract_number}, {contract.population}")
                for number, contract in self._contracts.items()
            ]
        if len(self._contracts) == 1:
            del self.fields["contract"]

    @property
    def chosen_contract(self) -> GroupContract:
        """The contract that was chosen, or the only one. Once the form is valid."""
        chosen = self.cleaned_data.get("contract")
        return self._contracts[chosen] if chosen else next(iter(self._contracts.values()))

    def plea(self) -> Plea:
        """The answers, as `actions.ask` takes them."""
        said = self.cleaned_data
        employee = Employee(
            family_name=said["family_name"], given_names=said["given_names"], number=said["employee_number"],
            birth_date=said["birth_date"], hired_on=said["hired_on"],
        )  # fmt: skip
        return _plea(employee, self.rule, said, first_day=said["first_day"])


class RenewalForm(_RequestForm):
    """The request that carries a waiver further."""

    def plea(self, waiver: Waiver, *, first_day: datetime.date) -> Plea:
        """The answers, as `actions.renew` takes them."""
        employee = Employee(
            family_name=waiver.family_name, given_names=waiver.given_names, number=waiver.employee_number,
            birth_date=waiver.birth_date, hired_on=waiver.hired_on,
        )  # fmt: skip
        return _plea(employee, self.rule, self.cleaned_data, first_day=first_day)


def _plea(employee: Employee, rule: Rule, said: Mapping[str, Any], *, first_day: datetime.date) -> Plea:
    return Plea(
        employee=employee, case=rule.case, first_day=first_day, words=said["words"], written_on=said["written_on"],
        informed=said["informed"], ends_on=said.get("ends_on"),
    )  # fmt: skip


class FilterForm(forms.Form):
    """Whom, where it stands, which case. What the lists do not offer is as if it had not been asked."""

    name = forms.CharField(label="Nom ou matricule", max_length=80, required=False)
    state = forms.ChoiceField(label="Situation", choices=STATES, required=False)
    case = forms.ChoiceField(label="Cas", choices=[("", "Tous"), *Case.choices], required=False)


class DocumentsForm(_Answers):
    """Documents added to a request that waits."""

    proofs = AttestationField()

    def __init__(self, *args: Any, already: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["proofs"]
        if isinstance(field, ProofField):
            field.already = already


class RefusalForm(_Answers):
    """Why the request is refused: the employee is told these words."""

    reason = forms.CharField(
        label="Pourquoi vous la refusez",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Le salarié peut vous demander ces mots\u202f; un contrôle aussi.",
    )


class EndForm(_Answers):
    """Why a waiver ends before its time, and its last day; no day is asked of one that has not begun."""

    why = forms.ChoiceField(
        label="Pourquoi elle se termine",
        choices=[(end.value, end.label) for end in ENDINGS],
        widget=forms.RadioSelect,
    )
    last_day = TypedDateField(label="Dernier jour de la dispense")

    def __init__(self, *args: Any, waiver: Waiver, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._waiver = waiver
        if waiver.first_day > timezone.localdate():
            del self.fields["last_day"]

    def clean_last_day(self) -> datetime.date:
        last: datetime.date = self.cleaned_data["last_day"]
        if last < self._waiver.first_day:
            raise forms.ValidationError(
                "La dispense n’avait pas commencé\u00a0: donnez son premier jour, ou un jour après."
            )
        if last > timezone.localdate():
            raise forms.ValidationError("Ce jour est à venir\u00a0: revenez ce jour-là.")
        return last

    @property
    def last(self) -> datetime.date:
        """The last day: the one that was typed, or today for a waiver that never began. Once the form is valid."""
        typed: datetime.date | None = self.cleaned_data.get("last_day")
        return typed or timezone.localdate()


class ControlForm(_Answers):
    """The period that a control looks at."""

    start = TypedDateField(label="Du")
    end = TypedDateField(label="Au")

    @staticmethod
    def whole_year(year: int) -> dict[str, datetime.date]:
        return {"start": datetime.date(year, 1, 1), "end": datetime.date(year, 12, 31)}

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = said.get("start"), said.get("end")
        if start and end and end < start:
            self.add_error("end", "La fin vient avant le début.")
        elif start and end and end - start > LONGEST_CONTROL:
            self.add_error("end", "Quatre ans au plus\u00a0: faites un dossier par période.")
        return said


class ProvidedForm(forms.Form):
    """Which optional cases the act of the company provides for one contract."""

    cases = forms.MultipleChoiceField(
        label="Cas prévus", required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cases"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(rule.case.value, rule.label) for rule in optional_rules(timezone.localdate())]
