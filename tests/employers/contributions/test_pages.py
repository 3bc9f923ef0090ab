"""The slips of a company: the list, one slip, its files, and a line that is disputed (CGU-3.19)."""

import csv
import datetime
import io
from decimal import Decimal

import pikepdf
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from employers.contributions.export import contribution_files
from employers.contributions.models import ContributionLine, ContributionSlip, LineDispute, Status
from employers.users.models import Invitation, Mandate
from portals.access import isolation
from portals.access.models import Basis, CompanyRole, Grant
from portals.correspondence.models import Thread, WritingDraft
from portals.correspondence.queries import letters_of
from portals.documents.verification import Verdict
from portals.documents.verification.checking import check_file
from portals.presentation.formats import NARROW, NBSP
from privacy.models import Entry
from tests import builders
from tests.cast import Cast
from tests.employers.contributions.objects import line_of, slip_of
from tests.employers.users.people import acting, colleague, grant_of, signed_in
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.19")]

LIST = "/employeur/bordereaux/"
NOON = datetime.datetime(2026, 10, 14, 10, tzinfo=datetime.UTC)
DUE = f"31{NBSP}octobre{NBSP}2026"


@pytest.fixture(autouse=True)
def clock() -> object:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def us(cast: Cast, client: Client) -> Client:
    builders.sign_in(client, cast.company_account)
    return client


@pytest.fixture
def slips(cast: Cast) -> dict[str, ContributionSlip]:
    """June, paid; August, 40 € short, which September asks for again; September corrects June by −40,05 €."""
    mine = cast.company
    june = slip_of(
        mine, slip_number="B-06", period_start=datetime.date(2026, 6, 1), period_end=datetime.date(2026, 6, 30),
        due_date=datetime.date(2026, 7, 31), status=Status.PAID, paid_amount=Decimal("400.50"),
    )  # fmt: skip
    august = slip_of(
        mine, slip_number="B-08", period_start=datetime.date(2026, 8, 1), period_end=datetime.date(2026, 8, 31),
        due_date=datetime.date(2026, 9, 30), status=Status.PARTIAL, paid_amount=Decimal("360.50"),
    )  # fmt: skip
    september = slip_of(mine, slip_number="B-09", previous_balance=Decimal(40), payment_mode="SEPA")
    with isolation.system():
        line_of(september, 2, headcount=1, amount=Decimal("-40.05"), adjusts_period=datetime.date(2026, 6, 1))
    slip_of(cast.rival, slip_number="B-99")
    return {"june": june, "august": august, "september": september}


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len([query for query in captured if "SAVEPOINT" not in query["sql"]])


@pytest.mark.usefixtures("slips")
def test_the_list_says_what_is_owed_once_and_by_when(us: Client) -> None:
    page = words_of(us.get(LIST).text)
    assert f"Il vous reste 400,45{NARROW}€ à régler au plus tard le {DUE}" in page
    order = [page.rindex(number) for number in ("B-09", "B-08", "B-06")]
    assert "reporté sur le n° B-09" in page.replace(NBSP, " ")
    assert order[1] > 0 and "B-99" not in page
    assert "Payé en partie" in page and "À régler" in page


@pytest.mark.usefixtures("slips")
def test_the_filters_let_through_a_year_and_a_state(us: Client) -> None:
    slip_of_last_year = us.get(LIST, {"year": "toutes", "state": "paid"})
    table = words_of(slip_of_last_year.text).split("Du plus récent au plus ancien")[1]
    assert "B-06" in table and "B-08" not in table
    assert us.get(LIST, {"year": "1789"})["Location"] == LIST
    assert "Aucun bordereau ne répond à ce choix" in words_of(us.get(LIST, {"state": "late"}).text)


def test_a_company_without_slips_is_told_so(us: Client) -> None:
    assert "Aucun bordereau de cotisations pour le moment" in words_of(us.get(LIST).text)


@pytest.mark.usefixtures("slips")
def test_a_slip_adds_up_and_its_correction_leads_to_the_period_that_it_corrects(us: Client) -> None:
    answer = us.get(f"{LIST}B-09/")
    page = words_of(answer.text)
    for words in (
        f"400,45{NARROW}€ à régler au plus tard le {DUE}",
        "Il reste 17 jours pour régler",
        "Solde précédent",
    ):
        assert words in page
    assert f'href="{LIST}B-06/"' in answer.text and f"−{NARROW}40,05{NARROW}€" in page
    corrected = us.get(f"{LIST}B-06/")
    assert "Corrigé depuis" in words_of(corrected.text) and f'href="{LIST}B-09/"' in corrected.text
    assert f'href="{LIST}B-09/"' in us.get(f"{LIST}B-08/").text


