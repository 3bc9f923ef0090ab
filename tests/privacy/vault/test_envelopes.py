"""What is sealed opens where it was put, and nowhere else; a bit that changed is refused."""

import os
import random
import uuid
from dataclasses import replace

import pytest

from privacy.vault import ceremony, envelopes
from privacy.vault.envelopes import DataKey, Sealed
from privacy.vault.errors import VaultUnreadable

pytestmark = pytest.mark.commitment("PDP-4.6")

PRIVATE, OTHER = ceremony.draw(), ceremony.draw()
KEYS = envelopes.named([PRIVATE])
FLIPS = int(os.environ.get("VAULT_FLIPS", "10000"))


def sealed(person: str = "account:1", case: str = "QM-AAAA-BBBB", version: int = 1, kind: str = "answers") -> Sealed:
    key, data_key = envelopes.new_data_key(envelopes.public_half(PRIVATE), person=person, case=case)
    return envelopes.seal(data_key, key, kind=kind, version=version, content=b"secret")


def test_whoever_has_the_key_opens_and_nobody_else() -> None:
    row = sealed()
    assert envelopes.unseal(row, KEYS) == b"secret"
    assert b"secret" not in row.content
    for keys in ({}, envelopes.named([OTHER])):
        with pytest.raises(VaultUnreadable):
            envelopes.unseal(row, keys)


def test_two_seals_of_one_content_share_nothing() -> None:
    one, two = sealed(), sealed()
    assert one.content != two.content
    assert one.key.wrapped != two.key.wrapped


def test_ten_thousand_bit_flips_are_refused() -> None:
    """Anywhere in the two rows: identifiers, person, case, kind, version, wrapped key, content."""
    drawn = random.Random(4)
    row = sealed()
    for _ in range(FLIPS):
        with pytest.raises(VaultUnreadable):
            envelopes.unseal(flipped(row, drawn), KEYS)


def flipped(row: Sealed, drawn: random.Random) -> Sealed:
    part = drawn.choice(["id", "kind", "version", "content", "key.id", "person", "case", "wrapping_key", "wrapped"])
    if part == "version":
        return replace(row, version=row.version ^ 1 << drawn.randrange(16))
    if part in {"id", "kind", "content"}:
        return replace(row, **{part: _flip(getattr(row, part), drawn)})
    name = "id" if part == "key.id" else part
    return replace(row, key=replace(row.key, **{name: _flip(getattr(row.key, name), drawn)}))


def _flip[T: (str, bytes, uuid.UUID)](value: T, drawn: random.Random) -> T:
    if isinstance(value, uuid.UUID):
        return uuid.UUID(int=value.int ^ 1 << drawn.randrange(128))
    content = bytearray(value.encode("latin-1") if isinstance(value, str) else value)
    content[drawn.randrange(len(content))] ^= 1 << drawn.randrange(8)
    return content.decode("latin-1") if isinstance(value, str) else bytes(content)


@pytest.mark.parametrize(
    "moved",
    [
        pytest.param(lambda one, two: replace(one, content=two.content), id="content of another row"),
        pytest.param(lambda one, two: replace(one, key=two.key), id="key of another person"),
        pytest.param(lambda one, two: replace(one, id=two.id), id="row number of another"),
        pytest.param(lambda one, two: replace(one, key=replace(one.key, person=two.key.person)), id="another person"),
        pytest.param(lambda one, two: replace(one, key=replace(one.key, case=two.key.case)), id="another case"),
        pytest.param(lambda one, two: replace(one, key=replace(one.key, wrapped=two.key.wrapped)), id="wrapped key"),
        pytest.param(lambda one, _two: replace(one, content=one.key.wrapped), id="another column"),
        pytest.param(lambda one, _two: replace(one, key=replace(one.key, wrapped=one.content)), id="the other column"),
        pytest.param(lambda one, _two: replace(one, version=2), id="an older version as a newer one"),
        pytest.param(lambda one, _two: replace(one, kind="opinion"), id="another kind"),
    ],
)  # fmt: skip
def test_rows_and_columns_that_were_swapped_are_refused(moved) -> None:  # type: ignore[no-untyped-def]  # a lambda
    one, two = sealed(), sealed(person="account:2", case="QM-CCCC-DDDD")
    with pytest.raises(VaultUnreadable):
        envelopes.unseal(moved(one, two), KEYS)


def test_two_pieces_of_one_deposit_cannot_be_exchanged() -> None:
    key, data_key = envelopes.new_data_key(envelopes.public_half(PRIVATE), person="account:1", case="QM-AAAA-BBBB")
    one, two = (
        envelopes.seal(data_key, key, kind="document", version=number, content=b"%d" % number) for number in (1, 2)
    )
    with pytest.raises(VaultUnreadable):
        envelopes.unseal(replace(one, content=two.content), KEYS)


def test_a_short_or_empty_value_is_refused_and_not_an_error() -> None:
    row = sealed()
    for content in (b"", b"\x01", b"\x01" + b"0" * 12, b"\x02" + row.content[1:]):
        with pytest.raises(VaultUnreadable):
            envelopes.unseal(replace(row, content=content), KEYS)
        broken: DataKey = replace(row.key, wrapped=content)
        with pytest.raises(VaultUnreadable):
            envelopes.unseal(replace(row, key=broken), KEYS)
