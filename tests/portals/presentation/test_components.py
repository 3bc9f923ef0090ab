"""Components say the same thing to eyes and to screen readers, without script and without inline style."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template import engines

from portals.presentation import icons, spaces

TOKENS = Path(__file__).parents[3] / "static/css/tokens.css"


def render(template: str, **context: Any) -> str:
    return engines["django"].from_string("{% load presentation %}" + template).render(context)


class SampleForm(forms.Form):
    login = forms.CharField(label="Identifiant", help_text="10 chiffres")
    password = forms.CharField(label="Mot de passe", widget=forms.PasswordInput)
    phone = forms.CharField(label="Téléphone", required=False)
    capacity = forms.ChoiceField(
        label="Vous signez", widget=forms.RadioSelect, choices=[("a", "Pour moi"), ("b", "Pour lui")]
    )
    accepted = forms.BooleanField(label="j’accepte les présentes CGU")
    token = forms.CharField(widget=forms.HiddenInput)


def test_a_field_is_tied_to_its_label_hint_and_error() -> None:
    markup = render("{% field form.login %}", form=SampleForm({}))
    assert '<label for="id_login">Identifiant</label>' in markup
    assert 'aria-describedby="id_login_helptext id_login_error"' in markup
    assert 'id="id_login_helptext"' in markup
    assert 'id="id_login_error"' in markup
    assert 'aria-invalid="true"' in markup
    assert 'class="form-control is-invalid"' in markup


def test_an_answer_that_may_be_left_out_says_so() -> None:
    assert "(facultatif)" in render("{% field form.phone %}", form=SampleForm())
    assert "(facultatif)" not in render("{% field form.login %}", form=SampleForm())
    assert "(facultatif)" not in render("{% field form.phone optional=False %}", form=SampleForm())


def test_a_group_of_choices_has_a_legend_and_one_checkbox_has_its_words_beside_it() -> None:
    assert "<legend>Vous signez</legend>" in render("{% field form.capacity %}", form=SampleForm())
    assert re.search(
        r'<label class="check" for="id_accepted"><input type="checkbox"',
        render("{% field form.accepted %}", form=SampleForm()),
    )


def test_the_summary_counts_what_remains_and_leads_to_each_field() -> None:
    markup = render("{% form_fields form %}", form=SampleForm({"login": "1", "password": "x"}))
    assert "Il reste 2 réponses à corriger" in markup
    assert '<a href="#id_capacity_0">Vous signez</a>' in markup
    assert '<a href="#id_accepted">' in markup


def test_one_answer_to_correct_is_singular() -> None:
    answers = {"login": "1", "password": "x", "capacity": "a", "token": "t"}
    assert "Il reste 1 réponse à corriger" in render("{% error_summary form %}", form=SampleForm(answers))


def test_an_error_of_the_whole_form_is_said_and_a_fresh_form_says_nothing() -> None:
    form = SampleForm({"login": "1", "password": "x", "capacity": "a", "accepted": "on", "token": "t"})
    form.add_error(None, "Identifiant ou mot de passe incorrect")
    markup = render("{% error_summary form %}", form=form)
    assert "Identifiant ou mot de passe incorrect" in markup
    assert "à corriger" not in markup
    assert render("{% error_summary form %}", form=SampleForm()).strip() == ""


def test_a_password_is_never_written_back() -> None:
    assert "s3cret" not in render("{% form_fields form %}", form=SampleForm({"password": "s3cret"}))


def test_what_people_typed_is_escaped() -> None:
    assert "<script>" not in render("{% form_fields form %}", form=SampleForm({"login": "<script>"}))
    assert "<b>" not in render("{% empty_state words %}", words="<b>")


def test_the_share_bar_reads_as_a_sentence() -> None:
    markup = render("{% share_bar scheme=a mutual=b own=c %}", a=Decimal(40), b=Decimal(36), c=Decimal(9))
    assert (
        'aria-label="Dépense 85,00\u202f€\u00a0: régime obligatoire 40,00\u202f€, mutuelle 36,00\u202f€,'
        ' reste à charge 9,00\u202f€"' in markup
    )
    assert markup.count("<rect") == 6
    assert "style=" not in markup


def test_an_expense_of_nothing_shows_an_empty_track() -> None:
    markup = render("{% thin_bar scheme=z mutual=z own=z %}", z=Decimal(0))
    assert markup.count("<rect") == 1
    assert "f-line" in markup


def test_drawings_for_paper_carry_their_colours_and_their_hatching() -> None:
    markup = render('{% print_share_bar scheme=a mutual=a own=a space="employeur" %}', a=Decimal(1))
    assert 'fill="#37428f"' in markup
    assert 'fill="url(#h-bar)"' in markup
    assert 'id="h-bar"' in markup
    assert "f-ro" not in markup


def test_the_sprite_holds_what_the_page_uses_and_nothing_else() -> None:
    markup = render('{% sprite %}<p>{% icon "check" %}Fait</p>{% endsprite %}')
    assert markup.startswith('<svg class="sprite"')
    assert re.findall(r'<symbol id="i-([a-z]+)"', markup) == ["check"]
    assert "<pattern" not in markup
    assert render("{% sprite %}<p>Rien</p>{% endsprite %}") == "<p>Rien</p>"


def test_an_unknown_icon_is_our_mistake_and_is_not_hidden() -> None:
    with pytest.raises(KeyError):
        icons.icon("nothing")


def test_pages_of_a_list_link_only_where_there_is_something() -> None:
    assert render("{% pagination %}").strip() == ""
    markup = render('{% pagination older="?avant=12" %}')
    assert "Page plus ancienne" in markup
    assert "Page plus récente" not in markup


def test_a_path_says_where_one_is_in_words() -> None:
    markup = render('{% stepper "Vos références" "Conditions" "Mot de passe" current=2 %}')
    assert "Étape 2 sur 3" in markup
    assert markup.count('aria-current="step"') == 1
    assert markup.count("Fait") == 1


@pytest.mark.parametrize("space", ["adherent", "employeur", "professionnel", "gestion"])
def test_colours_repeated_for_mail_and_paper_are_those_of_the_tokens(space: str) -> None:
    light = TOKENS.read_text().split("prefers-color-scheme: dark")[0]
    block = light.split(":root {" if space == "adherent" else f'[data-space="{space}"] {{')[1].split("}")[0]
    tab = spaces.bookmark_of(space)
    assert f"--accent: {tab.accent};" in block
    assert f"--accent-mid: {tab.accent_mid};" in block
