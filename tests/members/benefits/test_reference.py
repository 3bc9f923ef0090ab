"""The tables of act families, act codes and dated tariffs."""

import datetime
import re
from collections import Counter
from decimal import Decimal
from itertools import pairwise

import pytest

from members.benefits import reference
from members.benefits.models import ActCode, ActFamily, ActTariff, TariffKind

FAMILIES = [
    "MED", "AUXM", "LABO", "PHAR", "DESO", "DENT", "DEOR", "OPTI", "AUDI", "HOSP", "FJ", "TRAN", "RAC0", "DOUX",
]  # fmt: skip
USUAL = {
    "G", "CS", "APC", "TCG", "ATM", "ADI", "AMI", "AMK", "AMO", "B", "PH7", "PH4", "PH2", "SDE", "PFC", "PF0", "VU1",
    "M01", "PAZ", "FJ", "VSL", "OSTE",
}  # fmt: skip
DOMAINS = {"MED", "RADL", "AUXM", "LABO", "PHAR", "DESO", "DEPR", "DEOR", "OPTI", "AUDI", "HOSP", "EXTE", "TRAN", ""}


def test_it_has_the_fourteen_families_in_order_each_with_its_need() -> None:
    assert [family.code for family in reference.families()] == FAMILIES
    assert [family.position for family in reference.families()] == list(range(1, 15))
    assert all(family.need for family in reference.families())


def test_it_has_the_codes_of_ordinary_settlements() -> None:
    assert set(reference.codes()) >= USUAL
    assert len(reference.codes()) >= 150


def test_each_code_belongs_to_a_family_and_a_domain_of_the_card() -> None:
    for code in reference.codes().values():
        assert code.family in FAMILIES
        assert code.card_domain in DOMAINS
        assert code.scheme_rate is None or Decimal(0) <= code.scheme_rate <= Decimal(1)
        assert len(code.label) <= 120


def test_codes_of_the_nomenclature_have_three_letters_at_most_and_ours_have_four() -> None:
    for code in reference.codes().values():
        assert len(code.code) <= 3 if code.prs_nat else len(code.code) == 4
    numbers = Counter(code.prs_nat for code in reference.codes().values() if code.prs_nat)
    assert max(numbers.values()) == 1


def test_100_percent_sante_baskets_are_one_family() -> None:
    for code in reference.codes().values():
        assert code.zero_out_of_pocket == (code.family == "RAC0")


def test_labels_are_written_in_proper_french() -> None:
    words = [code.label for code in reference.codes().values()] + [family.need for family in reference.families()]
    for label in words:
        assert label[0] == label[0].upper()
        assert not label.isupper()
        assert "'" not in label
        assert not re.search(r"[^\u202f][%€]| [:;!?]", label)


@pytest.mark.parametrize(
    ("act", "kind", "day", "amount"),
    [
        ("G", "base", "2023-10-31", "25.00"),
        ("G", "base", "2023-11-01", "26.50"),
        ("G", "base", "2024-12-21", "26.50"),
        ("G", "base", "2024-12-22", "30.00"),
        ("FJ", "base", "2026-02-28", "20.00"),
        ("G", "deduction", "2024-05-14", "1.00"),
        ("G", "deduction", "2024-05-15", "2.00"),
        ("PH7", "deduction", "2024-03-30", "0.50"),
        ("PH7", "deduction", "2024-03-31", "1.00"),
        ("VSL", "deduction", "2024-03-31", "4.00"),
    ],
)
def test_a_tariff_is_the_one_of_the_day(act: str, kind: str, day: str, amount: str) -> None:
    assert reference.tariff_at(act, kind, datetime.date.fromisoformat(day)) == Decimal(amount)


def test_there_is_no_tariff_before_the_first_nor_for_acts_without_one() -> None:
    assert reference.tariff_at("G", "base", datetime.date(2000, 1, 1)) is None
    assert reference.tariff_at("SDE", "base", datetime.date(2026, 1, 1)) is None


def test_tariffs_of_an_act_follow_one_another_without_hole_or_overlap() -> None:
    history: dict[tuple[str, str], list[reference.Tariff]] = {}
    for tariff in reference.tariffs():
        assert tariff.act_code in reference.codes()
        assert tariff.kind in TariffKind.values
        assert tariff.source
        history.setdefault((tariff.act_code, tariff.kind), []).append(tariff)
    for tariffs in history.values():
        for earlier, later in pairwise(tariffs):
            assert earlier.valid_to is not None
            assert later.valid_from == earlier.valid_to + datetime.timedelta(days=1)
        assert tariffs[-1].valid_to is None


@pytest.mark.django_db
def test_loading_corrects_what_differs_adds_what_is_missing_and_keeps_the_rest() -> None:
    reference.load(ActFamily, ActCode, ActTariff)
    ActCode.objects.filter(code="G").update(label="Autre")
    ActTariff.objects.filter(act_code="G", kind="base").delete()
    ActFamily.objects.create(code="TEST", label="Famille ajoutée")

    reference.load(ActFamily, ActCode, ActTariff)

    assert ActCode.objects.get(code="G").label == "Consultation de médecine générale"
    assert ActCode.objects.get(code="M01").family_id == "RAC0"
    assert ActTariff.objects.filter(act_code="G", kind="base").count() == 3
    assert ActCode.objects.count() == len(reference.codes())
    assert ActTariff.objects.count() == len(reference.tariffs())
    assert ActFamily.objects.filter(code="TEST").exists()