@pytest.mark.usefixtures("slips")
def test_sums_that_do_not_agree_are_told_on_the_page(us: Client, cast: Cast) -> None:
    slip_of(cast.company, slip_number="B-odd", status=Status.PAID, paid_amount=Decimal(1))
    assert "Ce bordereau est dit payé" in words_of(us.get(f"{LIST}B-odd/").text)
    assert "Ce bordereau est dit payé" not in words_of(us.get(f"{LIST}B-06/").text)


@pytest.mark.usefixtures("slips")
@pytest.mark.parametrize("end", ["/", ".csv", ".pdf", "/lignes/1/contester/"])
@pytest.mark.parametrize("number", ["B-99", "B-404"])
def test_a_slip_of_another_company_is_as_unknown_as_one_that_never_was(number: str, end: str, us: Client) -> None:
    assert us.get(f"{LIST}{number}{end}").status_code == 404


def test_the_database_holds_another_company_apart_without_any_filter(
    cast: Cast, slips: dict[str, ContributionSlip]
) -> None:
    with isolation.tenant(space="employeur", tenant_id=cast.rival.pk):
        assert [slip.slip_number for slip in ContributionSlip.objects.all()] == ["B-99"]
        assert set(ContributionLine.objects.values_list("company_id", flat=True)) == {cast.rival.pk}
        assert not ContributionSlip.objects.filter(pk=slips["june"].pk).update(slip_number="taken")
    with isolation.tenant(space="adherent", tenant_id=cast.company.pk):
        assert not ContributionSlip.objects.exists() and not ContributionLine.objects.exists()


@pytest.mark.usefixtures("slips")
def test_the_csv_adds_up_to_the_cent(us: Client) -> None:
    head, *rows = cells(us.get(f"{LIST}B-09.csv").content)
    told = [dict(zip(head, row, strict=True)) for row in rows]
    assert [one["Montant (€)"] for one in told] == ["400,50", "-40,05", "360,45", "40,00", "0,00", "400,45"]
    assert [one["Bordereau"] for one in told[2:]] == [
        "Total des lignes",
        "Solde précédent",
        "Déjà réglé",
        "Reste à régler",
    ]
    assert (told[1]["Période régularisée"], told[0]["Taux (%)"], told[0]["Part de l’employeur (€)"]) == (
        "01/06/2026", "1", "240,30",
    )  # fmt: skip


@pytest.mark.usefixtures("slips")
def test_the_pdf_can_be_checked_and_carries_its_lines(us: Client) -> None:
    content = us.get(f"{LIST}B-09.pdf").content
    finding = check_file(content, by=None)
    assert finding.verdict == Verdict.UNCHANGED and finding.issued is not None
    assert (finding.issued.kind.label, finding.issued.period) == ("Bordereau de cotisations", f"Septembre{NBSP}2026")
    with pikepdf.open(io.BytesIO(content)) as document:
        assert document.Root.Lang == "fr" and document.Root.MarkInfo.Marked
        attached = document.attachments["bordereau.csv"].get_file().read_bytes()
    assert len(cells(attached)) == 7


@pytest.mark.commitment("CGU-3.13")
@pytest.mark.usefixtures("slips")
def test_a_disputed_line_becomes_a_complaint_that_names_it(us: Client, cast: Cast) -> None:
    with isolation.system():
        WritingDraft.objects.create(account=cast.company_account, kind="complaint", reference="r1", answers_sealed=b"x")
    answer = us.post(f"{LIST}B-09/lignes/2/contester/", {"text": "Ce départ est de juillet."})
    with isolation.system():
        thread = Thread.objects.get()
        (letter,) = letters_of(thread)
        assert WritingDraft.objects.count() == 1, "a complaint that was being written is still there"
    assert answer["Location"] == f"/reclamations/{thread.number}/"
    assert (thread.kind, thread.topic, thread.tenant_id) == ("complaint", "money", cast.company.pk)
    text = letter.text.replace(NBSP, " ")
    assert text.startswith("Bordereau n° B-09") and "Ligne 2" in text and text.endswith("Ce départ est de juillet.")
    assert "La ligne 2 est contestée" in words_of(us.get(f"{LIST}B-09/").text).replace(NBSP, " ")
    assert Entry.objects.filter(action="slip_line.disputed").count() == 1


@pytest.mark.usefixtures("slips")
def test_a_line_is_disputed_once_and_a_colleague_sees_by_whom(us: Client, cast: Cast) -> None:
    address = f"{LIST}B-09/lignes/1/contester/"
    us.post(address, {"text": "L’effectif est de neuf."})
    assert us.post(address, {"text": "Encore."})["Location"] == f"{LIST}B-09/"
    assert "déjà contestée" in words_of(us.get(address).text)
    other = signed_in(colleague(cast.company, CompanyRole.ACCOUNTANT))
    seen = words_of(other.get(f"{LIST}B-09/").text)
    assert f"envoyée par {cast.company_account.display_name}" in seen
    with isolation.system():
        assert LineDispute.objects.count() == Thread.objects.count() == 1


