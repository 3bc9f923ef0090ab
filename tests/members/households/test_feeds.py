"""The feed of persons: households, names to search by, and secrets that are never stored in clear."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from members.models import Household, Person
from portals import secrets
from portals.access import isolation
from portals.feeds import load
from portals.feeds.counts import FeedCounts
from portals.models import SubjectKey
from tests.builders import feed_files

pytestmark = pytest.mark.django_db

PersonEvent = apps.get_model("members", "PersonEvent")
CLAIRE, YANN, NOLWENN, ANGE = feed_files.FILES["persons"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "persons.csv"


def feed(file: Path, *rows: dict[str, str], columns: list[str] | None = None) -> FeedCounts:
    return load("persons", feed_files.write(file, list(rows), columns=columns))


def stored(ref: str) -> Person:
    with isolation.system():
        return Person.objects.select_related("household").get(person_ref=ref)


def test_persons_of_one_member_number_are_one_household(file: Path) -> None:
    assert feed(file, CLAIRE, YANN, NOLWENN, ANGE).created == 4
    with isolation.system():
        assert sorted(Household.objects.values_list("member_number", flat=True)) == ["70000001", "70000002"]
    assert stored("70000001-1").household_id == stored("70000001-3").household_id


def test_names_are_stored_as_written_and_folded_for_search(file: Path) -> None:
    feed(file, CLAIRE, YANN)
    assert (stored("70000001-1").family_name, stored("70000001-1").search_name) == ("L’Œuvré", "l oeuvre")
    assert (stored("70000001-2").family_name, stored("70000001-2").search_name) == (
        'Haÿ; dit "Le Grand"',
        "hay dit le grand",
    )


def test_nir_and_iban_are_sealed_and_can_be_read_back(file: Path) -> None:
    feed(file, CLAIRE)
    claire = stored("70000001-1")
    assert secrets.unseal("person:70000001-1", "members_person.nir", claire.nir_sealed or b"") == CLAIRE["nir"]
    assert secrets.unseal("person:70000001-1", "members_person.iban", claire.iban_sealed or b"") == CLAIRE["iban"]
    assert bytes(claire.nir_index or b"") == secrets.blind_index("members_person.nir", CLAIRE["nir"])


def test_nir_and_iban_are_nowhere_in_clear(file: Path) -> None:
    feed(file, CLAIRE)
    feed(file, {**CLAIRE, "city": "Vannes"})
    with isolation.system(), connection.cursor() as cursor:
        for table in ("members_person", "members_personevent", "portals_subjectkey", "portals_feedrun"):
            cursor.execute(f"SELECT t::text FROM {table} t")
            text = str(cursor.fetchall())
            for value in (CLAIRE["nir"], CLAIRE["iban"]):
                assert value not in text
                assert value.encode().hex() not in text


def test_persons_without_secrets_have_no_key(file: Path) -> None:
    feed(file, CLAIRE, YANN, NOLWENN)
    assert list(SubjectKey.objects.values_list("subject", flat=True)) == ["person:70000001-1"]
    assert stored("70000001-2").nir_sealed is None
    assert stored("70000001-2").nir_index is None


def test_the_same_file_seals_nothing_anew(file: Path) -> None:
    feed(file, CLAIRE)
    before = bytes(stored("70000001-1").nir_sealed or b"")
    assert feed(file, CLAIRE).unchanged == 1
    assert feed(file, {**CLAIRE, "city": "Vannes"}).updated == 1
    assert bytes(stored("70000001-1").nir_sealed or b"") == before


def test_a_changed_iban_is_sealed_and_an_emptied_one_is_gone(file: Path) -> None:
    feed(file, CLAIRE)
    new = "FR7630006000011234567890189"
    assert feed(file, {**CLAIRE, "iban": new}).updated == 1
    claire = stored("70000001-1")
    assert secrets.unseal("person:70000001-1", "members_person.iban", claire.iban_sealed or b"") == new
    assert feed(file, {**CLAIRE, "iban": ""}).updated == 1
    assert stored("70000001-1").iban_sealed is None
    assert stored("70000001-1").iban_index is None


def test_a_file_without_the_column_leaves_the_iban_alone(file: Path) -> None:
    feed(file, CLAIRE)
    row = {name: value for name, value in CLAIRE.items() if name != "iban"}
    assert feed(file, row).unchanged == 1
    assert stored("70000001-1").iban_sealed is not None


def test_a_nir_written_with_spaces_is_the_same_nir(file: Path) -> None:
    feed(file, ANGE)
    assert feed(file, {**ANGE, "nir": "2 79 09 2B 033 001 31"}).unchanged == 1


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"nir": "279092B03300132"}, ("nir", "bad_nir")),
        ({"iban": "FR1420041010050500013M02607"}, ("iban", "bad_iban")),
        ({"email": "ange@"}, ("email", "bad_email")),
        ({"birth_date": "1979-02-29"}, ("birth_date", "bad_date")),
        ({"role": "cousin"}, ("role", "bad_choice")),
        ({"sex": "F"}, ("sex", "bad_choice")),
        ({"family_name": ""}, ("family_name", "required")),
        ({"family_name": "x" * 81}, ("family_name", "too_long")),
        ({"given_names": "An\tge"}, ("given_names", "control_character")),
    ],
)
def test_a_wrong_person_is_rejected_alone(file: Path, fields: dict[str, str], code: tuple[str, str]) -> None:
    counts = feed(file, {**ANGE, **fields}, CLAIRE)
    assert [reject[:3] for reject in counts.first_rejects] == [(2, *code)]
    assert counts.created == 1
    with isolation.system():
        assert list(Household.objects.values_list("member_number", flat=True)) == ["70000001"]


def test_a_change_leaves_the_old_row_without_its_secrets(file: Path) -> None:
    feed(file, CLAIRE)
    feed(file, {**CLAIRE, "city": "Vannes"})
    with isolation.system():
        assert [event.city for event in PersonEvent.objects.all()] == ["Lorient"]
    assert not {"nir_sealed", "iban_sealed"} & {field.name for field in PersonEvent._meta.get_fields()}
