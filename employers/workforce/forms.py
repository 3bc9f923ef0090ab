"""The forms of « Salariés »: which ones, one to affiliate, what may be corrected."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms

from employers.companies.models import GroupContract
from employers.workforce import rules
from employers.workforce.listing import EVERYBODY, Asked, Moved, Standing
from employers.workforce.queries import facts_of
from employers.workforce.rules import NewEmployee, Problem
from portals.accounts.fields import HandwrittenDateField, NumberAsTextField
from portals.presentation.formats import NBSP, long_date

UNKNOWN = {"invalid_choice": "Choisissez dans la liste."}
OFF = {"autocomplete": "off"}
STANDINGS = [
    ("", "En cours"),
    (Standing.COVERED.value, "Affiliés aujourd’hui"),
    (Standing.UPCOMING.value, "À venir"),
    (Standing.LEAVING.value, "Fin prévue"),
    (Standing.LEFT.value, "Partis"),
    (EVERYBODY, "Tous, partis compris"),
]


class FilterForm(forms.Form):
    """Which employees: words of the name, population, where they stand, who came or went between two days."""

    q = forms.CharField(label="Nom ou matricule", max_length=120, required=False, widget=forms.TextInput(attrs=OFF))
    population = forms.ChoiceField(label="Population", required=False, error_messages=UNKNOWN)
    state = forms.ChoiceField(label="État", required=False, choices=STANDINGS, error_messages=UNKNOWN)
    moved = forms.ChoiceField(
        label="Mouvement", required=False, error_messages=UNKNOWN,
        choices=[("", "Tous"), (Moved.ENTERED.value, "Entrés"), (Moved.LEFT.value, "Sortis")],
    )  # fmt: skip
    since = HandwrittenDateField(label="Depuis le", required=False)
    until = HandwrittenDateField(label="Jusqu’au", required=False)

    def __init__(self, data: Any, populations: Sequence[str]) -> None:
        super().__init__({name: data.get(name, "") for name in self.base_fields}, auto_id="filter_%s")
        field = self.fields["population"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Toutes"), *((name, name) for name in populations)]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = said.get("since"), said.get("until")
        if since and until and since > until:
            self.add_error("until", "Ce jour est avant le premier.")
        return said

    @property
    def asked(self) -> Asked:
        """What is asked for; a wrong answer counts for nothing. To be read once `is_valid` was called."""
        said = self.cleaned_data
        since, until = said.get("since"), said.get("until")
        moved = said.get("moved") or (Moved.ENTERED.value if since or until else "")
        # Whoever left in a period may be gone: the state does not hide them.
        standing = said.get("state") or (EVERYBODY if moved else "")
        return Asked(
            text=said.get("q", ""), population=said.get("population", ""), standing=standing, moved=moved, since=since,
            until=until,
        )  # fmt: skip

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.values())


class ContractForm(forms.Form):
    """First step: under which contract, in which population, from when."""

    contract = forms.ChoiceField(
        label="Contrat", error_messages={"required": "Choisissez un contrat."} | UNKNOWN, widget=forms.RadioSelect
    )
    population = forms.CharField(
        label="Population",
        max_length=80,
        required=False,
        help_text="Laissez vide pour celle du contrat.",
        widget=forms.TextInput(attrs=OFF | {"list": "populations"}),
    )
    start_date = HandwrittenDateField(label="Premier jour d’affiliation")

    def __init__(self, *args: Any, contracts: Sequence[GroupContract], today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["contract"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (str(contract.pk), f"{contract.population}, {contract.plan.name}, n°{NBSP}{contract.contract_number}")
                for contract in contracts
            ]
        if len(contracts) == 1:
            self.initial.setdefault("contract", str(contracts[0].pk))
        earliest = min((rules.earliest_start(facts_of(contract), today) for contract in contracts), default=today)
        latest = max((rules.latest_start(facts_of(contract), today) for contract in contracts), default=today)
        self.fields[
            "start_date"
        ].help_text = f"En général, le jour de l’embauche. Du {long_date(earliest)} au {long_date(latest)}."


class EmployeeForm(forms.Form):
    """Second step: who. Nothing is asked of the family, of health or of a bank account."""

    family_name = forms.CharField(label="Nom", max_length=80, widget=forms.TextInput(attrs=OFF))
    birth_name = forms.CharField(
        label="Nom de naissance", max_length=80, required=False, widget=forms.TextInput(attrs=OFF),
        help_text="S’il est différent.",
    )  # fmt: skip
    given_names = forms.CharField(label="Prénoms", max_length=120, widget=forms.TextInput(attrs=OFF))
    birth_date = HandwrittenDateField(label="Date de naissance")
    sex = forms.ChoiceField(
        label="Sexe à l’état civil", required=False, widget=forms.RadioSelect,
        choices=[("", "Non précisé"), ("2", "Féminin"), ("1", "Masculin")],
    )  # fmt: skip
    nir = NumberAsTextField(
        label="Numéro de sécurité sociale",
        max_length=24,
        required=False,
        help_text="15 chiffres, celui de la paie. Il évite qu’une personne déjà connue soit créée deux fois.",
        widget=forms.TextInput(attrs=OFF | {"inputmode": "text"}),
    )
    employee_number = forms.CharField(
        label="Matricule", max_length=40, required=False, widget=forms.TextInput(attrs=OFF)
    )
    email = forms.EmailField(
        label="Adresse e-mail", max_length=254, required=False,
        help_text="Pour vous retrouver dans vos listes. La personne choisira elle-même celle de son espace.",
        error_messages={"invalid": "Cette adresse n’est pas complète. Exemple\u00a0: prenom.nom@exemple.fr."},
        widget=forms.EmailInput(attrs=OFF),
    )  # fmt: skip

    def say(self, problems: Sequence[Problem]) -> None:
        """Show the problems of these fields; those of the first step are for the last page."""
        for problem in problems:
            if problem.field in self.fields:
                self.add_error(problem.field, problem.message)


class CorrectionForm(forms.Form):
    """What the employer may correct by themselves; identity is corrected by writing to the mutual."""

    employee_number = forms.CharField(
        label="Matricule", max_length=40, required=False, widget=forms.TextInput(attrs=OFF)
    )
    email = forms.EmailField(
        label="Adresse e-mail", max_length=254, required=False, widget=forms.EmailInput(attrs=OFF),
        error_messages={"invalid": "Cette adresse n’est pas complète. Exemple\u00a0: prenom.nom@exemple.fr."},
    )  # fmt: skip
    population = forms.CharField(
        label="Population", max_length=80, widget=forms.TextInput(attrs=OFF | {"list": "populations"}),
        error_messages={"required": "Indiquez la population."},
    )  # fmt: skip


def employee_from(answers: dict[str, str]) -> NewEmployee | None:
    """The employee of a draft; None while the second step is not done."""
    try:
        born = datetime.date.fromisoformat(answers.get("birth_date", ""))
    except ValueError:
        return None
    return NewEmployee(
        family_name=answers.get("family_name", ""),
        given_names=answers.get("given_names", ""),
        birth_date=born,
        birth_name=answers.get("birth_name", ""),
        sex=answers.get("sex", ""),
        nir=answers.get("nir", ""),
        email=answers.get("email", ""),
        employee_number=answers.get("employee_number", ""),
    )


def as_text(said: dict[str, Any]) -> dict[str, str]:
    """Answers as a draft holds them; days as `YYYY-MM-DD`."""
    return {
        name: value.isoformat() if isinstance(value, datetime.date) else str(value or "")
        for name, value in said.items()
    }


def as_initial(answers: dict[str, str]) -> dict[str, Any]:
    """A draft's answers as forms show them."""
    initial: dict[str, Any] = dict(answers)
    for name in ("start_date", "birth_date"):
        if answers.get(name):
            initial[name] = f"{datetime.date.fromisoformat(answers[name]):%d/%m/%Y}"
    return initial
