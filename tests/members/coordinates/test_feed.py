"""What a person changed in their space holds while files still say what it replaced, and no longer."""

from collections.abc import Callable
from pathlib import Path

import pytest

from members.coordinates.accounts import put_in_force
from members.coordinates.actions import change_contact, undo
from members.coordinates.models import ContactChange
from members.coordinates.queries import contact_of
from members.households.models import Person
from portals import secrets
from portals.access import isolation
from portals.accounts.models import Account
from portals.feeds import load
from tests import builders
from tests.builders import feed_files

pytestmark = pytest.mark.django_db

CLAIRE = {**feed_files.FILES["persons"][0], "phone": "0297000000", "address_line1": "1 quai"}
COLUMNS = [*CLAIRE, "address_line2"]
OLD, NEW, THIRD = CLAIRE["iban"], "FR7630006000011234567890189", "FR7630001007941234567890185"
MOVED = {"address_line1": "2 rue du Port", "postcode": "29200", "city": "Brest", "phone": "+33298000000"}

type Feed = Callable[..., None]


@pytest.fixture
def feed(tmp_path: Path) -> Feed:
    def load_one(columns: list[str] | None = None, **changes: str) -> None:
        row = {name: value for name, value in {**CLAIRE, **changes}.items() if not columns or name in columns}
        counts = load("persons", feed_files.write(tmp_path / "persons.csv", [row], columns=columns or COLUMNS))
        assert not counts.rejected

    return load_one


@pytest.fixture
def claire(feed: Feed) -> Person:
    feed()
    return stored()


def stored() -> Person:
    with isolation.system():
        return Person.objects.get(person_ref=CLAIRE["person_ref"])


def iban() -> str:
    return secrets.unseal(f"person:{CLAIRE['person_ref']}", "members_person.iban", stored().iban_sealed or b"")


def change_iban(person: Person, to: str) -> None:
    with isolation.system():
        put_in_force(person.pk, to)


def move(person: Person, by: Account, **fields: str) -> ContactChange:
    with isolation.system():
        contact = {**contact_of(stored()), **MOVED, **fields}
        return change_contact(by=by, person_ids=[person.pk], contact=contact)


def test_a_file_that_does_not_know_yet_changes_nothing(claire: Person, feed: Feed) -> None:
    change_iban(claire, NEW)
    feed()
    feed(family_name="Autre")
    assert (iban(), stored().family_name) == (NEW, "Autre")


def test_two_changes_hold_against_both_accounts_before(claire: Person, feed: Feed) -> None:
    change_iban(claire, NEW)
    change_iban(claire, THIRD)
    for said in (OLD, NEW):
        feed(iban=said)
        assert iban() == THIRD


def test_a_file_that_says_something_else_knows_better(claire: Person, feed: Feed) -> None:
    change_iban(claire, NEW)
    feed(iban=THIRD)
    assert iban() == THIRD
    assert stored().iban_replaced is None


def test_once_files_know_the_change_they_lead_again(claire: Person, feed: Feed) -> None:
    change_iban(claire, NEW)
    feed(iban=NEW)
    assert stored().iban_replaced is None
    feed(iban=OLD)
    assert iban() == OLD


def test_a_first_account_holds_against_none(feed: Feed) -> None:
    feed(iban="")
    change_iban(stored(), NEW)
    feed(iban="")
    assert iban() == NEW


def test_a_file_without_the_column_leaves_what_is_held(claire: Person, feed: Feed) -> None:
    change_iban(claire, NEW)
    feed(columns=[name for name in COLUMNS if name != "iban"])
    assert iban() == NEW
    assert stored().iban_replaced


def test_an_address_and_a_telephone_hold_each_by_itself(claire: Person, feed: Feed) -> None:
    by = builders.account(claire)
    move(claire, by)
    feed()
    assert (stored().city, stored().phone) == ("Brest", "+33298000000")
    feed(phone="0297111111")
    assert (stored().city, stored().phone) == ("Brest", "0297111111")
    feed(address_line1="9 place de la Mairie", phone="0297111111")
    assert (stored().city, stored().address_line1) == ("Lorient", "9 place de la Mairie")
    assert stored().address_replaced is None


def test_part_of_an_address_cannot_tell(claire: Person, feed: Feed) -> None:
    move(claire, builders.account(claire))
    feed(columns=[name for name in COLUMNS if not name.startswith("address")])
    assert stored().city == "Brest"


def test_going_back_holds_as_well(claire: Person, feed: Feed) -> None:
    by = builders.account(claire)
    change = move(claire, by)
    with isolation.system():
        undo(by=by, change=change)
    feed(**MOVED)
    assert stored().city == "Lorient"
