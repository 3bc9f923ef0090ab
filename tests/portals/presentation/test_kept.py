"""What pages have in common is rendered once: from its own value, never from what else the page holds."""

from collections.abc import Iterator

import pytest
from django.template import Context, Template
from django.test import override_settings
from django.urls import NoReverseMatch

from portals.access.rubrics import Navigation, Rubric

HOME = Rubric("Accueil", "/adherent/", "home", current=True)
CARD = Rubric("Carte", "/adherent/carte/", "card", current=False)


class Read(tuple[str, ...]):
    """A value that counts how often a template goes through it."""

    times = 0

    def __iter__(self) -> Iterator[str]:
        Read.times += 1
        return super().__iter__()


def test_equal_values_are_rendered_once_and_others_on_their_own() -> None:
    template = Template(
        "{% load presentation %}{% kept value %}{% for one in value %}[{{ one }}]{% endfor %}{% endkept %}"
    )
    drawn = [template.render(Context({"value": Read(value)})) for value in ("a", "a", "b")]
    assert drawn == ["[a]", "[a]", "[b]"]
    assert Read.times == 2


def test_nothing_else_of_the_page_reaches_what_is_kept() -> None:
    template = Template(
        "{% load presentation %}{% kept value %}{% if name %}{{ name }}{% endif %}{{ value }}{% endkept %}"
    )
    assert template.render(Context({"value": 1, "name": "Alice"})) == "1"


def test_other_addresses_make_other_fragments() -> None:
    template = Template('{% load presentation %}{% kept value %}{% url "empty" %}{% endkept %}')
    with override_settings(ROOT_URLCONF="tests.bench.urls"):
        assert template.render(Context({"value": 1})) == "/vide/"
    with pytest.raises(NoReverseMatch):
        template.render(Context({"value": 1}))


def test_a_tag_without_its_value_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="unpack"):
        Template("{% load presentation %}{% kept %}{% endkept %}")


def test_the_rubrics_of_a_page_are_a_value() -> None:
    assert Navigation([HOME, CARD]) == Navigation([HOME, CARD])
    assert hash(Navigation([HOME])) == hash(Navigation([HOME]))
    assert Navigation([HOME]).menu.groups == ()
    assert len(Navigation([HOME] * 6).menu.groups[0].entries) == 2
