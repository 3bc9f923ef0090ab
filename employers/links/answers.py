"""What an employee types by their link: who they are, whom they cover, where they are paid, or why they stay out."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils import timezone

from employers.companies.models import GroupContract
from employers.links.answering import Visit
from employers.waivers.actions import PleaRefused
from employers.waivers.rules import MEDICAL, Employee, Plea, Rule, looks_medical
from employers.waivers.words import Case as WaiverCase
from employers.workforce.queries import facts_of, fingerprint
from employers.workforce.rules import BIRTH_DATE, NIR, SEX, Known, NewEmployee, nir_contradicts, problems_of
from members.beneficiaries.rules import Rule as DependantRule
from members.beneficiaries.rules import Unfit, check_birth, role_of
from portals.accounts.fields import HandwrittenDateField, NumberAsTextField
from portals.banking.fields import IbanField
from portals.documents.fields import ProofField
from portals.feeds.errors import Unfit as BadNumber
from portals.feeds.numbers import nir as nir_column
from portals.presentation.formats import NBSP

MISSING = "Cette réponse manque."
BAD_NIR = f"Ce numéro n’est pas juste{NBSP}: recopiez ses 15 chiffres, clé comprise."
CONTRADICTS = f"Ce numéro dit un autre sexe ou une autre date de naissance{NBSP}: vérifiez les trois."
WRITTEN = "%d/%m/%Y"
OURS = frozenset({NIR, BIRTH_DATE, SEX, "family_name", "given_names", "birth_name"})
"""What an employee may correct; dates of the contract and doubles are the company's to settle."""


