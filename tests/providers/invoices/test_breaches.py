"""The account of a practice was stolen: the patients of the invoices that it was shown are found in the journal (PDP-7.9)."""

import datetime

import pytest
from django.urls import reverse

from portals.access import isolation
from portals.accounts.models import Account
from tests.cast import Cast
from tests.privacy.breaches.objects import persons_touched_by
from tests.providers.invoices.objects import invoice_of, transfer_of
from tests.providers.users.people import delegate, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-7.9")]


@pytest.fixture
def thief(cast: Cast) -> Account:
    return delegate(cast.professional, "invoices")


def test_a_page_of_the_list_leads_to_its_patients_alone(cast: Cast, thief: Account) -> None:
    invoice_of(cast.professional)
    spouse = invoice_of(cast.professional, rank=cast.home.samir.rank, received_on=datetime.date(2026, 9, 1),
                        care_date=datetime.date(2026, 9, 1))  # fmt: skip
    invoice_of(cast.colleague, member_number="55001122")
    invoice_of(cast.professional, member_number="99999999")  # of nobody whom we know
    client = signed_in(thief)
    assert client.get(reverse("providers:invoices"), {"received_from": "01/10/2026"}).status_code == 200
    found = persons_touched_by(thief)
    assert found == {cast.alice.pk}
    assert client.get(reverse("providers:invoice", args=[spouse.invoice_number])).status_code == 200
    assert persons_touched_by(thief) == {cast.alice.pk, cast.home.samir.pk}


def test_a_file_leads_to_every_patient_of_the_practice(cast: Cast, thief: Account) -> None:
    for member, rank in ((cast.alice, cast.alice.rank), (cast.bob, cast.bob.rank)):
        with isolation.system():
            invoice_of(cast.professional, member_number=member.household.member_number, rank=rank)
    invoice_of(cast.colleague, rank=cast.home.samir.rank)
    assert signed_in(thief).get(reverse("providers:invoices_csv")).getvalue()
    assert persons_touched_by(thief) == {cast.alice.pk, cast.bob.pk}


def test_a_transfer_leads_to_the_patients_that_it_pays(cast: Cast, thief: Account) -> None:
    paid = transfer_of(cast.professional)
    fields = {"status": "paid", "transfer_ref": paid.transfer_ref, "paid_on": paid.paid_on}
    invoice_of(cast.professional, **fields)
    invoice_of(cast.professional, rank=cast.home.lina.rank)
    assert signed_in(thief).get(reverse("providers:transfer", args=[paid.transfer_ref])).status_code == 200
    assert persons_touched_by(thief) == {cast.alice.pk}
