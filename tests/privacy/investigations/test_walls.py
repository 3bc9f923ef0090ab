"""Who reads a file: the database decides. Neither agents, nor jobs, nor the other wall; the officer reads its cover."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from portals.access import isolation
from portals.gestion.roles import Role
from portals.gestion.site import STAFF_CONTEXT
from privacy.audit.models import Entry
from privacy.changes.models import RowChange, RowCreation
from privacy.disclosures.models import DisclosedSubject, Disclosure
from privacy.investigations.models import CaseStep, CaseSubject, Exhibit, Investigation, Kind, SuspicionReport
from privacy.investigations.screening.models import ScreeningFlag
from privacy.investigations.walls import OVERSIGHT, inside
from tests import builders
from tests.cast import Cast
from tests.pages import words_of
from tests.privacy.disclosures.objects import prepared
from tests.privacy.investigations.objects import FACTS, case_about, exhibit_in, flag_on, who

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-3.7", "PDP-3.8")]

WALLED = [
    Investigation, CaseSubject, CaseStep, Exhibit, ScreeningFlag, Disclosure, DisclosedSubject, SuspicionReport,
]  # fmt: skip
INSIDE = [CaseSubject, CaseStep, Exhibit]


@pytest.fixture
def files(cast: Cast) -> dict[Kind, Investigation]:
    """A file behind each wall, about Alice, with a piece; a flag and a communication."""
    made = {kind: case_about(who(cast.alice), kind=kind) for kind in Kind}
    for case in made.values():
        exhibit_in(case)
    flag_on(cast.alice)
    prepared(who(cast.alice))
    with inside(Kind.FINANCIAL_CRIME):
        from privacy.investigations.actions import declare

        case = made[Kind.FINANCIAL_CRIME]
        declare(by=case.opened_by, case=case, reference="TRF-1", declared_on=case.opened_at.date())
    return made


@pytest.mark.parametrize("context", [{}, {"app.scope": "system"}, STAFF_CONTEXT, {"app.household": "{household}"}])
@pytest.mark.parametrize("model", WALLED, ids=lambda model: model.__name__)
def test_without_its_context_the_database_shows_nothing(
    files: dict[Kind, Investigation], cast: Cast, model: type, context: dict[str, str]
) -> None:
    isolation.apply({name: value.format(household=cast.alice.household_id) for name, value in context.items()})
    assert not model._default_manager.exists()  # type: ignore[attr-defined]  # models, all of them


@pytest.mark.parametrize("model", WALLED, ids=lambda model: model.__name__)
def test_each_table_is_there_for_who_works_on_it(files: dict[Kind, Investigation], model: type) -> None:
    with inside(*Kind.values):
        assert model._default_manager.exists()  # type: ignore[attr-defined]  # models, all of them


@pytest.mark.parametrize("kind", list(Kind))
def test_each_wall_shows_its_own_files_and_none_of_the_other(files: dict[Kind, Investigation], kind: Kind) -> None:
    with inside(kind):
        assert [one.pk for one in Investigation.objects.all()] == [files[kind].pk]
        for model in INSIDE:
            assert set(model._default_manager.values_list("case_id", flat=True)) == {files[kind].pk}
        assert ScreeningFlag.objects.exists() == (kind == Kind.FINANCIAL_CRIME)
        assert SuspicionReport.objects.exists() == (kind == Kind.FINANCIAL_CRIME)


def test_oversight_reads_covers_and_communications_and_nothing_of_a_file(files: dict[Kind, Investigation]) -> None:
    with inside(OVERSIGHT):
        assert Investigation.objects.count() == 2 and Disclosure.objects.count() == 1
        assert Investigation.objects.update(state="purged") == 0
        for model in (*INSIDE, ScreeningFlag, SuspicionReport):
            assert not model._default_manager.exists()


def test_the_system_inside_a_wall_closes_it_for_as_long(files: dict[Kind, Investigation]) -> None:
    with inside(Kind.FRAUD):
        with isolation.system():
            assert not Investigation.objects.exists()
        assert Investigation.objects.exists()
    assert not Investigation.objects.exists()


@pytest.mark.parametrize("statement", ["UPDATE privacy_casestep SET at = now()", "DELETE FROM privacy_casestep",
                                       "DELETE FROM privacy_investigation", "DELETE FROM privacy_disclosure",
                                       "UPDATE privacy_suspicionreport SET declared_on = now()"])  # fmt: skip
def test_what_is_written_is_not_rewritten(files: dict[Kind, Investigation], statement: str) -> None:
    refused = pytest.raises(DatabaseError, match="permission denied")
    with inside(*Kind.values), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.name)
@pytest.mark.parametrize("kind", list(Kind))
def test_each_role_opens_its_own_wall_and_the_dpo_its_cover(
    files: dict[Kind, Investigation], role: Role, kind: Kind
) -> None:
    client = builders.enter_gestion(Client(), builders.colleague(role))
    answer = client.get(reverse("admin:privacy_investigation_change", args=[files[kind].pk]))
    reads = {Kind.FRAUD: Role.FRAUD, Kind.FINANCIAL_CRIME: Role.VIGILANCE}[kind] == role
    assert answer.status_code == (
        200 if reads or role == Role.DPO else 404 if role in {Role.FRAUD, Role.VIGILANCE} else 403
    )
    page = words_of(answer.text)
    assert (FACTS in page) == reads
    assert ("Le Goff" in page) == reads
    assert ("TRF-1" in page) == (reads and kind == Kind.FINANCIAL_CRIME)
    if role == Role.DPO:
        assert files[kind].reference in page and "Qui l’a ouvert" in page


def test_a_look_is_in_the_journal_and_in_nobody_s_list_of_looks(
    files: dict[Kind, Investigation], cast: Cast, client: Client
) -> None:
    """L. 561-18: that a file was read is known to the officer, by its number, and never to the person."""
    last = Entry.objects.order_by("-pk").values_list("pk", flat=True)[0]
    case = files[Kind.FINANCIAL_CRIME]
    reader = builders.colleague(Role.VIGILANCE)
    address = reverse("admin:privacy_investigation_change", args=[case.pk])
    assert builders.enter_gestion(Client(), reader).get(address).status_code == 200
    [entry] = Entry.objects.filter(pk__gt=last, action="investigation.consulted")
    assert (entry.account_id, entry.object_id) == (reader.pk, str(case.pk))
    named = [one for one in Entry.objects.filter(pk__gt=last) if one.subject_id or "about" in one.details]
    assert named == []
    builders.sign_in(client, cast.alice_account)
    assert "dossier d’enquête" not in words_of(client.get(reverse("privacy:looks")).text).lower()
    cover = builders.enter_gestion(Client(), builders.colleague(Role.DPO)).get(address)
    assert f"compte n° {reader.pk}" in words_of(cover.text).replace("\u00a0", " ")


def test_no_entry_of_vigilance_says_what_was_done(files: dict[Kind, Investigation]) -> None:
    case = files[Kind.FINANCIAL_CRIME]
    entries = Entry.objects.filter(object_kind="investigation", object_id=str(case.pk))
    assert {entry.action for entry in entries} == {"investigation.opened", "investigation.followed"}
    assert all(entry.details == {} and entry.subject_id is None for entry in entries)


def test_nothing_of_a_file_is_copied_into_the_past_of_rows(files: dict[Kind, Investigation]) -> None:
    with isolation.system():
        labels = {model._meta.label for model in WALLED}
        assert not RowChange.objects.filter(model__in=labels).exists()
        assert not RowCreation.objects.filter(model__in=labels).exists()
