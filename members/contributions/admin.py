"""Contributions as staff keep them: no feed tells them. The policy is told by its number, the payer by their reference."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from members.contributions.actions import set_instalment, set_term
from members.contributions.models import ContributionTerm, Instalment, PaymentMode
from members.coverage.models import Policy
from members.households.models import Person
from portals.access.entry import account_of
from portals.gestion.concerned import About
from portals.gestion.model_admin import GestionAdmin
from portals.presentation.dates import TypedDateField


class OfPolicyForm(forms.ModelForm):
    """A row of a policy, which is told once, by number, and never changes."""

    policy_number = forms.CharField(label="N° de contrat", max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["policy_number"]

    def clean_policy_number(self) -> str:
        said = str(self.cleaned_data["policy_number"]).strip()
        policy = Policy.objects.filter(policy_number=said).first()
        if policy is None:
            raise forms.ValidationError("Aucun contrat n’a ce numéro.")
        self.instance.policy, self.instance.household_id = policy, policy.household_id
        return said


class TermForm(OfPolicyForm):
    """Terms from a day on. What began before ends on the eve."""

    valid_from = TypedDateField(label="Dû à partir du")
    valid_to = TypedDateField(label="Jusqu’au", required=False)
    payer_ref = forms.CharField(
        label="Référence du payeur", max_length=40, required=False, help_text="La personne dont le compte est prélevé."
    )

    class Meta:
        model = ContributionTerm
        fields = ["valid_from", "valid_to", "amount", "frequency", "mode", "day"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.payer_id:
            self.fields["payer_ref"].initial = self.instance.payer.person_ref

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        said = str(answers.get("payer_ref") or "").strip()
        self.instance.payer = Person.objects.filter(person_ref=said).first() if said else None
        if said and self.instance.payer is None:
            self.add_error("payer_ref", "Aucune personne n’a cette référence.")
        elif self.instance.payer and self.instance.payer.household_id != self.instance.household_id:
            self.add_error("payer_ref", "Cette personne n’est pas du foyer du contrat.")
        if answers.get("mode") == PaymentMode.DIRECT_DEBIT and not said:
            self.add_error("payer_ref", "Dites de quel compte part le prélèvement.")
        first, last = answers.get("valid_from") or self.instance.valid_from, answers.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", "Cette date précède le début.")
        return answers


class InstalmentForm(OfPolicyForm):
    """What became of one instalment."""

    due_on = TypedDateField(label="Due le")
    state_on = TypedDateField(label="Payée ou rejetée le")

    class Meta:
        model = Instalment
        fields = ["due_on", "amount", "state", "state_on"]


class OfPolicyAdmin(GestionAdmin):
    """Rows of a policy. Staff read them in their own scope, and write through the room's actions."""

    about = About(persons=("policy__household__persons",))
    list_select_related = ("policy",)
    search_fields = ("policy__policy_number__exact",)
    search_help_text = "Le n° de contrat"
    asked: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("number" if obj else "policy_number", *self.asked)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("number", *self.fixed) if obj else ("number",)

    @admin.display(description="n° de contrat")
    def number(self, row: Any) -> str:
        return str(row.policy.policy_number)


@admin.register(ContributionTerm)
class ContributionTermAdmin(OfPolicyAdmin):
    """What is due, from when to when."""

    form = TermForm
    list_display = ("number", "valid_from", "valid_to", "amount", "frequency", "mode")
    list_filter = ("mode", "frequency")
    ordering = ("-valid_from", "pk")
    asked = ("valid_from", "valid_to", "amount", "frequency", "mode", "day", "payer_ref")
    fixed = ("valid_from",)

    def get_fields(self, request: HttpRequest, obj: ContributionTerm | None = None) -> tuple[str, ...]:
        """Whoever only reads has no form: the payer is shown in its place."""
        shown = super().get_fields(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return shown
        return (*shown[:-1], "payer_reference")

    def get_readonly_fields(self, request: HttpRequest, obj: ContributionTerm | None = None) -> tuple[str, ...]:
        return (*super().get_readonly_fields(request, obj), "payer_reference")

    @admin.display(description="payeur")
    def payer_reference(self, row: ContributionTerm) -> str:
        return row.payer.person_ref if row.payer else ""

    def save_model(self, request: HttpRequest, obj: ContributionTerm, form: Any, change: bool) -> None:
        saved = set_term(
            by=account_of(request), policy=obj.policy, valid_from=obj.valid_from, valid_to=obj.valid_to,
            amount=obj.amount, frequency=obj.frequency, mode=obj.mode, day=obj.day, payer=obj.payer,
        )  # fmt: skip
        obj.pk = saved.pk


@admin.register(Instalment)
class InstalmentAdmin(OfPolicyAdmin):
    """What became of each instalment; rejected ones are what one looks for."""

    form = InstalmentForm
    list_display = ("number", "due_on", "amount", "state", "state_on")
    list_filter = ("state",)
    ordering = ("-due_on", "pk")
    asked = ("due_on", "amount", "state", "state_on")
    fixed = ("due_on",)

    def save_model(self, request: HttpRequest, obj: Instalment, form: Any, change: bool) -> None:
        saved = set_instalment(
            by=account_of(request), policy=obj.policy, due_on=obj.due_on, amount=obj.amount, state=obj.state,
            state_on=obj.state_on,
        )  # fmt: skip
        obj.pk = saved.pk
