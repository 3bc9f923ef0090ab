"""What is typed to find an article, and to write one."""

from typing import Any

from django import forms

from portals.editorial.information.actions import Place, Words
from portals.editorial.information.markup import MarkupRefused, check
from portals.editorial.information.models import Article, Audience
from portals.editorial.information.typesetting import typeset

SIGNS = (
    "«\u00a0##\u00a0» pour un intertitre, «\u00a0-\u00a0» pour une liste, **gras**, [mots du lien](/aide/). "
    "Une ligne vide entre deux paragraphes. Les espaces et apostrophes sont mis en forme à l’enregistrement."
)


class SearchForm(forms.Form):
    """Words to look for; too many of them are cut, not refused."""

    q = forms.CharField(
        label="Chercher une information",
        required=False,
        strip=True,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "maxlength": 100}),
    )


class ArticleForm(forms.ModelForm):
    """An article as staff write it. `seen`: the version that they began from."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    audiences = forms.MultipleChoiceField(
        label="Où le lire", choices=Audience.choices, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label="Ce qui change",
        required=False,
        max_length=200,
        help_text="Pour vos collègues, à côté de la version. Rien pour une première version.",
    )

    class Meta:
        model = Article
        fields = ["title", "topic", "audiences", "keywords", "summary", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 24}), "summary": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"text": SIGNS, "keywords": "Les mots des gens\u00a0: «\u00a0IBAN, banque\u00a0» pour le RIB."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = self.instance.number

    def clean_title(self) -> str:
        return typeset(self.cleaned_data["title"])

    def clean_summary(self) -> str:
        return typeset(self.cleaned_data["summary"])

    def clean_text(self) -> str:
        text = typeset(self.cleaned_data["text"].replace("\r\n", "\n"))
        try:
            check(text)
        except MarkupRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return text

    def clean(self) -> dict[str, Any]:
        """The row stays locked until it is saved: two people never write over each other."""
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.pk:
            now = Article.objects.select_for_update().only("number").get(pk=self.instance.pk).number
            if now != answers.get("seen"):
                self.add_error(
                    None,
                    f"Une version {now} a été enregistrée entre-temps\u00a0: copiez votre texte, rouvrez l’article, "
                    "puis reportez-y vos changements.",
                )
        return answers

    def words(self) -> Words:
        answers = self.cleaned_data
        return Words(answers["title"], answers["keywords"], answers["summary"], answers["text"])

    def place(self) -> Place:
        return Place(self.cleaned_data["topic"], self.cleaned_data["audiences"])
