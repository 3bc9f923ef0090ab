"""The form of a simulation: for whom, when, then the lines of the quote."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone

from members.households.rules import HouseholdPerson
from members.quotes.fields import EurosField
from members.quotes.quotations import Quotation, Slot
from members.quotes.rules import FARTHEST_DAYS, Act, QuoteLine
from portals.accounts.fields import HandwrittenDateField

MISSING = "Cette réponse manque."
BASE_HELP = "Écrite sur le devis (BR ou BRSS). Laissez vide si vous ne la trouvez pas."
MOST_COUNTED = 120
YES_NO = [("yes", "Oui"), ("no", "Non")]


class QuoteForm(forms.Form):
    """One kind of quotation. `acts` are those that its lines may name, by code."""

    person = forms.ChoiceField(label="Pour qui", error_messages={"required": MISSING})
    care_date = HandwrittenDateField(label="Date des soins prévue", error_messages={"required": MISSING})
    coordinated = forms.ChoiceField(
        label="Passez-vous par votre médecin traitant\u202f?", choices=YES_NO, initial="yes", widget=forms.RadioSelect
    )
    optam = forms.ChoiceField(
        label="Le médecin a-t-il signé l’OPTAM (dépassements maîtrisés)\u202f?",
        choices=[("", "Je ne sais pas"), *YES_NO],
        required=False,
        widget=forms.RadioSelect,
    )
    sight = forms.ChoiceField(
        label="La vue a-t-elle changé depuis les dernières lunettes\u202f?",
        choices=YES_NO,
        initial="no",
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        *args: Any,
        quotation: Quotation,
        acts: Mapping[str, Act],
        persons: Sequence[HouseholdPerson],
        today: datetime.date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.quotation, self.acts, self.today = quotation, acts, today
        people = self.fields["person"]
        if isinstance(people, forms.ChoiceField):
            people.choices = [(str(person.id), person.full_name) for person in persons]
        self.initial.setdefault("person", str(persons[0].id))
        self.initial.setdefault("care_date", today.strftime("%d/%m/%Y"))
        families = {act.family for act in acts.values()}
        if "MED" not in families:
            del self.fields["coordinated"]
        if not families & {"MED", "HOSP"}:
            del self.fields["optam"]
        if not quotation.asks_sight:
            del self.fields["sight"]
        for slot in quotation.slots:
            self._add_slot(slot)

    def _add_slot(self, slot: Slot) -> None:
        """The fields of one line: which act, how many, the price, the base."""
        alone = len(self._codes(slot)) == 1
        required = len(self.quotation.slots) == 1
        if not alone:
            choices = [("", "Rien sur cette ligne"), *((code, self.acts[code].label) for code in self._codes(slot))]
            self.fields[f"{slot.name}_act"] = forms.ChoiceField(label="Acte", choices=choices, required=False)
        if slot.counts:
            self.fields[f"{slot.name}_count"] = forms.IntegerField(
                label=slot.counts, required=False, min_value=1, max_value=MOST_COUNTED,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
                error_messages={"invalid": "Écrivez un nombre entier."},
            )  # fmt: skip
        if slot.priced:
            price = EurosField(label="Prix (€)", required=required, error_messages={"required": MISSING})
            self.fields[f"{slot.name}_price"] = price
        if slot.asks_base:
            self.fields[f"{slot.name}_base"] = EurosField(
                label="Base de remboursement (€)", required=False, help_text=BASE_HELP
            )

    def _codes(self, slot: Slot) -> list[str]:
        return [code for code in slot.acts or self.acts if code in self.acts]

    @property
    def about(self) -> list[BoundField]:
        """The questions that come before the lines."""
        return [self[name] for name in ("person", "care_date", "coordinated", "optam", "sight") if name in self.fields]

    @property
    def groups(self) -> list[tuple[Slot, list[BoundField]]]:
        """The lines, each with its fields."""
        suffixes = ("act", "count", "price", "base")
        return [
            (slot, [self[f"{slot.name}_{end}"] for end in suffixes if f"{slot.name}_{end}" in self.fields])
            for slot in self.quotation.slots
        ]

    def clean_care_date(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["care_date"]
        if day < self.today:
            raise forms.ValidationError("Choisissez aujourd’hui ou une date à venir.")
        if day > self.today + datetime.timedelta(days=FARTHEST_DAYS):
            raise forms.ValidationError("Choisissez une date dans l’année qui vient.")
        return day

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        for slot in self.quotation.slots:
            self._check_slot(slot, answers)
        if not self.errors and not list(self._lines(answers)):
            raise forms.ValidationError("Remplissez au moins une ligne.")
        return answers

    def _check_slot(self, slot: Slot, answers: dict[str, Any]) -> None:
        """An act without its price, or a price without its act, is a line half written."""
        if not slot.priced:
            return
        price, base = answers.get(f"{slot.name}_price"), answers.get(f"{slot.name}_base")
        act = answers.get(f"{slot.name}_act")
        if f"{slot.name}_act" in self.fields and price and not act:
            self.add_error(f"{slot.name}_act", "Choisissez l’acte de cette ligne.")
        if f"{slot.name}_price" not in self.errors and (act or base) and not price:
            self.add_error(f"{slot.name}_price", "Écrivez le prix de cette ligne.")

    def lines(self) -> list[QuoteLine]:
        """The lines that were filled in, in the order of the form."""
        return list(self._lines(self.cleaned_data))

    def _lines(self, answers: Mapping[str, Any]) -> Iterator[QuoteLine]:
        for slot in self.quotation.slots:
            codes = self._codes(slot)
            code = codes[0] if len(codes) == 1 else answers.get(f"{slot.name}_act")
            price, count = answers.get(f"{slot.name}_price"), answers.get(f"{slot.name}_count")
            if not code or not (price or (count and not slot.priced)):
                continue
            act = self.acts[code]
            label = act.label if len(self.quotation.slots) == 1 else slot.label
            yield QuoteLine(label, act, price or Decimal(0), Decimal(count or 1), base=answers.get(f"{slot.name}_base"))


class WindowForm(forms.Form):
    """Between which days to look for the payment."""

    start = HandwrittenDateField(label="Soins du")
    end = HandwrittenDateField(label="au")

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = answers.get("start"), answers.get("end")
        if start and end and end < start:
            self.add_error("end", "La fin vient avant le début.")
        if start and start > timezone.localdate():
            self.add_error("start", "Ce jour n’est pas encore venu.")
        return answers
