"""The form of a complaint about a payment. That of a message is `portals.correspondence.forms.MessageForm`."""

from typing import Any

from django import forms

from portals.correspondence.forms import EnclosureField, LetterField
from providers.invoices.models import Invoice, Standing

REASONS = {
    "unpaid": "Je n’ai pas reçu le paiement",
    "late": "Le paiement tarde",
    "amount": "Le montant payé n’est pas le bon",
    "rejected": "Le rejet n’est pas justifié",
    "other": "Autre chose",
}
LIKELY = {Standing.REJECTED: "rejected", Standing.RESUBMITTED: "rejected", Standing.PAID: "amount"}
"""What is proposed first, by where the invoice stands."""


class PaymentComplaintForm(forms.Form):
    """What is wrong with the payment of an invoice."""

    reason = forms.ChoiceField(
        label="Ce qui ne va pas",
        choices=list(REASONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez ce qui ne va pas."},
    )
    text = LetterField(
        label="Ce qui s’est passé, et ce que vous demandez",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Les références de la facture partent avec votre texte. N’écrivez ni nom de patient, ni détail de santé.",
    )
    enclosures = EnclosureField()

    def __init__(self, *args: Any, invoice: Invoice, **kwargs: Any) -> None:
        likely = LIKELY.get(Standing(invoice.standing), "late")
        super().__init__(*args, **{"initial": {"reason": likely}, **kwargs})

    @property
    def what_is_wrong(self) -> str:
        """In words, once the form is valid."""
        return REASONS[self.cleaned_data["reason"]]
