"""The forms of the medical adviser."""

from typing import Any

from django import forms

from portals.accounts.models import Account
from privacy.vault.models import MedicalCase, Outcome
from privacy.vault.rules import outcomes_for


class DecisionForm(forms.Form):
    """The answer, and why: the reasons are sealed with the case."""

    outcome = forms.ChoiceField(
        label="Votre réponse", widget=forms.RadioSelect, error_messages={"required": "Choisissez une réponse."}
    )
    opinion = forms.CharField(
        label="Vos raisons",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Scellées avec le dossier\u00a0: ni la personne ni les gestionnaires ne les lisent ici.",
        error_messages={"required": "Écrivez vos raisons\u00a0: elles vous serviront si la réponse est contestée."},
    )

    def __init__(self, *args: Any, case: MedicalCase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above; for the type checker
        field.choices = [(outcome.value, Outcome(outcome.value).label) for outcome in outcomes_for(case.cover)]


class AssistantForm(forms.Form):
    """Naming an assistant among the accounts of their group."""

    account = forms.ChoiceField(
        label="Qui nommer",
        error_messages={"required": "Choisissez une personne.", "invalid_choice": "Choisissez une personne."},
    )

    def __init__(self, *args: Any, accounts: list[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["account"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above; for the type checker
        field.choices = [("", "Choisissez"), *((str(one.pk), one.display_name) for one in accounts)]
