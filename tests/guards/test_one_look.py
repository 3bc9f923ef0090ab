"""Each page or file that shows somebody's data leaves one entry of looking, no more and no less (security.md)."""

import copy

import pytest
from django.test import Client

from portals.accounts.models import Account
from privacy.audit.kinds import OperationKind, kind_of
from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast
from tests.harness.visits import Visit
from tests.permissions.matrix import TABLE, expectations_of
from tests.permissions.walks import address_of, first_and_last, leave, together, undone

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.26"), pytest.mark.commitment("PDP-7.5")]

STATES = {"members": "member", "employers": "company", "providers": "professional"}
SHOWN = {OperationKind.LOOK, OperationKind.FILE}
TO_FILL_IN = {
    "employers:bank_details_change", "employers:employee_change", "employers:employee_dsn", "employers:employee_dsn_apply",
    "employers:employee_imports", "employers:employee_link_new", "employers:employee_new", "employers:user_invite",
    "employers:user_mandate", "employers:user_revoke", "employers:waiver_cases", "employers:waiver_documents",
    "employers:waiver_end", "employers:waiver_new", "employers:waiver_renew", "employers:waivers_control",
    "employers:waivers_provided",
    "members:beneficiaries_add", "members:beneficiaries_keep", "members:beneficiaries_person",
    "members:beneficiaries_proofs", "members:beneficiaries_remove", "members:beneficiaries_send",
    "members:care_request_new", "members:certificates", "members:coordinates_bank", "members:coordinates_contact",
    "members:portability_proof", "members:portability_stop", "members:representation_ask",
    "members:representation_contest", "members:representation_proofs", "members:simulation_new",
    "members:termination_ask",
    "providers:bank_change", "providers:contact", "providers:delegate_invite", "providers:delegate_revoke",
    "providers:practice_add", "providers:rights",
}  # fmt: skip
"""Forms before they are sent: nothing of anybody's health. What they do leaves its own entry."""
THE_SAME_FOR_ALL = {f"{space}:information{page}" for space in STATES for page in ("", "s")}
"""Texts of the mutual."""


def shows() -> list[str]:
    """The addresses of the spaces that answer their own people."""
    return sorted(
        name
        for name in TABLE["urls"]
        if (state := STATES.get(name.partition(":")[0])) and expectations_of(name)[state]["GET"] == 200
    )


@pytest.mark.parametrize("some", together(shows()), ids=first_and_last)
def test_it_leaves_exactly_one_entry(some: list[str], cast: Cast) -> None:
    holders: dict[str, Account] = {
        "members": cast.alice_account, "employers": cast.company_account, "providers": cast.professional_account,
    }  # fmt: skip
    clients = {space: builders.sign_in(Visit(), account) for space, account in holders.items()}
    looks = {}
    for url_name in some:
        space = url_name.partition(":")[0]
        with undone():
            looks[url_name] = looks_at(address_of(url_name, cast), clients[space], holders[space])
    silent = TO_FILL_IN | THE_SAME_FOR_ALL
    assert {name: actions for name, actions in looks.items() if len(actions) != (name not in silent)} == {}


def looks_at(address: str, client: Client, account: Account) -> list[str]:
    """The entries of looking that a page leaves."""
    cookies = copy.deepcopy(client.cookies)
    last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    leave(client.get(address))
    client.cookies = cookies
    written = Entry.objects.filter(pk__gt=last, account_id=account.pk)
    return [entry.action for entry in written if kind_of(entry.action) in SHOWN]
