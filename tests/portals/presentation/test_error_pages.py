"""Pages of what went wrong say why, what to do next, and never more than they should."""

import re

import pytest
from django.template.loader import render_to_string

STANDS_ALONE = ["400.html", "500.html", "503.html"]


@pytest.mark.parametrize("name", STANDS_ALONE)
def test_a_page_for_the_worst_moment_needs_nothing_but_itself(name: str) -> None:
    page = render_to_string(name)
    assert page.count("<h1>") == 1
    assert '<html lang="fr"' in page
    assert 'href="/static/css/tokens.css"' in page
    assert "<script" not in page


@pytest.mark.parametrize("name", STANDS_ALONE)
def test_it_gives_the_reference_that_support_can_find(name: str) -> None:
    assert "7F3A21C9XY" in render_to_string(name, {"reference": "7F3A21C9XY"})


def test_maintenance_says_until_when_and_offers_no_button_to_try_in_vain() -> None:
    page = render_to_string("503.html", {"until": "6\u00a0h\u00a030"})
    assert "6\u00a0h\u00a030" in page
    assert "btn" not in page


def test_an_error_page_never_shows_a_trace() -> None:
    page = render_to_string("500.html", {"reference": "A", "exception": "Traceback", "error": "Traceback"})
    assert "Traceback" not in page
    assert re.search(r"<title>Erreur de notre côté</title>", page)
