"""The pages of the technical accounts: frozen figures, explained, and a PDF that can be checked (PDP-3.3)."""

import io

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from employers.technical.export import technical_files
from portals.access import isolation
from portals.access.models import CompanyRole
from portals.documents.verification import Verdict
from portals.documents.verification.checking import check_file
from portals.presentation.formats import MINUS, NARROW
from privacy.models import Entry
from tests import builders
from tests.cast import Cast
from tests.employers.technical.objects import technical_account_of
from tests.employers.users.people import colleague, grant_of, signed_in
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-3.3")]

LIST = "/employeur/comptes-techniques/"
YEAR = f"{LIST}2025/"


@pytest.fixture
def us(cast: Cast, client: Client) -> Client:
    builders.sign_in(client, cast.company_account)
    return client


def test_the_year_says_what_came_in_and_out_and_which_lines_are_not_told(us: Client, cast: Cast) -> None:
    technical_account_of(cast.company)
    page = words_of(us.get(YEAR).text)
    for words in (
        f"les prestations ont représenté 83{NARROW}% des cotisations",
        f"48{NARROW}000{NARROW}€",
        f"8{NARROW}000{NARROW}€",
        f"28{NARROW}000{NARROW}€",
        f"{MINUS}{NARROW}340{NARROW}€",
        "non détaillé",
        "décriraient, seules ou par différence, moins de",
        "nous préférons le dire plutôt que l’estimer",
    ):
        assert words in page
    assert Entry.objects.filter(action="technical_account.consulted").count() == 1


def test_pages_read_frozen_rows_and_nothing_of_care(us: Client, cast: Cast) -> None:
    technical_account_of(cast.company)
    for address in (LIST, YEAR):
        with CaptureQueriesContext(connection) as captured:
            assert us.get(address).status_code == 200
        asked = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
        assert len(asked) <= 12
        assert not [sql for sql in asked if "members_" in sql], "no table of members"


def test_a_draft_is_as_unknown_as_a_year_that_never_was(us: Client, cast: Cast) -> None:
    technical_account_of(cast.company, published=False)
    assert "Aucun compte technique n’est encore publié" in words_of(us.get(LIST).text)
    for end in ("/", ".pdf"):
        assert us.get(f"{LIST}2025{end}").status_code == us.get(f"{LIST}1999{end}").status_code == 404


def test_another_companys_accounts_are_unknown(us: Client, cast: Cast) -> None:
    technical_account_of(cast.rival)
    assert us.get(YEAR).status_code == 404 and "2025" not in words_of(us.get(LIST).text).split("Des comptes qui")[0]


def test_a_contract_of_few_says_why_nothing_is_told(us: Client, cast: Cast) -> None:
    account = technical_account_of(cast.company, published=False)
    with isolation.system():
        account.lines.all().delete()
        account.level, account.benefits = "nothing", None
        account.save()
        type(account).objects.filter(pk=account.pk).update(published_at=account.built_at)
    page = words_of(us.get(YEAR).text)
    assert "trop peu de personnes pour dire les prestations" in page and "non dites" in page


def test_the_pdf_can_be_checked_and_names_nobody(us: Client, cast: Cast) -> None:
    technical_account_of(cast.company)
    answer = us.get(f"{LIST}2025.pdf")
    assert answer["Content-Disposition"].endswith('"Comptes techniques 2025.pdf"')
    finding = check_file(answer.content, by=None)
    assert finding.verdict == Verdict.UNCHANGED and finding.issued is not None
    assert (finding.issued.kind.label, finding.issued.period) == ("Comptes techniques", "Année 2025")
    with pikepdf.open(io.BytesIO(answer.content)) as document:
        assert document.Root.Lang == "fr" and document.Root.MarkInfo.Marked


def test_the_home_page_says_that_accounts_were_published(us: Client, cast: Cast) -> None:
    technical_account_of(cast.company)
    assert "Lire les comptes techniques 2025" in words_of(us.get("/employeur/").text)


@pytest.mark.parametrize(
    ("role", "status"), [(CompanyRole.ACCOUNTANT, 200), (CompanyRole.READER, 200), (CompanyRole.HR_MANAGER, 403)]
)
def test_each_role_reads_as_the_table_says(role: str, status: int, cast: Cast) -> None:
    technical_account_of(cast.company)
    client = signed_in(colleague(cast.company, role))
    assert [client.get(address).status_code for address in (LIST, YEAR, f"{LIST}2025.pdf")] == [status] * 3
    assert ("Comptes techniques" in client.get("/employeur/").text) is (status == 200)


def test_everything_told_is_taken_away_and_nothing_else(cast: Cast) -> None:
    technical_account_of(cast.company)
    technical_account_of(cast.rival)
    with isolation.tenant(space="employeur", tenant_id=cast.company.pk):
        [(name, content)] = technical_files(grant_of(cast.company_account))
    text = bytes(content).decode("utf-8-sig") if isinstance(content, bytes) else str(content)
    assert name == "comptes-techniques.csv"
    rows = [line.split(";") for line in text.splitlines()]
    assert len(rows) == 1 + 9 + 4
    assert [row[4] for row in rows if row[3] == "Aides auditives"] == [""]
