"""Checkpoints: what is signed reads back, what was touched does not."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from privacy.transparency.checkpoints import Checkpoint, NotACheckpoint, read, read_verifier_key, signed, verifier_key

SEED = bytes(range(32))
KEY = verifier_key("portail.example/journal", SEED)
CHECKPOINT = Checkpoint("portail.example/journal", 109482, bytes(32))
NOTE = signed(CHECKPOINT, SEED)


def test_a_signed_checkpoint_reads_back() -> None:
    assert read(NOTE, [verifier_key("portail.example/journal", bytes(32)), KEY]) == CHECKPOINT


def test_a_note_has_the_lines_of_the_specification() -> None:
    origin, size, root, blank, signature, end = NOTE.split("\n")
    assert (origin, size, root) == ("portail.example/journal", "109482", base64.b64encode(bytes(32)).decode())
    assert (blank, end) == ("", "")
    dash, name, encoded = signature.split(" ")
    assert (dash, name) == ("—", origin)
    decoded = base64.b64decode(encoded)
    assert decoded[:4] == KEY.name
    Ed25519PublicKey.from_public_bytes(KEY.public).verify(decoded[4:], NOTE.split("\n\n")[0].encode() + b"\n")


def test_a_verifier_key_reads_back_and_a_touched_one_does_not() -> None:
    assert read_verifier_key(str(KEY)) == KEY
    for wrong in (str(KEY)[:-2] + "A=", str(KEY).replace("portail", "postail"), "", "a+b", "a+b+c"):
        with pytest.raises(NotACheckpoint):
            read_verifier_key(wrong)


@given(st.integers(0, len(NOTE) - 1), st.characters(codec="utf-8"))
def test_no_character_of_a_note_can_be_changed(place: int, character: str) -> None:
    touched = NOTE[:place] + character + NOTE[place + 1 :]
    if touched == NOTE:
        return
    try:
        assert read(touched, [KEY]) == CHECKPOINT  # a space at the end of the signature's line says the same
    except NotACheckpoint:
        return


@pytest.mark.parametrize(
    "note", ["", "\n\n", "a\n-1\nAAAA\n\n", NOTE.split("\n\n")[0], NOTE.replace("109482", "0109482")]
)
def test_what_is_no_checkpoint_is_refused(note: str) -> None:
    with pytest.raises(NotACheckpoint):
        read(note, [KEY])


def test_another_key_of_the_same_name_signs_nothing() -> None:
    with pytest.raises(NotACheckpoint):
        read(signed(CHECKPOINT, bytes(32)), [KEY])