class _Answers(forms.Form):
    """An answer that is missing is said the same way everywhere."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = MISSING

    def answers(self) -> dict[str, str]:
        """What is sealed: texts, days as `YYYY-MM-DD`."""
        return {
            name: value.isoformat() if isinstance(value, datetime.date) else str(value or "")
            for name, value in self.cleaned_data.items()
        }


class _PersonForm(_Answers):
    """Names, sex, birth date and NIR of somebody to cover."""

    family_name = forms.CharField(label="Nom de famille", max_length=80)
    birth_name = forms.CharField(label="Nom de naissance, s’il est différent", max_length=80, required=False)
    given_names = forms.CharField(label="Prénoms", max_length=120, help_text="Dans l’ordre de l’état civil.")
    sex = forms.ChoiceField(
        label="Sexe à l’état civil", choices=[("2", "Féminin"), ("1", "Masculin")], widget=forms.RadioSelect
    )
    birth_date = HandwrittenDateField(label="Date de naissance", help_text=f"Jour, mois, année{NBSP}: 07/03/1985.")
    nir = NumberAsTextField(
        label="Numéro de sécurité sociale",
        max_length=24,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
    )

    def clean_nir(self) -> str:
        typed: str = self.cleaned_data["nir"]
        try:
            return nir_column().read(typed.upper()) if typed else ""
        except BadNumber:
            raise forms.ValidationError(BAD_NIR) from None


class IdentityForm(_PersonForm):
    """The employee, and how to reach them."""

    email = forms.EmailField(
        label="Adresse e-mail de votre espace",
        max_length=254,
        required=False,
        help_text="Si ce n’est pas celle qui a reçu le lien. Votre employeur ne la voit pas.",
        error_messages={"invalid": f"Cette adresse n’est pas complète{NBSP}: nom@exemple.fr."},
    )
    phone = forms.CharField(
        label="Téléphone", max_length=20, required=False, widget=forms.TextInput(attrs={"autocomplete": "tel"})
    )

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._visit = visit
        nir = self.fields["nir"]
        nir.help_text = (
            "15 chiffres, sur votre carte Vitale. Votre employeur ne le voit pas ici. Laissez vide si vous n’en avez pas "
            "encore."
        )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not {"birth_date", "given_names", "family_name"} <= said.keys():
            return said
        employee = NewEmployee(
            family_name=said["family_name"], given_names=said["given_names"], birth_date=said["birth_date"],
            birth_name=said["birth_name"], sex=said.get("sex", ""), nir=said.get("nir", ""),
        )  # fmt: skip
        link = self._visit.link
        known = Known(today=timezone.localdate(), fingerprint=fingerprint)
        for problem in problems_of(employee, facts_of(self._visit.contract), known, start_date=link.start_date):
            if problem.field in OURS:
                self.add_error(problem.field, problem.message)
        return said


class DependantForm(_PersonForm):
    """One more person to cover, in a case that the contract accepts."""

    case = forms.ChoiceField(label="Qui est-ce", error_messages={"invalid_choice": "Choisissez dans la liste."})

    field_order = ("case", "family_name", "birth_name", "given_names", "sex", "birth_date", "nir")

    def __init__(
        self, *args: Any, rules: Sequence[DependantRule], holder_born: datetime.date, on: datetime.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._rules = {rule.case: rule for rule in rules}
        self._holder_born, self._on = holder_born, on
        field = self.fields["case"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(rule.case, rule.label) for rule in rules]
        self.fields[
            "nir"
        ].help_text = "Le sien, ou celui du parent auquel l’enfant est rattaché. À défaut, laissez vide."

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        rule = self._rules.get(said.get("case", ""))
        if rule is None or "birth_date" not in said:
            return said
        try:
            check_birth(rule, said["birth_date"], holder_born=self._holder_born, today=timezone.localdate())
        except Unfit as unfit:
            self.add_error(unfit.field, str(unfit))
        is_own = said.get("nir") and role_of(rule.case) != "child"  # a child may bear a parent's
        if is_own and nir_contradicts(said["nir"], sex=said.get("sex", ""), birth_date=said["birth_date"]):
            self.add_error("nir", CONTRADICTS)
        return said

    def answers(self) -> dict[str, str]:
        said = super().answers()
        return {**said, "role": str(role_of(said["case"]))}


class BankForm(_Answers):
    """The level of cover, when there are several, and the account of refunds."""

    contract = forms.ChoiceField(
        label="Niveau de garanties", widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )  # fmt: skip
    iban = IbanField(
        label="IBAN de vos remboursements",
        required=False,
        help_text="Le vôtre, sur votre RIB. Votre employeur ne le voit pas. Vous pourrez aussi le donner plus tard.",
    )

    def __init__(self, *args: Any, contracts: Sequence[GroupContract], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["contract"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(contract.pk), contract.plan.name) for contract in contracts]
        if len(contracts) == 1:
            del self.fields["contract"]


class CaseForm(forms.Form):
    """Which case of waiver."""

    case = forms.ChoiceField(
        label="Votre situation", widget=forms.RadioSelect, error_messages={"required": "Choisissez un cas."}
    )

    def __init__(self, *args: Any, rules: Iterable[Rule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["case"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(rule.case.value, rule.wording) for rule in rules]


class PleaForm(_Answers):
    """The request to stay out, in one case."""

    birth_date = HandwrittenDateField(label="Votre date de naissance")
    hired_on = HandwrittenDateField(label="Votre date d’embauche")
    ends_on = HandwrittenDateField(label="Fin")
    words = forms.CharField(
        label="Votre demande",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="En quelques mots, sans détail de santé\u00a0: votre employeur la lit et la garde.",
    )
    informed = forms.BooleanField(
        label="Mon employeur m’a informé de ce que je perds en n’adhérant pas\u00a0: remboursements, part payée par lui, "
        "maintien après mon départ"
    )
    proofs = ProofField(label="Justificatif")

    def __init__(self, *args: Any, rule: Rule, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rule, self._visit = rule, visit
        if rule.case != WaiverCase.BEFORE:
            del self.fields["hired_on"]
        if rule.end:
            self.fields["ends_on"].label = rule.end
        else:
            del self.fields["ends_on"]
        if rule.proof:
            self.fields["proofs"].label = rule.proof
        else:
            del self.fields["proofs"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if any(looks_medical(file.name) for file in said.get("proofs", [])):
            self.add_error("proofs", forms.ValidationError(MEDICAL, code="medical"))
        return said

    def plea(self) -> Plea:
        said, link, invited = self.cleaned_data, self._visit.link, self._visit.invited
        employee = Employee(
            family_name=invited.family_name, given_names=invited.given_names, number=invited.employee_number,
            birth_date=said["birth_date"], hired_on=said.get("hired_on"),
        )  # fmt: skip
        return Plea(
            employee=employee, case=self._rule.case, first_day=link.start_date, words=said["words"],
            written_on=timezone.localdate(), informed=said["informed"], ends_on=said.get("ends_on"),
        )  # fmt: skip

    def refuse(self, refused: PleaRefused) -> None:
        """Tie each problem of the rules to its field."""
        for name, problem in refused.problems.items():
            self.add_error(name if name in self.fields else None, problem)


def initial_of(answers: dict[str, str]) -> dict[str, str]:
    """What a step holds, as the initial answers of its form."""
    born = answers.get("birth_date")
    return {**answers, "birth_date": datetime.date.fromisoformat(born).strftime(WRITTEN) if born else ""}
