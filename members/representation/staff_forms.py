"""Forms of staff who open a representative's account, add persons to it, or name the person of a request.

A person is found by an exact member number and birth date, shown by name, and chosen: nobody is taken unseen.
"""

from typing import Any

from django import forms

from members.households.models import Person
from members.households.signup import persons_born
from members.representation.forms import refuse_impossible_dates
from members.representation.models import Quality, Scope
from portals.accounts import identifiers
from portals.accounts.fields import HandwrittenDateField, NumberAsTextField
from portals.accounts.models import Account, AccountState, Space

NOBODY = "Personne n’a ce numéro d’adhérent et cette date de naissance."


class OpenAccountForm(forms.Form):
    """Who will represent: a natural person, and the address where their identifiers go."""

    display_name = forms.CharField(label="Prénom et nom du représentant", max_length=120)
    email = forms.EmailField(
        label="Adresse e-mail du représentant", help_text="Ses identifiants y partent, par deux messages séparés."
    )


class PersonForm(forms.Form):
    """A person, searched then chosen. `chosen` is set once a name was ticked among those found."""

    member_number = NumberAsTextField(label="N° adhérent de la personne représentée", max_length=24)
    birth_date = HandwrittenDateField(label="Sa date de naissance", help_text="Jour, mois, année\u00a0: 07/03/1985.")

    chosen: Person | None = None
    found: tuple[Person, ...] = ()

    @property
    def searched_only(self) -> bool:
        """Whether somebody was found, and nobody chosen yet."""
        return "person" in self.fields and self.chosen is None

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if {"member_number", "birth_date"} <= answers.keys():
            found = persons_born(answers["member_number"], answers["birth_date"])
            if not found:
                self.add_error("member_number", NOBODY)
            else:
                self._offer(found)
        return answers

    def _offer(self, found: list[Person]) -> None:
        """Show the names, and read which one was ticked."""
        self.found = tuple(found)
        self.fields["person"] = forms.ChoiceField(
            label="C’est bien",
            choices=[(person.pk, f"{person.given_names} {person.family_name}") for person in found],
            widget=forms.RadioSelect,
        )
        ticked = self.data.get(self.add_prefix("person"))
        self.chosen = next((person for person in found if str(person.pk) == ticked), None)


class AddPersonForm(PersonForm):
    """Whom an account will represent, on what ground, how far, from when to when, as the judgment says."""

    identifier = NumberAsTextField(label="Identifiant du compte du représentant", max_length=14)
    quality = forms.ChoiceField(label="Qualité", choices=Quality, widget=forms.RadioSelect)
    scope = forms.ChoiceField(label="Étendue", choices=Scope, initial=Scope.ACT, widget=forms.RadioSelect)
    start_date = HandwrittenDateField(label="Depuis le")
    end_date = HandwrittenDateField(
        label="Jusqu’au", required=False, help_text="Le dernier jour, d’après le jugement ou le mandat."
    )
    field_order = ["identifier", "member_number", "birth_date", "quality", "scope", "start_date", "end_date"]

    account: Account | None = None

    def clean_identifier(self) -> str:
        typed = identifiers.as_typed(self.cleaned_data["identifier"])
        accounts = Account.objects.filter(space=Space.MEMBER, is_active=True).exclude(state=AccountState.CLOSED)
        self.account = accounts.filter(identifier=typed).first()
        if self.account is None:
            raise forms.ValidationError("Aucun compte ouvert de l’espace adhérent n’a cet identifiant.")
        return typed

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        refuse_impossible_dates(self, answers)
        return answers
