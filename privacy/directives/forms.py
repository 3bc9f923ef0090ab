"""The form of directives: what becomes of each kind of data, who receives, who sees to it, and the specific accord."""

from typing import Any

from django import forms

from privacy.directives.contents import Contact, Content, General
from privacy.directives.rules import KINDS, TEXTS, Capacity, Fate

NAME_MAX = 120
UNDECIDED = ("", "Ne rien décider")
PART = "fate_"
EXECUTOR = (
    "Nous lui écrivons après votre décès, sans rien dire du contenu. Sans personne désignée, vos héritiers peuvent demander "
    "l’application de vos directives."
)


def _contact(prefix: str, who: str) -> dict[str, forms.Field]:
    """Name, e-mail and address of somebody who is named."""
    return {
        f"{prefix}_name": forms.CharField(label=f"Prénom et nom {who}", max_length=NAME_MAX, required=False),
        f"{prefix}_email": forms.EmailField(
            label=f"Adresse e-mail {who}", max_length=254, required=False,
            error_messages={"invalid": "Cette adresse n’est pas complète. Exemple\u00a0: prenom.nom@exemple.fr."},
        ),
        f"{prefix}_address": forms.CharField(
            label=f"Adresse postale {who}", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
        ),
    }  # fmt: skip


class DirectivesForm(forms.Form):
    """Everything is optional but the accord; something has to be decided."""

    general_holder = forms.CharField(
        label="Tiers de confiance qui garde vos directives générales", max_length=NAME_MAX, required=False,
        help_text="Un tiers certifié par la CNIL. Nous ne gardons que son nom et votre numéro d’enregistrement.",
    )  # fmt: skip
    general_reference = forms.CharField(label="Numéro d’enregistrement", max_length=NAME_MAX, required=False)

    def __init__(self, capacity: Capacity, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fates = {
            f"{PART}{code}": forms.ChoiceField(
                label=label, required=False, choices=[UNDECIDED, *Fate.choices], widget=forms.RadioSelect,
            )
            for code, label in KINDS.items()
        }  # fmt: skip
        accord = forms.BooleanField(
            label=TEXTS[capacity],
            error_messages={"required": "Sans cet accord, nous ne pouvons rien enregistrer."},
        )
        self.fields = {
            **fates,
            **_contact("recipient", "de qui reçoit les données"),
            **_contact("executor", "de qui veille à vos directives"),
            **self.fields,
            "accord": accord,
        }
        self.fields["executor_name"].help_text = EXECUTOR

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        gives = any(said.get(f"{PART}{code}") == Fate.COMMUNICATE for code in KINDS)
        if gives and not said.get("recipient_name"):
            self.add_error("recipient_name", "Dites à qui remettre ces données.")
        for who in ("recipient", "executor"):
            named, reached = said.get(f"{who}_name"), said.get(f"{who}_email") or said.get(f"{who}_address")
            if named and not reached and f"{who}_email" not in self.errors:
                self.add_error(f"{who}_email", "Une adresse, e-mail ou postale, est nécessaire pour lui écrire.")
        if not self.errors and not self._says_something(said):
            self.add_error(
                None, "Décidez d’au moins une chose\u00a0: une donnée, une personne, ou un tiers de confiance."
            )
        return said

    @staticmethod
    def _says_something(said: dict[str, Any]) -> bool:
        return bool(
            said.get("executor_name") or said.get("general_holder") or any(said.get(f"{PART}{code}") for code in KINDS)
        )

    def content(self) -> Content:
        said = self.cleaned_data
        fates = {code: said[f"{PART}{code}"] for code in KINDS if said.get(f"{PART}{code}")}
        return Content(
            fates=fates,
            recipient=self._named("recipient") if Fate.COMMUNICATE in fates.values() else Contact(),
            executor=self._named("executor"),
            general=General(said["general_holder"].strip(), said["general_reference"].strip()),
        )

    def _named(self, who: str) -> Contact:
        said = self.cleaned_data
        name = said[f"{who}_name"].strip()
        return Contact(name, said[f"{who}_email"], said[f"{who}_address"]) if name else Contact()


def answers_of(content: Content | None) -> dict[str, str]:
    """What the form is filled with, to be changed."""
    if content is None:
        return {}
    answers = {f"{PART}{code}": fate for code, fate in content.fates.items()}
    for who, contact in (("recipient", content.recipient), ("executor", content.executor)):
        answers |= {f"{who}_name": contact.name, f"{who}_email": contact.email, f"{who}_address": contact.address}
    return {
        **answers, "general_holder": content.general.holder, "general_reference": content.general.reference
    }  # fmt: skip
