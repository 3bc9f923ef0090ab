"""Every page of a space belongs to exactly one service: no suspension leaves a door open by forgetting it (CGU-7.2)."""

import pytest

from portals.access import services
from portals.accounts.models import Space
from tests.permissions.matrix import url_names

NAMESPACES = {
    "members": Space.MEMBER,
    "directory": Space.MEMBER,
    "employers": Space.EMPLOYER,
    "providers": Space.PROFESSIONAL,
}


@pytest.mark.parametrize("namespace", sorted(NAMESPACES))
def test_every_page_of_a_space_has_its_service(namespace: str) -> None:
    pages = {name for name in url_names() if name.startswith(f"{namespace}:")}
    assert {name for name in pages if services.service_of(name) is None} == set()


@pytest.mark.parametrize("namespace", sorted(NAMESPACES))
def test_a_service_names_pages_of_its_own_space_that_exist_and_no_other_has(namespace: str) -> None:
    of_the_space = tuple(f"{other}:" for other, space in NAMESPACES.items() if space == NAMESPACES[namespace])
    pages = {name for name in url_names() if name.startswith(of_the_space)}
    named = [name for service in services.services_of(NAMESPACES[namespace]) for name in service.view_names]
    assert len(named) == len(set(named))
    assert set(named) == pages


def test_a_view_cannot_be_put_into_two_services() -> None:
    taken = services.services_of(Space.MEMBER)[0]
    with pytest.raises(services.ServiceTaken):
        services.register(services.Service("member.again", Space.MEMBER, "Encore", taken.view_names))
