"""Every line of docs/security-controls.md names code, settings and tests that exist (PDP-7.1)."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from portals.gestion.roles import Role
from privacy.register.controls.security import THEMES, SecurityControl, as_document, security_controls
from tests import builders
from tests.pages import words_of

pytestmark = pytest.mark.commitment("PDP-7.1")

ROOT: Path = settings.ROOT
SETTINGS = {
    name
    for file in ("base", "production")
    for name in re.findall(r"^([A-Z_]+)\b", (ROOT / f"config/settings/{file}.py").read_text("utf-8"), re.MULTILINE)
}


@pytest.mark.parametrize("one", security_controls(), ids=lambda one: one.number)
def test_what_a_line_names_exists(one: SecurityControl) -> None:
    assert one.theme in THEMES
    assert one.title and one.titre and one.tests
    assert [path for path in one.code if not (ROOT / path).exists()] == []
    assert set(one.settings) <= SETTINGS
    for test in one.tests:
        path, _, name = test.partition("::")
        assert re.search(rf"^def {name}\(", (ROOT / path).read_text("utf-8"), re.MULTILINE), test


def test_numbers_are_in_order_and_told_once() -> None:
    numbers = [tuple(int(part) for part in one.number.split(".")) for one in security_controls()]
    assert numbers == sorted(set(numbers))


def test_the_document_is_made_from_it() -> None:
    assert (ROOT / "docs" / "security-controls.md").read_text("utf-8") == as_document()


@pytest.mark.django_db
def test_staff_read_it_beside_the_controls_of_the_register(client: Client) -> None:
    builders.enter_gestion(client, builders.colleague(Role.RISK))
    listed = client.get(reverse("admin:privacy_control_changelist")).content.decode()
    assert reverse("admin:privacy_control_security") in listed
    page = words_of(client.get(reverse("admin:privacy_control_security")).content.decode())
    assert all(one.titre in page for one in security_controls())
