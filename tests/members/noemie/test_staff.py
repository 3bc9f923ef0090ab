"""The links as staff keep them: opened by a person's reference, changed after the caisse's answer."""

import pytest
from django.test import Client
from django.urls import reverse

from members.noemie.models import LinkState, NoemieLink
from portals.access import isolation
from portals.gestion.roles import Role
from tests import builders
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_link_is_opened_once_for_a_person_then_changed(cast: Cast, client: Client) -> None:
    builders.enter_gestion(client, builders.colleague(Role.AGENT))
    adding, reference = reverse("admin:members_noemielink_add"), cast.alice.person_ref
    answers = {"person_ref": reference, "state": LinkState.ASKED, "since": "01/09/2025", "office": "", "reason": ""}
    assert client.post(adding, answers).status_code == 302
    again = client.post(adding, answers).content.decode()
    assert "a déjà un lien" in again
    with isolation.system():
        link = NoemieLink.objects.get(person=cast.alice)
    address = reverse("admin:members_noemielink_change", args=[link.pk])
    page = client.get(address).content.decode()
    assert reference in page
    assert 'name="person_ref"' not in page
    assert client.post(address, {**answers, "state": LinkState.ACTIVE}).status_code == 302
    assert (
        client.post(address, {**answers, "state": LinkState.REJECTED}).status_code == 200
    )  # it says why, or is not taken
    with isolation.system():
        link.refresh_from_db()
    assert link.state == LinkState.ACTIVE
