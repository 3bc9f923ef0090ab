"""The role that reads the figures reads nothing else, and neither it nor the role of campaigns reads health (PDP-4.1, 5.2)."""

import grimp
import psycopg
import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from members.benefits.models import BenefitLine
from members.figures.benefits import SOURCE
from portals.access import isolation
from portals.declarations import Sensitivity
from privacy.erasure import registry
from privacy.erasure.actions import order, stored
from privacy.erasure.planning import plan_for
from privacy.erasure.running import run_due
from privacy.register.checks import OWN_APPS, declaration_of
from privacy.statistics.actions import make
from privacy.statistics.reading import cells_of
from tests import builders
from tests.harness import databases
from tests.privacy.erasure.planted import somebody
from tests.privacy.statistics.objects import MONTH, portfolio

ROLES = ("statistics", "campaigns")
RELATIONS = """
    SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
    ORDER BY 1
"""
FUNCTIONS = """
    SELECT format('%I.%I', n.nspname, p.proname) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND p.prorettype <> 'trigger'::regtype
    AND p.prosecdef AND has_function_privilege('statistics', p.oid, 'EXECUTE')
    AND has_schema_privilege('statistics', n.oid, 'USAGE')
"""
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "statistics"])


def tables_of_health() -> list[str]:
    """Every table with a field that some `personal_data.py` says is about health."""
    return sorted(
        apps.get_model(label)._meta.db_table
        for app in OWN_APPS
        for label, kinds in declaration_of(app).items()
        if any(kind.sensitivity == Sensitivity.HEALTH for kind in kinds)
    )


def read_as(role: str, relations: list[str]) -> list[str]:
    """Those of them that the role reads something of."""
    found = []
    alias = "statistics" if role == "statistics" else "default"
    with databases.connect(connection.settings_dict["NAME"], alias) as other:
        if role != "statistics":
            other.execute(f"SET ROLE {role}")
        for relation in relations:
            try:
                other.execute(f"SELECT * FROM {relation} LIMIT 1")
            except psycopg.errors.InsufficientPrivilege:
                continue
            found.append(relation)
    return found


@pytest.mark.commitment("PDP-5.2")
def test_the_role_of_statistics_reads_its_cells_and_their_words_and_nothing_else() -> None:
    with connection.cursor() as cursor:
        cursor.execute(RELATIONS)
        relations = [row[0] for row in cursor.fetchall()]
        cursor.execute(FUNCTIONS)
        assert cursor.fetchall() == []
        cursor.execute(
            "SELECT count(*) FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace <> 'pg_catalog'::regnamespace "
            "AND (has_any_column_privilege('statistics', oid, 'INSERT, UPDATE') "
            "OR has_table_privilege('statistics', oid, 'DELETE, TRUNCATE'))"
        )
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM pg_auth_members WHERE member = 'statistics'::regrole")
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = 'statistics'"
        )
        assert cursor.fetchone() == (False,)
    assert len(relations) > 200
    assert read_as("statistics", relations) == ["statistics.cell", "statistics.word"]


@pytest.mark.commitment("PDP-3.9")
def test_the_portals_put_figures_in_and_read_none_of_them() -> None:
    with databases.connect(connection.settings_dict["NAME"], "default") as app:
        for statement in (
            "SELECT * FROM statistics.cell",
            "DELETE FROM statistics.cell",
            "SELECT * FROM statistics.edition",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(statement)


@pytest.mark.commitment("PDP-4.1")
@pytest.mark.parametrize("role", ROLES)
def test_no_table_of_health_is_read_by_statistics_or_by_campaigns(role: str) -> None:
    """Every table that declares a field of health, those that come later included."""
    tables = tables_of_health()
    assert {"members_benefitline", "members_statement", "members_carerequest", "privacy_medicalcase"} <= set(tables)
    assert len(tables) > 15
    assert read_as(role, tables) == []


@pytest.mark.commitment("PDP-4.1")
def test_the_code_of_campaigns_leads_to_no_room_of_care() -> None:
    """By imports, however long the way, but for the faces of the apps, which Django itself reads."""
    graph = grimp.build_graph("portals", "privacy", "members", include_external_packages=False)
    for face in ("members.models", "members.apps", "members.admin", "members.catalogue"):
        graph.remove_module(face)
    care = [
        name for name in graph.modules if name.startswith(("members.benefits", "members.statements", "members.quotes"))
    ]
    assert len(care) > 20
    for start in ("privacy.campaigns", "members.audience"):
        for module in graph.find_descendants(start):
            upstream = graph.find_upstream_modules(module)
            assert sorted(upstream.intersection(care)) == [], module


@pytest.mark.django_db(transaction=True, databases=["default", "owner", "statistics", "eraser"])
@pytest.mark.commitment("PDP-3.9")
def test_erasing_somebody_changes_no_figure() -> None:
    portfolio()
    gone = somebody("70000009", 9)
    care = builders.benefit(gone.person)
    with isolation.system():
        BenefitLine.objects.filter(pk=care.pk).update(payment_date=MONTH)
    make(source=SOURCE, month=MONTH, by=None)
    before = cells_of("benefits", MONTH, MONTH)
    with isolation.system():
        target = registry.answers_of("adherent").find(gone.person.pk, gone.person.household_id)
        shown = stored(plan_for(target, timezone.localdate()))
    order(by=builders.staff(), target=target, shown=shown)
    assert run_due().erasures == 1
    with isolation.system():
        assert not BenefitLine.objects.filter(person=gone.person).exists()
    assert cells_of("benefits", MONTH, MONTH) == before
