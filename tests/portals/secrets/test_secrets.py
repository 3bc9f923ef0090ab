"""Sealed values: who can read them, and what they say to those who cannot."""

import pytest
from django.test import override_settings

from portals import secrets
from portals.models import SubjectKey
from portals.secrets.errors import SecretUnreadable, SubjectForgotten

pytestmark = pytest.mark.django_db

SUBJECT = "person:70000001-1"
PLACE = "members_person.nir"
VALUE = "285055441091260"


def test_a_sealed_value_comes_back() -> None:
    assert secrets.unseal(SUBJECT, PLACE, secrets.seal(SUBJECT, PLACE, VALUE)) == VALUE


def test_the_value_is_nowhere_in_what_is_stored() -> None:
    sealed = secrets.seal(SUBJECT, PLACE, VALUE)
    assert VALUE.encode() not in sealed
    assert VALUE.encode() not in bytes(SubjectKey.objects.get().wrapped)


def test_sealing_twice_gives_different_bytes() -> None:
    assert secrets.seal(SUBJECT, PLACE, VALUE) != secrets.seal(SUBJECT, PLACE, VALUE)


def test_a_subject_has_one_key() -> None:
    secrets.seal(SUBJECT, PLACE, VALUE)
    secrets.seal(SUBJECT, "members_person.iban", "FR1420041010050500013M02606")
    assert SubjectKey.objects.count() == 1


def test_a_secret_moved_to_another_column_is_unreadable() -> None:
    sealed = secrets.seal(SUBJECT, PLACE, VALUE)
    with pytest.raises(SecretUnreadable):
        secrets.unseal(SUBJECT, "members_person.iban", sealed)


def test_a_secret_moved_to_another_person_is_unreadable() -> None:
    sealed = secrets.seal(SUBJECT, PLACE, VALUE)
    secrets.seal("person:70000002-1", PLACE, VALUE)
    with pytest.raises(SecretUnreadable):
        secrets.unseal("person:70000002-1", PLACE, sealed)


@pytest.mark.parametrize("place", range(40))
def test_any_changed_byte_makes_it_unreadable(place: int) -> None:
    sealed = bytearray(secrets.seal(SUBJECT, PLACE, VALUE))
    sealed[place] ^= 1
    with pytest.raises(SecretUnreadable):
        secrets.unseal(SUBJECT, PLACE, bytes(sealed))


@pytest.mark.parametrize("length", [0, 1, 12, 13, 28])
def test_cut_bytes_are_unreadable(length: int) -> None:
    sealed = secrets.seal(SUBJECT, PLACE, VALUE)
    with pytest.raises(SecretUnreadable):
        secrets.unseal(SUBJECT, PLACE, sealed[:length])


def test_a_wrong_key_raises_and_tells_nothing() -> None:
    sealed = secrets.seal(SUBJECT, PLACE, VALUE)
    with override_settings(PERSONAL_KEY=bytes(32)), pytest.raises(SecretUnreadable) as error:
        secrets.unseal(SUBJECT, PLACE, sealed)
    assert VALUE not in str(error.value)
    assert sealed.hex() not in str(error.value)


def test_a_forgotten_subject_is_unreadable_for_ever() -> None:
    sealed = secrets.seal(SUBJECT, PLACE, VALUE)
    SubjectKey.objects.filter(subject=SUBJECT).delete()
    with pytest.raises(SubjectForgotten):
        secrets.unseal(SUBJECT, PLACE, sealed)
    secrets.seal(SUBJECT, PLACE, VALUE)
    with pytest.raises(SecretUnreadable):
        secrets.unseal(SUBJECT, PLACE, sealed)


def test_blind_indexes_are_equal_for_equal_values_of_one_place_only() -> None:
    assert secrets.blind_index(PLACE, VALUE) == secrets.blind_index(PLACE, VALUE)
    assert secrets.blind_index(PLACE, VALUE) != secrets.blind_index("members_person.iban", VALUE)
    assert secrets.blind_index(PLACE, VALUE) != secrets.blind_index(PLACE, "285055441091245")
    assert secrets.blind_index("a", "bc") != secrets.blind_index("ab", "c")


def test_blind_indexes_depend_on_their_own_key() -> None:
    before = secrets.blind_index(PLACE, VALUE)
    with override_settings(PERSONAL_KEY=bytes(32)):
        assert secrets.blind_index(PLACE, VALUE) == before
    with override_settings(BLIND_INDEX_KEY=bytes(32)):
        assert secrets.blind_index(PLACE, VALUE) != before
