"""The demo's contributions and enforceable documents: written once, coherent, the same each time."""

import datetime

import pytest
from django.core.management import call_command

from config.demo.library import publish_library
from members.contributions.models import ContributionTerm, Instalment, InstalmentState
from members.library.models import DocumentKind, LegalDocument
from members.populate.contributions import HOUSEHOLDS, bill_cast
from portals.access import isolation

TODAY = datetime.date(2026, 10, 9)

pytestmark = pytest.mark.django_db


@pytest.fixture
def portfolio() -> None:
    """The demo's households and nobody else, with their contributions."""
    call_command("populate", "--members", "0", "--cast", "--today", TODAY.isoformat(), verbosity=0)


@pytest.mark.commitment("CGU-3.5")
def test_every_household_of_the_cast_has_terms_and_past_instalments(portfolio: None) -> None:
    with isolation.system():
        assert ContributionTerm.objects.values("policy").distinct().count() == HOUSEHOLDS
        assert Instalment.objects.filter(state=InstalmentState.REJECTED).count() == 1
        assert not Instalment.objects.filter(due_on__gte=TODAY).exists()
        rows = set(Instalment.objects.values_list("policy_id", "due_on", "amount", "state"))
    assert bill_cast(TODAY) == HOUSEHOLDS
    with isolation.system():
        assert set(Instalment.objects.values_list("policy_id", "due_on", "amount", "state")) == rows


@pytest.mark.commitment("CGU-3.3")
def test_the_library_has_a_text_for_each_plan_and_is_published_once(portfolio: None) -> None:
    assert publish_library() == LegalDocument.objects.count() > 0
    assert publish_library() == 0
    kinds = set(LegalDocument.objects.values_list("kind", flat=True))
    assert {DocumentKind.STATUTES, DocumentKind.CONTRACT_TERMS, DocumentKind.NOTICE} <= kinds
    statutes = LegalDocument.objects.filter(kind=DocumentKind.STATUTES).order_by("valid_from")
    assert [one.valid_to for one in statutes] == [datetime.date(2024, 12, 31), None]
    for one in statutes.select_related("file"):
        with one.file.file.open("rb") as pdf:
            assert pdf.read(5) == b"%PDF-"
