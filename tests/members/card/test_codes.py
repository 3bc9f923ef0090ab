"""The Datamatrix and the signed QR code: read back, and refused when anything was touched."""

import datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from members.card import datamatrix
from members.card.contents import from_data, to_data
from members.card.signature import CardVerdict, payload_of, public_keys, verify_card_payload
from members.card.symbols import datamatrix_symbol, qr_symbol
from tests.members.card.objects import ISSUED_ON, NUMBER, YEAR, content, drawn, read

BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def signed(persons: int = 4) -> str:
    return payload_of(content(persons), number=NUMBER, issued_on=ISSUED_ON)


def test_the_content_is_kept_and_read_back() -> None:
    kept = content()
    assert from_data(to_data(kept)) == kept
    assert from_data(to_data(kept)).fingerprint == kept.fingerprint
    assert content(3).fingerprint != kept.fingerprint


@pytest.mark.commitment("CGU-3.12")
def test_the_five_items_are_there_even_empty() -> None:
    block = content(csr="", amc_number="", conventions=(), member_number="").block
    assert [label.replace("\u00a0", " ") for label, _ in block] == [
        "Période de validité", "N° AMC", "Type de convention", "CSR", "N° adhérent",
    ]  # fmt: skip
    assert [value for _, value in block] == ["01/01/2026 – 31/12/2026", "", "", "", ""]


@pytest.mark.commitment("CGU-3.12")
def test_the_datamatrix_is_decoded_back() -> None:
    text = datamatrix.encode(content(), NUMBER)
    assert text == "CTP1|0009914587|OC,KA|E2M|0048217736|20260101|20261231|7K2M-9QXD-4TPA"
    codes = read(drawn(datamatrix_symbol(text)))
    assert codes == {"DataMatrix": text}
    routing = datamatrix.decode(codes["DataMatrix"])
    assert (routing.amc_number, routing.conventions, routing.csr) == ("0009914587", ("OC", "KA"), "E2M")
    assert (routing.member_number, routing.period, routing.number) == ("0048217736", YEAR, NUMBER)


@pytest.mark.parametrize(
    "text",
    ["", "CTP2|1|OC|E|2|20260101|20261231|N", "CTP1|1|OC|E|2|20260101", "CTP1|1|OC|E|2|20261301|20261231|N"],
)
def test_another_layout_is_not_guessed_at(text: str) -> None:
    with pytest.raises(datamatrix.UnknownLayout):
        datamatrix.decode(text)


def test_an_item_that_would_break_the_layout_is_refused() -> None:
    with pytest.raises(datamatrix.UnknownLayout):
        datamatrix.encode(content(csr="A|B"), NUMBER)


@pytest.mark.commitment("CGU-3.12")
def test_the_qr_code_says_what_the_card_shows() -> None:
    codes = read(drawn(qr_symbol(signed())))
    check = verify_card_payload(codes["QRCode"])
    assert check.verdict == CardVerdict.GENUINE
    card, kept = check.card, content()
    assert card is not None
    assert (card.number, card.issued_on, card.period) == (NUMBER, ISSUED_ON, YEAR)
    assert (card.amc_number, card.csr, card.member_number) == (kept.amc_number, kept.csr, kept.member_number)
    assert (card.conventions, card.responsible, card.policy_number) == (kept.conventions, True, kept.policy_number)
    assert [(p.printed_name, p.birth_date, p.birth_rank) for p in card.beneficiaries] == [
        (p.printed_name, p.birth_date, p.birth_rank) for p in kept.beneficiaries
    ]
    assert card.grid == tuple(f"{cell.domain} {cell.text}" for cell in kept.cells)
    assert card.is_valid_on(datetime.date(2026, 12, 31))
    assert not card.is_valid_on(datetime.date(2027, 1, 1))


def test_any_changed_character_fails() -> None:
    text = signed()
    for place, letter in enumerate(text):
        other = BASE32[(BASE32.find(letter) + 1) % 32]
        assert verify_card_payload(text[:place] + other + text[place + 1 :]).verdict != CardVerdict.GENUINE, place


@given(st.integers(0, 400), st.integers(1, 31), st.integers(0, 3))
def test_no_cut_and_no_change_is_taken_for_genuine(place: int, shift: int, cut: int) -> None:
    text = signed()
    letter = text[place % len(text)]
    other = BASE32[(BASE32.find(letter) + shift) % 32]
    touched = text[: place % len(text)] + other + text[place % len(text) + 1 :]
    assert verify_card_payload(touched).card is None or touched == text
    if cut:
        assert verify_card_payload(text[:-cut]).card is None
        assert verify_card_payload(text + other * cut).card is None


@given(st.text(max_size=200))
def test_anything_else_is_unreadable_and_breaks_nothing(text: str) -> None:
    assert verify_card_payload(text).verdict == CardVerdict.UNREADABLE
    assert verify_card_payload("CTP1." + text).card is None


def test_lines_broken_by_a_copy_do_no_harm() -> None:
    text = signed()
    assert verify_card_payload(f" {text[:80]}\n{text[80:]}\n").verdict == CardVerdict.GENUINE


def test_another_key_is_a_forgery_and_a_former_one_is_still_ours(settings: Settings) -> None:
    former = public_keys()[0]
    text = signed()
    settings.CARD_KEY = Ed25519PrivateKey.generate().private_bytes_raw()
    assert verify_card_payload(text).verdict == CardVerdict.FORGED
    settings.CARD_FORMER_PUBLIC_KEYS = (former,)
    assert verify_card_payload(text).verdict == CardVerdict.GENUINE
    assert public_keys()[1] == former


@pytest.mark.parametrize(("persons", "modules"), [(1, 73), (4, 77), (8, 81)])
def test_a_phone_reads_the_code_printed_at_three_centimetres(persons: int, modules: int) -> None:
    """A module of 0.35 mm is what phones read at arm's length; the code is printed at 38 mm, margins included."""
    symbol = qr_symbol(signed(persons))
    assert symbol.side - 8 <= modules
    assert 30 / (symbol.side - 8) >= 0.35
