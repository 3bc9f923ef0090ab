"""The list of operations that a company manages here is open (CGU-3.18)."""

import pytest

from employers.catalogue import CATALOGUE
from employers.permissions import ServiceCode
from portals.access import services
from portals.accounts.models import Space


@pytest.mark.commitment("CGU-3.18")
def test_a_new_operation_is_a_service_like_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "_services", dict(services._services))
    monkeypatch.setattr(services, "_by_view", dict(services._by_view))
    added = CATALOGUE.service("employer.added", "Une opération de plus", "added")
    services.register(added)
    assert services.service_of("employers:added") == added
    assert added in services.services_of(Space.EMPLOYER)


@pytest.mark.commitment("CGU-3.18")
def test_every_service_of_the_space_is_one_that_roles_share_out() -> None:
    codes = {service.code for service in services.services_of(Space.EMPLOYER)}
    assert codes <= set(ServiceCode)
    assert {ServiceCode.SLIPS, ServiceCode.CONTRACT, ServiceCode.DOCUMENTS} <= codes
