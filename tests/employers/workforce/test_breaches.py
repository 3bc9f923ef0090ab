"""The account of a company was stolen: the employees whom its pages showed are found in the journal (PDP-7.9)."""

import pytest
from django.urls import reverse

from employers.terminations.words import Reason
from employers.workforce.models import Affiliation
from portals.access import isolation
from portals.accounts.models import Account
from tests.cast import Cast
from tests.employers.terminations.objects import left
from tests.employers.users.people import colleague, signed_in
from tests.employers.workforce.objects import affiliated, another
from tests.privacy.breaches.objects import persons_touched_by

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-7.9")]


@pytest.fixture
def thief(cast: Cast) -> Account:
    """A manager's account, stolen; the administrator's is the one that affiliates."""
    return colleague(cast.company, "hr_manager")


def persons(*affiliations: Affiliation) -> set[int]:
    return {one.person_id for one in affiliations if one.person_id is not None}


@pytest.mark.parametrize("page", ["employers:employees", "employers:employees_csv"])
def test_a_list_leads_to_those_who_were_on_it_and_to_nobody_of_another_company(
    cast: Cast, thief: Account, page: str
) -> None:
    there, too = affiliated(cast.company, another()), affiliated(cast.company, another())
    affiliated(cast.rival, another())
    assert signed_in(thief).get(reverse(page)).status_code == 200
    later = affiliated(cast.company, another())
    found = persons_touched_by(thief)
    assert found == persons(there, too)
    assert not found & persons(later)


def test_a_page_an_operation_and_an_end_of_contract_lead_to_their_employee(cast: Cast, thief: Account) -> None:
    looked, changed, ended, _untouched = [affiliated(cast.company, another()) for _ in range(4)]
    client = signed_in(thief)
    with isolation.system():
        operation = changed.items.get().operation_id
    assert client.get(reverse("employers:employee", args=[looked.pk])).status_code == 200
    assert client.get(reverse("employers:employee_operation", args=[operation])).status_code == 200
    row = left(ended, reason=Reason.RESIGNATION)
    assert client.get(reverse("employers:employee_end_letter", args=[row.affiliation_id])).status_code == 200
    assert persons_touched_by(thief) == persons(looked, changed, ended)
