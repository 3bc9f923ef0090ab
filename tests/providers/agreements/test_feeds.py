"""The feeds of professionals and agreements."""

from pathlib import Path

import pytest

from portals import secrets
from portals.access import isolation
from portals.feeds import load
from providers.models import Agreement, Professional
from tests.builders import feed_files

pytestmark = pytest.mark.django_db

PROFESSIONAL = {
    "professional_ref": "PS1", "rpps": "10003879623", "profession": "Médecin", "family_name": "N’Diaye",
    "given_name": "Aïcha", "postcode": "56100", "city": "Lorient", "latitude": "47.748252", "longitude": "-3.370245",
    "networks": "Kalixia|Carte Blanche",
}  # fmt: skip
AGREEMENT = {
    "agreement_number": "CV1", "professional_ref": "PS1", "start_date": "2024-01-01",
    "iban": "FR1420041010050500013M02606", "email": "cabinet@example.org",
}  # fmt: skip


def test_professionals_and_agreements_load_twice_and_the_iban_is_sealed(tmp_path: Path) -> None:
    professionals = feed_files.write(tmp_path / "professionals.csv", [PROFESSIONAL])
    agreements = feed_files.write(tmp_path / "agreements.csv", [AGREEMENT])
    assert (load("professionals", professionals).created, load("agreements", agreements).created) == (1, 1)
    assert (load("professionals", professionals).unchanged, load("agreements", agreements).unchanged) == (1, 1)
    with isolation.system():
        agreement = Agreement.objects.select_related("professional").get()
        assert agreement.professional == Professional.objects.get(rpps="10003879623")
    sealed = agreement.iban_sealed or b""
    assert secrets.unseal("agreement:CV1", "providers_agreement.iban", sealed) == AGREEMENT["iban"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"rpps": "10003879624"}, ("rpps", "bad_rpps")),
        ({"latitude": "91"}, ("latitude", "bad_number")),
        ({"finess": "12345678"}, ("finess", "bad_finess")),
        ({"finess": "2C0000289"}, ("finess", "bad_finess")),
        ({"am_number": "56 1"}, ("am_number", "bad_am_number")),
        ({"am_number": "564012345"}, ("am_number", "am_number_profession")),
        ({"postcode": ""}, ("postcode", "required")),
    ],
)
def test_a_wrong_professional_is_rejected(tmp_path: Path, fields: dict[str, str], code: tuple[str, str]) -> None:
    counts = load("professionals", feed_files.write(tmp_path / "p.csv", [{**PROFESSIONAL, **fields}]))
    assert [reject[:3] for reject in counts.first_rejects] == [(2, *code)]


@pytest.mark.parametrize(
    "fields",
    [
        {"finess": "750712184"},
        {"finess": "2A0000121"},
        {"am_number": "561012345"},
        {"am_number": "560012345"},
        {"am_number": "563012345"},
        {"profession": "Orthoptiste", "am_number": "569012345"},
        {"profession": "Ostéopathe", "am_number": "567012345"},
    ],
)
def test_numbers_that_may_be_theirs_are_taken(tmp_path: Path, fields: dict[str, str]) -> None:
    """Establishments and laboratories bill for every profession; a profession without a category of its own takes any."""
    counts = load("professionals", feed_files.write(tmp_path / "p.csv", [{**PROFESSIONAL, **fields}]))
    assert (counts.created, counts.rejected) == (1, 0)
