"""The table of roles of the professional space: each cell, said twice; then every address, asked for."""

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from portals.access.models import Basis, DelegateRole, Grant
from portals.access.services import Service, service_of
from portals.accounts.models import Space
from providers.catalogue import allows
from providers.permissions import ServiceCode, holds, may_use
from tests import builders
from tests.cast import Cast
from tests.pages import words_of
from tests.permissions.matrix import TABLE as ADDRESSES
from tests.permissions.matrix import expectations_of
from tests.permissions.objects import OBJECTS
from tests.permissions.walks import leave
from tests.providers.invoices.objects import invoice_of

pytestmark = pytest.mark.commitment("PDP-7.3", "CGU-1.4")

# home, information, contact, rights, invoices, transfers, agreement, documents, practices, delegates, bank details:
# + opens, - does not.
TABLE = {
    "": "+ + + + + + + + + + +",
    DelegateRole.SECRETARIAT: "+ + + + + + + + - - -",
    DelegateRole.INVOICES: "+ + + - + + - - - - -",
    DelegateRole.RIGHTS: "+ + + + - - - - - - -",
}
PAGES = sorted(name for name in ADDRESSES["urls"] if name.startswith("providers:"))
READ = [name for name in PAGES if expectations_of(name)["professional"]["GET"] in {200, 302}]


def grant(role: str) -> Grant:
    return Grant(space=Space.PROFESSIONAL, basis=Basis.AGREEMENT, role=role, tenant_id=1, subject_id=1)


@pytest.mark.parametrize("role", TABLE)
def test_each_role_opens_its_services_and_no_other(role: str) -> None:
    assert " ".join("+" if may_use(grant(role), code) else "-" for code in ServiceCode) == TABLE[role]


def test_a_role_that_is_not_in_the_table_opens_nothing() -> None:
    assert not any(may_use(grant("administrator"), code) for code in ServiceCode)


def test_only_the_professional_manages_the_accesses() -> None:
    assert [role for role in TABLE if holds(grant(role))] == [""]


@pytest.mark.parametrize("role", DelegateRole)
def test_the_catalogue_refuses_every_address_outside_of_the_role_by_any_method(role: DelegateRole, cast: Cast) -> None:
    client = builders.sign_in(Client(), builders.account(cast.professional, role=role))
    wrong = {}
    for name in PAGES:
        if allows(grant(role), _service(name), True):
            continue
        with transaction.atomic():
            address = reverse(name, kwargs=OBJECTS.get(name, lambda _cast: {})(cast))
            statuses = [_status(client.generic(method, address)) for method in ("GET", "POST", "PUT", "DELETE")]
            transaction.set_rollback(True)
        if statuses != [403] * 4:
            wrong[name] = statuses
    assert wrong == {}


@pytest.mark.parametrize("role", DelegateRole)
def test_what_the_role_opens_answers(role: DelegateRole, cast: Cast) -> None:
    client = builders.sign_in(Client(), builders.account(cast.professional, role=role))
    open_pages = [name for name in READ if allows(grant(role), _service(name), False)]
    with transaction.atomic():
        addresses = {name: reverse(name, kwargs=OBJECTS.get(name, lambda _cast: {})(cast)) for name in open_pages}
        answers = {name: _status(client.get(address)) for name, address in addresses.items()}
        transaction.set_rollback(True)
    assert {name: status for name, status in answers.items() if status not in {200, 302}} == {}


def test_whoever_only_bills_reads_neither_patients_rights_nor_numbers_of_the_professional(cast: Cast) -> None:
    client = builders.sign_in(Client(), builders.account(cast.professional, role=DelegateRole.INVOICES))
    home = client.get("/professionnel/")
    assert home.status_code == 200 and cast.professional.rpps not in home.text
    refused = client.get("/professionnel/droits/")
    assert refused.status_code == 403
    assert f"Demandez ce droit à {cast.professional_account.display_name}" in words_of(refused.text)
    assert "/professionnel/droits/" not in home.text and "/professionnel/coordonnees-bancaires/" not in home.text


def test_whoever_only_meets_patients_reads_no_amount(cast: Cast) -> None:
    invoice_of(cast.professional)
    client = builders.sign_in(Client(), builders.account(cast.professional, role=DelegateRole.RIGHTS))
    home = client.get("/professionnel/")
    assert "€" not in home.text and "/professionnel/factures/" not in home.text
    assert client.get("/professionnel/droits/").status_code == 200


def _service(name: str) -> Service:
    service = service_of(name)
    assert service is not None
    return service


def _status(answer: HttpResponseBase) -> int:
    leave(answer)
    return answer.status_code