@pytest.mark.usefixtures("slips")
def test_a_dispute_without_words_is_asked_again(us: Client) -> None:
    answer = us.post(f"{LIST}B-09/lignes/1/contester/", {"text": " "})
    assert answer.status_code == 200 and "Écrivez quelques mots" in words_of(answer.text)


@pytest.mark.usefixtures("slips")
@pytest.mark.parametrize(
    ("role", "status", "offered"),
    [(CompanyRole.ACCOUNTANT, 200, True), (CompanyRole.READER, 200, False), (CompanyRole.HR_MANAGER, 403, False)],
)
def test_each_role_sees_and_disputes_as_the_table_says(role: str, status: int, offered: bool, cast: Cast) -> None:
    client = signed_in(colleague(cast.company, role))
    page = client.get(f"{LIST}B-09/")
    assert page.status_code == status
    assert ("Contester la ligne 1" in words_of(page.text).replace(NBSP, " ")) is offered
    if role == CompanyRole.READER:
        assert client.get(f"{LIST}B-09/lignes/1/contester/").status_code == 302
        assert client.post(f"{LIST}B-09/lignes/1/contester/", {"text": "Non."}).status_code == 403


@pytest.mark.usefixtures("slips")
@pytest.mark.parametrize(("services", "status"), [(["employer.slips"], 200), (["employer.employees"], 403)])
def test_a_filing_agent_sees_the_slips_within_the_scope_of_the_mandate(
    services: list[str], status: int, cast: Cast
) -> None:
    firm = builders.company(name="Cabinet Cadiou")
    agent = builders.account(firm)
    with isolation.system():
        own = Grant.objects.get(account=agent)
        own.basis, own.role = Basis.MANDATE, CompanyRole.ACCOUNTANT
        own.tenant_id = own.subject_id = cast.company.pk
        own.closes_on = datetime.date(2027, 1, 1)
        own.save()
        invitation = Invitation.objects.create(
            company=cast.company, role=CompanyRole.ACCOUNTANT, email_index=b"i", invited_by=cast.company_account,
            expires_at=NOON, accepted_at=NOON, accepted_by=agent,
        )  # fmt: skip
        Mandate.objects.create(
            company=cast.company, invitation=invitation, services=services, starts_on=datetime.date(2026, 1, 1),
            ends_on=datetime.date(2026, 12, 31),
        )  # fmt: skip
    assert acting(agent, cast.company).get(LIST).status_code == status


@pytest.mark.usefixtures("slips")
def test_the_home_page_says_what_is_to_pay_to_those_who_see_the_slips(us: Client, cast: Cast) -> None:
    home = words_of(us.get("/employeur/").text)
    assert f"Régler 400,45{NARROW}€" in home and "B-08" not in home
    assert "Régler" not in words_of(signed_in(colleague(cast.company, CompanyRole.HR_MANAGER)).get("/employeur/").text)


@pytest.mark.usefixtures("slips")
def test_each_consultation_is_journalled(us: Client) -> None:
    for address in (LIST, f"{LIST}B-09/", f"{LIST}B-09.csv", f"{LIST}B-09/lignes/1/contester/"):
        us.get(address)
    noted = Entry.objects.filter(action__startswith="slip").order_by("pk").values_list("action", flat=True)
    assert list(noted) == ["slips.listed", "slip.consulted", "slip.downloaded", "slip_line.consulted"]


@pytest.mark.usefixtures("slips")
def test_the_company_takes_its_slips_away_and_an_hr_manager_does_not(cast: Cast) -> None:
    with isolation.system():
        files = dict(contribution_files(grant_of(cast.company_account)))
        hidden = list(contribution_files(grant_of(colleague(cast.company, CompanyRole.HR_MANAGER))))
    assert sorted(files) == ["bordereaux.csv", "lignes-de-bordereaux.csv"] and hidden == []
    told = cells(bytes(files["bordereaux.csv"]))  # type: ignore[arg-type]
    assert [row[0] for row in told[1:]] == ["B-09", "B-08", "B-06"]


@pytest.mark.usefixtures("slips")
def test_pages_cost_the_same_with_three_and_with_many(us: Client, cast: Cast) -> None:
    before = [queries_of(us, LIST), queries_of(us, f"{LIST}B-09/")]
    for month in range(1, 13):
        made = slip_of(
            cast.company, period_start=datetime.date(2025, month, 1), period_end=datetime.date(2025, month, 28),
            status=Status.PAID,
        )  # fmt: skip
        with isolation.system():
            line_of(made, 2)
    assert [queries_of(us, LIST), queries_of(us, f"{LIST}B-09/")] == before
    assert max(before) <= 12
