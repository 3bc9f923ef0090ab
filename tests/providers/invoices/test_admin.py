"""Staff correct the words of a reason, and professionals read them."""

from pathlib import Path

import pytest
from django.test import Client

from portals.gestion.roles import Role
from tests import builders
from tests.cast import Cast
from tests.pages import words_of
from tests.providers.invoices.objects import feed, invoice

REASON = "/gestion/providers/rejectreason/R01/change/"
WORDS = {
    "code": "R01", "label": "Bénéficiaire introuvable", "explanation": "Nous ne trouvons personne.",
    "next_step": "send_again", "advice": "Relisez la carte du patient.",
}  # fmt: skip


def test_what_staff_write_of_a_reason_is_what_the_professional_reads(
    tmp_path: Path, cast: Cast, client: Client
) -> None:
    desk = builders.enter_gestion(Client(), builders.colleague(Role.AGENT))
    assert desk.post(REASON, WORDS).status_code == 302
    feed(tmp_path, "invoices", invoice("F1", cast.professional, status="rejected", reject_code="R01"))
    builders.sign_in(client, cast.professional_account)
    page = words_of(client.get("/professionnel/factures/F1/").text)
    assert "Bénéficiaire introuvable" in page and "Relisez la carte du patient." in page


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.DPO])
def test_whoever_only_reads_changes_no_reason(db: None, role: Role) -> None:
    desk = builders.enter_gestion(Client(), builders.colleague(role))
    assert desk.get(REASON).status_code == 200
    assert desk.post(REASON, WORDS).status_code == 403
