"""Every page of the staff's site about somebody says about whom: otherwise its look could not be found (PDP-7.5)."""

import pytest
from django.contrib import admin
from django.test import Client

from portals.gestion.concerned import NOBODY_AT_ALL, About
from portals.gestion.roles import Role
from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast
from tests.permissions.walks import leave
from tests.portals.gestion import things
from tests.portals.gestion.matrix import PAGES

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-7.5")]

ABOUT_NOBODY_HERE = {"portals_fraudreport", "portals_errorreport", "privacy_death", "privacy_awarenessmodule"}
"""Their examples come from nobody that we know: a signed-out visitor, an identifier that is nobody's, a death told of somebody
not yet recognised, a module that nobody has followed."""
OF_STAFF = {"privacy_charteracknowledgement", "privacy_accessreview"}
"""About accounts of the staff, who are nobody insured here."""
NO_ROW = ("_add", "_hire", "_announce", "_place", "_open_account", "_add_person", "_export")


def _named(entry: Entry) -> list[str]:
    """Whose record it was: words `p<person>` and `a<account>`."""
    return str(entry.details.get("about", "")).split()


def test_every_list_and_page_says_whose_record_its_rows_are() -> None:
    silent = [
        model._meta.label
        for model, page in admin.site._registry.items()
        if not isinstance(page.about, About)  # type: ignore[attr-defined]  # GestionAdmin's
    ]
    assert silent == []


def test_each_look_and_act_of_staff_names_whose_record_it_is(cast: Cast) -> None:
    about = {
        f"{model._meta.app_label}_{model._meta.model_name}": page.about  # type: ignore[attr-defined]  # GestionAdmin's
        for model, page in admin.site._registry.items()
    }
    people = {name for name, whose in about.items() if whose != NOBODY_AT_ALL} - ABOUT_NOBODY_HERE
    clients = {role: builders.enter_gestion(Client(), builders.colleague(role)) for role in Role}
    opened, unnamed = 0, []
    for name, address in things.addresses(cast).items():
        model = next((model for model in people if name.startswith(f"{model}_")), "")
        if not model or name.endswith((*NO_ROW, "_changelist")) or not PAGES[name].opens:
            continue
        last = Entry.objects.order_by("-pk").values_list("pk", flat=True)[0]
        role = sorted(PAGES[name].opens)[0]
        leave(clients[role].get(address))
        written = Entry.objects.filter(pk__gt=last)
        opened += 1
        unnamed += [
            f"{name}: {entry.action}"
            for entry in written
            if entry.subject_id is None
            and not any(word.startswith("a" if model in OF_STAFF else "p") for word in _named(entry))
        ]
    assert opened > 20  # the walk itself works
    assert unnamed == []


def test_a_list_names_every_person_of_the_page_that_was_shown(cast: Cast) -> None:
    rows = things.addresses(cast)
    client = builders.enter_gestion(Client(), builders.colleague(Role.AGENT))
    client.get(rows["members_representation_changelist"])
    entry = Entry.objects.filter(action="gestion.listed").latest("pk")
    assert f"p{cast.bob.pk}" in entry.details["about"].split()
