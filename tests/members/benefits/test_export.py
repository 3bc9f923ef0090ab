"""The CSV export of what is filtered."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast

URL = "/adherent/prestations.csv"

pytestmark = pytest.mark.usefixtures("october")


def exported(client: Client, **filters: str) -> list[list[str]]:
    """The rows of the file as a spreadsheet reads them, the notice at the end included."""
    response: Any = client.get(URL, filters)
    assert response.status_code == 200
    content = b"".join(response.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf"), "French Excel needs the byte order mark"
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def lines(rows: list[list[str]]) -> list[dict[str, str]]:
    heading, *rest = rows
    return [dict(zip(heading, row, strict=True)) for row in rest[:-2]]


@pytest.mark.commitment("CGU-3.6", "PDP-1.2")
def test_it_holds_what_the_viewer_may_read_and_nothing_else(alice: Client) -> None:
    assert sorted(line["Acte"] for line in lines(exported(alice))) == ["Consultation généraliste", "Détartrage d’Inès"]


def test_a_line_keeps_every_figure_as_a_french_number(cast: Cast, alice: Client) -> None:
    builders.benefit(cast.alice, act_label="Séances", quantity="2.5", other_amount="1.00", benefit_ref="DECX")
    (line,) = lines(exported(alice, text="séances"))
    assert line == {
        "Date de soins": "24/09/2026", "Bénéficiaire": "Alice Le Goff", "Code acte": "G", "Acte": "Séances",
        "Professionnel": "Dr Paul Hervé", "Quantité": "2,5", "Dépense (€)": "30,00",
        "Base de remboursement (€)": "30,00", "Taux du régime (%)": "70", "Régime obligatoire (€)": "19,00",
        "Retenue (€)": "2,00", "Mutuelle (€)": "9,00", "Autres organismes (€)": "1,00", "Reste à charge (€)": "1,00",
        "Payé à": "Assuré", "Date de paiement": "06/10/2026", "Référence du virement": "VIR20261006000001",
        "Origine": "Télétransmission", "N° de décompte": "DECX",
    }  # fmt: skip


@pytest.mark.commitment("CGU-3.6")
def test_it_follows_the_filters(alice: Client) -> None:
    assert [line["Acte"] for line in lines(exported(alice, family="DESO"))] == ["Détartrage d’Inès"]


def test_formulas_are_defused_and_negative_amounts_stay_numbers(cast: Cast, alice: Client) -> None:
    line = builders.benefit(cast.alice, act_label="=HYPERLINK(1)", professional_name='@Dr; "Piège"\n')
    builders.reversal(line)
    found = lines(exported(alice, text="hyperlink"))
    assert {one["Acte"] for one in found} == {"'=HYPERLINK(1)"}
    assert {one["Professionnel"] for one in found} == {'\'@Dr; "Piège"\n'}
    assert {one["Mutuelle (€)"] for one in found} == {"9,00", "-9,00"}


@pytest.mark.commitment("CGU-3.2")
def test_it_ends_with_the_indicative_notice(alice: Client) -> None:
    *_, blank, notice = exported(alice)
    assert blank == []
    assert "à titre indicatif" in notice[0]


def test_it_comes_as_a_file_that_is_not_kept(alice: Client) -> None:
    response = alice.get(URL)
    response.close()
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="prestations.csv"'
    assert "no-store" in response["Cache-Control"]


def test_refused_filters_go_back_to_the_page_that_explains_them(alice: Client) -> None:
    response = alice.get(URL, {"start": "31/11/2026", "text": "x"})
    assert response.status_code == 302
    assert response["Location"] == "/adherent/prestations/?start=31%2F11%2F2026&text=x"


def test_the_export_is_written_in_the_journal(cast: Cast, alice: Client) -> None:
    exported(alice)
    entry = Entry.objects.get(action="benefits.exported")
    assert entry.details["lines"] == 2
    assert entry.account_id == cast.alice_account.pk


def test_a_long_export_is_read_piece_by_piece_and_whole(client: Client, db: None) -> None:
    from members.benefits import documents

    person = builders.person()
    for _ in range(12):
        builders.benefit(person)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(documents, "ROWS_AT_A_TIME", 5)
        patch.setattr(documents, "KEPT_IN_MEMORY", 100)
        assert len(lines(exported(builders.sign_in(client, builders.account(person))))) == 12
