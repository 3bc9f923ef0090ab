"""The forms of messages and complaints. Nothing medical comes this way: it goes by post to the medical adviser."""

from typing import Any

from django import forms

from portals.accounts.models import Account
from portals.correspondence.medical import TOPIC as MEDICAL_TOPIC
from portals.correspondence.models import Outcome
from portals.correspondence.rules import names_medical_document
from portals.correspondence.topics import COMPLAINTS, MESSAGES
from portals.documents.fields import ProofField
from portals.names import unaccented

TEXT_MAX = 6000
MISSING = "Cette réponse manque."
NO_WORDS = "Écrivez quelques mots\u00a0: ils nous diront quoi regarder."
MEDICAL = (
    "Ce document va au médecin-conseil, par la poste et sous pli confidentiel\u00a0: l’adresse est au bas de cette page. "
    "Joignez ici le reste de vos pièces."
)


BY_POST = "Écrivez au médecin-conseil par la poste et sous pli confidentiel\u00a0: l’adresse est au bas de cette page."


class LetterField(forms.CharField):
    """A text of several paragraphs."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": 8}))
        super().__init__(max_length=TEXT_MAX, **options)
        self.error_messages["required"] = NO_WORDS


class EnclosureField(ProofField):
    """Documents that come with a text; a medical one is sent back to the post, as its name says."""

    def __init__(self) -> None:
        super().__init__(label="Pièces jointes", required=False)

    def clean(self, value: Any) -> Any:
        if any(names_medical_document(unaccented(file.name or "")) for file in value or []):
            raise forms.ValidationError(MEDICAL, code="medical")
        return super().clean(value)


class MessageForm(forms.Form):
    """A first message: what it is about, the text, what comes with it."""

    topic = forms.ChoiceField(label="Sujet", error_messages={"required": MISSING})
    text = LetterField(label="Votre message", help_text="N’écrivez ni mot de passe, ni détail de santé.")
    enclosures = EnclosureField()

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topic = self.fields["topic"]
        if isinstance(topic, forms.ChoiceField):
            topic.choices = [("", "Choisissez"), *MESSAGES.get(account.space, {}).items()]

    def clean_topic(self) -> str:
        topic: str = self.cleaned_data["topic"]
        if topic == MEDICAL_TOPIC:  # its sealed way is closed: it would have been taken otherwise
            raise forms.ValidationError(BY_POST, code="medical")
        return topic


class ComplaintForm(forms.Form):
    """A complaint. Whoever says that it speaks of health is shown the way of the post."""

    topic = forms.ChoiceField(
        label="Votre réclamation porte sur",
        choices=[("", "Choisissez"), *COMPLAINTS.items()],
        error_messages={"required": MISSING},
    )
    text = LetterField(
        label="Ce qui s’est passé, et ce que vous demandez",
        help_text="Les dates, les montants et les numéros aident à vous répondre vite.",
    )
    medical = forms.ChoiceField(
        label="Faut-il nous parler d’une maladie, d’un traitement ou d’un questionnaire médical\u202f?",
        choices=[("no", "Non"), ("yes", "Oui")],
        widget=forms.RadioSelect,
        error_messages={"required": MISSING},
    )
    enclosures = EnclosureField()

    def __init__(self, _account: Account, *args: Any, **kwargs: Any) -> None:
        """The categories are the same for every space."""
        super().__init__(*args, **kwargs)

    def clean_medical(self) -> str:
        if self.cleaned_data["medical"] == "yes":
            raise forms.ValidationError(
                "Écrivez alors au médecin-conseil, par la poste et sous pli confidentiel\u00a0: l’adresse est au bas de cette "
                "page. Pour le reste de votre réclamation, retirez ce qui est médical et choisissez «\u00a0Non\u00a0».",
                code="medical",
            )
        return "no"


class ReplyForm(forms.Form):
    """What is added to a thread."""

    text = LetterField(label="Votre texte", widget=forms.Textarea(attrs={"rows": 5}))
    enclosures = EnclosureField()


class EscalationForm(forms.Form):
    """Why the answer does not do."""

    text = LetterField(
        label="Ce qui ne vous convient pas dans la réponse",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Une autre personne reprend votre dossier depuis le début.",
    )


class AnswerForm(forms.Form):
    """What staff do with a thread."""

    act = forms.ChoiceField(
        label="Ce que vous faites",
        choices=[
            ("answer", "Répondre"),
            ("acknowledge", "Accuser réception (réclamation)"),
            ("note", "Écrire une note interne"),
            ("close", "Clore"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une action."},
    )
    outcome = forms.ChoiceField(
        label="Issue, pour répondre à une réclamation", choices=[("", "Choisissez"), *Outcome.choices], required=False
    )
    text = forms.CharField(
        label="Texte",
        max_length=TEXT_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="La personne le lit tel quel, sauf une note. Le recours au médiateur est ajouté à la réponse.",
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("act") in {"answer", "acknowledge", "note"} and not answers.get("text", "").strip():
            self.add_error("text", "Écrivez le texte.")
        return answers
