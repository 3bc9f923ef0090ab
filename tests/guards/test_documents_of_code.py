"""Guards over the code itself: what no reviewer should have to look for."""

import re
import subprocess
from importlib.metadata import version
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command
from django.db import models
from packaging.version import Version

from privacy.register.checks import OWN_APPS, every_field_is_classified

ROOT = Path(__file__).resolve().parent.parent.parent
FLOORS = {
    "django": "6.1.3",
    "django-allauth": "65.21.1",
    "weasyprint": "70.0",
    "celery": "5.7.0",
    "psycopg": "3.3",
}
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGES = [path for path in TEMPLATES if "emails" not in path.parts and "pdf" not in path.parts]
SOURCES = sorted(path for app in (*OWN_APPS, "config") for path in (ROOT / app).rglob("*.py"))


def own_models() -> list[type[models.Model]]:
    return [model for app in OWN_APPS for model in apps.get_app_config(app).get_models()]


@pytest.mark.parametrize("package", FLOORS)
def test_no_package_is_older_than_its_known_advisories_allow(package: str) -> None:
    assert Version(version(package)) >= Version(FLOORS[package])


def test_every_field_of_every_model_is_classified() -> None:
    assert every_field_is_classified() == []


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_a_row_names_itself_without_personal_data(model: type[models.Model]) -> None:
    """Every text field is given a canary; none may come out of __str__, unless the field is public reference data."""
    names = {"Occurrence", "Recipient"}  # of a method of the database, of a firm
    public = {"plan_code", "code", "name" if model.__name__ in names else "", "kind", "processing"}
    values = {
        field.attname: f"canary-{field.name}"
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and field.name not in public
    }
    assert "canary" not in str(model(**values))


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_has_no_inline_script_style_or_third_party(page: Path) -> None:
    source = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", page.read_text("utf-8"), flags=re.DOTALL)
    assert not re.search(r"<script(?![^>]*\bsrc=)", source)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", source)
    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", source)


def beginnings(name: str) -> set[str]:
    """What an f-string that names the template at run time may begin with: its folder, or its stem up to a `_`."""
    folder, _, file = name.rpartition("/")
    return {f"{folder}/", f"{folder}/{file.rpartition('_')[0]}_"} if folder else set()


DJANGO_ADMIN = Path(admin.__file__).parent / "templates/admin"


def test_every_template_is_used() -> None:
    """A template is named by code or by another template, or Django asks for it by itself."""
    asked_by_django = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
    text = "\n".join(path.read_text("utf-8") for path in [*SOURCES, *TEMPLATES, *(ROOT / "templates").rglob("*.txt")])
    unused = [
        name
        for path in TEMPLATES
        if (name := str(path.relative_to(ROOT / "templates"))) not in asked_by_django
        and name not in text
        and not name.startswith("django/")
        and not (name.startswith("admin/") and list(DJANGO_ADMIN.rglob(path.name)))  # ours in its place
        and name.rsplit(".", 1)[0] not in text
        and not any(f"{beginning}{{" in text for beginning in beginnings(name))
    ]
    assert unused == []


def test_no_file_became_a_corridor() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in SOURCES
        if "migrations" not in path.parts and (lines := path.read_text("utf-8").count("\n")) > 320
    }
    assert long == {}


def test_nothing_committed_names_a_registry_or_a_machine() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    hosts = ("registry." + "npmjs", "pypi." + "org", "files.python" + "hosted")
    folders = ("/wo" + "rk/main", "/wo" + "rk/shared")
    wrong = []
    for name in filter(None, tracked):
        path = ROOT / name
        if path.suffix in {".png", ".woff2", ".pdf"} or not path.is_file():
            continue
        text = path.read_text("utf-8", errors="replace")
        wrong += [f"{name}: {word}" for word in (*hosts, *folders) if word in text]
    assert wrong == []
