"""How names are compared."""

from portals.names import folded_name


def test_names_are_folded_for_comparison() -> None:
    assert folded_name("L’Œuvré-Noël", "ÇELIK") == "l oeuvre noel celik"
    assert folded_name("LE GOFF") == folded_name(" Le  Goff ")
