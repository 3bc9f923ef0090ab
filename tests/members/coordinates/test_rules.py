"""Communes, departments and what a change leaves to do."""

import pytest

from members.coordinates.rules import (
    PostcodeRefused,
    check_commune,
    department_of,
    steps_after_account,
    steps_after_address,
)


@pytest.mark.parametrize(
    ("postcode", "typed", "communes", "kept"),
    [
        ("56100", "lorient", ["Lorient"], "Lorient"),
        ("35400", "St Malo", ["Saint-Malo"], "Saint-Malo"),
        ("75011", "Paris", ["Paris 11e Arrondissement"], "Paris 11e Arrondissement"),
        ("56100", "Lorient", None, "Lorient"),
        ("56109", "LORIENT CEDEX 3", [], "LORIENT CEDEX 3"),
        ("56100", "Lorient Cedex", ["Lorient"], "Lorient Cedex"),
    ],
)
def test_a_commune_of_the_postcode_is_taken(postcode: str, typed: str, communes: list[str] | None, kept: str) -> None:
    assert check_commune(postcode, typed, communes) == kept


@pytest.mark.parametrize(
    ("postcode", "typed", "communes", "field", "words"),
    [
        ("56100", "Brest", ["Lorient"], "city", "est celui de"),
        ("99999", "Lorient", [], "postcode", "Aucune commune"),
    ],
)
def test_another_commune_is_refused_with_the_right_ones(
    postcode: str, typed: str, communes: list[str], field: str, words: str
) -> None:
    with pytest.raises(PostcodeRefused, match=words) as refused:
        check_commune(postcode, typed, communes)
    assert refused.value.field == field


def test_a_department_is_that_of_its_postcode() -> None:
    assert [department_of(code, "FR") for code in ("56100", "97400", "20000")] == ["56", "974", "20"]
    assert department_of("1000", "BE") == ""


def test_a_new_department_has_its_own_caisse() -> None:
    far = steps_after_address(before="56", after="29", has_stuck_link=False)
    near = steps_after_address(before="56", after="56", has_stuck_link=False)
    assert len(far) == len(near) + 1
    assert any("attestation" in step.title for step in far)


def test_the_caisse_is_told_of_the_new_account_too() -> None:
    steps = steps_after_account(has_stuck_link=True)
    assert "caisse" in steps[0].title
    assert steps[-1].page == "members:transmission"
