"""When a purpose may be followed."""

import pytest

from privacy.consents.rules import Basis, Decision, allows, decision_for


@pytest.mark.parametrize(
    ("basis", "latest", "allowed"),
    [
        (Basis.CONSENT, None, False),
        (Basis.CONSENT, Decision.GIVEN, True),
        (Basis.CONSENT, Decision.WITHDRAWN, False),
        (Basis.OBJECTION, None, True),
        (Basis.OBJECTION, Decision.OBJECTED, False),
        (Basis.OBJECTION, Decision.LIFTED, True),
    ],
)
def test_silence_is_a_no_to_a_consent_and_never_an_objection(basis: Basis, latest: Decision, allowed: bool) -> None:
    assert allows(basis, latest) is allowed


def test_a_text_that_asks_again_makes_older_accords_void_and_leaves_refusals() -> None:
    assert not allows(Basis.CONSENT, Decision.GIVEN, shown=1, asked_again_from=2)
    assert allows(Basis.CONSENT, Decision.GIVEN, shown=2, asked_again_from=2)
    assert not allows(Basis.OBJECTION, Decision.OBJECTED, shown=1, asked_again_from=2)


@pytest.mark.parametrize("basis", list(Basis))
def test_what_is_decided_is_what_is_allowed(basis: Basis) -> None:
    assert all(allows(basis, decision_for(basis, accepts=said)) is said for said in (True, False))
