"""The DPO finds what was done by person, account, object, agent and period, without reading the whole journal."""

import csv
import datetime
import io

import psycopg
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portals.gestion.roles import Role
from privacy.audit import record
from privacy.audit.labels import label_of
from privacy.audit.models import Entry
from privacy.audit.search_forms import SearchForm, selection
from tests import builders
from tests.cast import Cast
from tests.pages import words_of
from tests.privacy.audit.filled import fill, plan_of, scans_in
from tests.privacy.audit.settled import seal_settled

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-7.5")]

SEARCH = "/gestion/privacy/entry/"


@pytest.fixture
def dpo() -> Client:
    return builders.enter_gestion(Client(), builders.colleague(Role.DPO))


@pytest.mark.parametrize("typed", ["le goff alice", "48217736", "Alice LE GOFF"])
def test_a_person_is_found_by_name_or_number_and_the_search_is_a_look_at_them(
    cast: Cast, dpo: Client, typed: str
) -> None:
    page = dpo.post(SEARCH, {"qui": typed})
    assert "Alice Le Goff" in words_of(page.text) and f"?personne={cast.alice.pk}" in page.text
    entry = Entry.objects.get(action="journal.persons_searched")
    assert entry.subject_id == cast.alice.pk or f"p{cast.alice.pk}" in entry.details["about"]
    assert "goff" not in str(entry.details).lower() and "48217736" not in str(entry.details)


def test_by_person_it_finds_what_was_done_for_them_and_about_them(cast: Cast, dpo: Client) -> None:
    builders.sign_in(Client(), cast.alice_account).get(reverse("members:benefits"))
    agent = builders.enter_gestion(Client(), builders.colleague(Role.AGENT))
    agent.get(reverse("admin:portals_account_change", args=[cast.alice_account.pk]))
    page = words_of(dpo.get(SEARCH, {"personne": cast.alice.pk}).text)
    assert label_of("benefits.listed") in page and label_of("gestion.consulted") in page
    other = words_of(dpo.get(SEARCH, {"personne": cast.bob.pk}).text)
    assert "Aucune écriture ne correspond" in other


@pytest.mark.parametrize("by", ["compte", "agent", "objet", "operation", "reference"])
def test_by_account_agent_object_operation_or_reference(cast: Cast, dpo: Client, by: str) -> None:
    builders.sign_in(Client(), cast.alice_account).get(reverse("members:benefit", args=[cast.home.alice_line.pk]))
    entry = Entry.objects.get(action="benefit.consulted")
    asked: dict[str, str] = {
        "compte": {"compte": cast.alice_account.identifier},
        "agent": {"agent": cast.alice_account.identifier},
        "objet": {"objet": "benefit_line", "numero": entry.object_id},
        "operation": {"operation": "benefit.consulted"},
        "reference": {"reference": entry.reference},
    }[by]
    page = dpo.get(SEARCH, asked)
    assert reverse("admin:privacy_entry_change", args=[entry.pk]) in page.text


def test_a_blind_search_reads_a_month_at_most(dpo: Client, cast: Cast) -> None:
    refused = words_of(dpo.get(SEARCH, {"du": "01/01/2026", "au": "31/12/2026"}).text)
    assert "cherchez sur 31 jours au plus" in refused
    taken = words_of(dpo.get(SEARCH, {"du": "01/01/2026", "au": "31/12/2026", "personne": str(cast.alice.pk)}).text)
    assert "cherchez sur 31 jours au plus" not in taken


def test_a_search_is_exported_and_the_journal_says_so(cast: Cast, dpo: Client) -> None:
    record("benefits.listed", by=cast.alice_account, object_kind="=cmd", object_id=1)
    answer = dpo.get(f"{SEARCH}export.csv", {"compte": cast.alice_account.identifier})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [row["Code"] for row in rows] == ["benefits.listed"]
    assert rows[0]["Objet"] == "'=cmd"
    entry = Entry.objects.get(action="journal.exported")
    assert entry.details == {"filters": "compte", "entries": 1}


@pytest.mark.parametrize("role", [Role.AGENT, Role.BENEFITS, Role.MEDICAL_ADVISER])
def test_nobody_else_searches(role: Role) -> None:
    client = builders.enter_gestion(Client(), builders.colleague(role))
    assert [client.get(address).status_code for address in (SEARCH, f"{SEARCH}export.csv")] == [403, 403]


def test_pages_follow_one_another_and_cost_the_same(cast: Cast, dpo: Client, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]  # pytest-django's fixture
    for number in range(120):
        record("benefits.listed", by=cast.alice_account, object_id=number)
    asked = {"agent": cast.alice_account.identifier}
    seen: list[str] = []
    address = f"{SEARCH}?agent={asked['agent']}"
    while address:
        with django_assert_max_num_queries(30):
            answer = dpo.get(address)
        seen += [str(entry.object_id) for entry, *_ in answer.context["rows"]]
        address = f"{SEARCH}{answer.context['older']}" if answer.context["older"] else ""
    assert seen == [str(number) for number in reversed(range(120))]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "asked", [{"personne": 20007}, {"personne": 30050}, {"objet": "benefit_line", "numero": "77"}, {"agent": "account"}]
)
def test_no_search_reads_a_partition_from_end_to_end(
    asked: dict[str, str | int], owner_connection: psycopg.Connection, cast: Cast
) -> None:
    fill(owner_connection)
    if "agent" in asked:
        asked = {"agent": cast.alice_account.identifier}
    today = timezone.localdate()
    form = SearchForm({**asked, "du": f"{today:%d/%m/%Y}", "au": f"{today + datetime.timedelta(days=150):%d/%m/%Y}"})
    assert form.is_valid(), form.errors
    plan = plan_of(selection(form.cleaned_data).order_by("-at", "-id")[:51])
    assert scans_in(plan) == []


@pytest.mark.django_db(transaction=True, databases=["default", "sealer"])
@pytest.mark.commitment("CGU-3.27")
def test_a_sealed_entry_is_proved_from_the_admin(cast: Cast) -> None:
    record("benefits.listed", by=cast.alice_account)
    entry = Entry.objects.get(account_id=cast.alice_account.pk, action="benefits.listed")
    client = builders.enter_gestion(Client(), builders.colleague(Role.DPO))
    assert client.get(reverse("admin:privacy_entry_inclusion", args=[entry.pk])).status_code == 404
    seal_settled()
    proof = client.get(reverse("admin:privacy_entry_inclusion", args=[entry.pk]))
    assert proof.text.startswith("c2sp.org/tlog-proof@v1")
    evidence = client.get(reverse("admin:privacy_entry_evidence", args=[entry.pk]))
    assert evidence.content.startswith(b"%PDF")
    assert "Attestation (PDF)" in words_of(client.get(reverse("admin:privacy_entry_change", args=[entry.pk])).text)
