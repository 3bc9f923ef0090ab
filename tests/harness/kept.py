"""The cluster that an earlier run migrated, kept for the next one: migrating takes ten times as long as copying it.

One is kept, in `var/template`, named after what made it: the migrations, the modules of ours that they
import, and the program of PostgreSQL. Anything else gives another name, and a new template. A machine
that says `CI` keeps and takes nothing: there the migrations always run.
"""

import ast
import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from config.embedded.binaries import postgres_bin
from config.embedded.placement import create_directory, placement, prepare, server_user

APPS = ("portals", "privacy", "members", "employers", "providers")
AFTER_MIGRATE = (
    "portals/gestion/roles.py",
    "portals/gestion/granting.py",
    "privacy/changes/triggers.py",
    "privacy/changes/scope.py",
)
"""What receivers of `post_migrate` fill tables and make triggers from."""
ASSESSED = (
    "privacy/register/declared.py",
    "privacy/register/assessments/demonstration.py",
    "tests/harness/assessed.py",
)
STORE = settings.ROOT / "var" / "template"


def wanted() -> bool:
    return not os.environ.get("CI")


def fetch(directory: Path) -> bool:
    """Lays the kept cluster into `directory`, before its servers start; False when there is none that fits."""
    kept = STORE / name()
    if not wanted() or not (kept / "PG_VERSION").exists():
        return False
    place = placement(directory)
    create_directory(place.directory)
    prepare(place)
    try:
        _copy(kept, place.postgres)
    except subprocess.CalledProcessError:  # another run replaced it under our hands
        shutil.rmtree(place.postgres, ignore_errors=True)
        return False
    return True


def keep(directory: Path, made_as: str) -> None:
    """Keeps the stopped cluster of `directory` as `made_as`, in place of any other."""
    if not wanted() or made_as != name() or (STORE / made_as).exists():
        return  # somebody edited a migration meanwhile, or another run was first
    if (placement(directory).postgres / "postmaster.pid").exists():
        return  # PostgreSQL did not end by itself
    STORE.mkdir(parents=True, exist_ok=True)
    coming = STORE / f"coming-{os.getpid()}"
    _copy(placement(directory).postgres, coming)
    for old in STORE.iterdir():
        if old != coming and not old.name.startswith("coming-"):
            shutil.rmtree(old, ignore_errors=True)
    coming.rename(STORE / made_as)


def name() -> str:
    """The name of the template that today's sources would make."""
    digest = hashlib.sha256(os.fsencode(postgres_bin(server_user())))
    for path in sorted(_sources()):
        digest.update(os.fsencode(path) + b"\0" + path.read_bytes())
    return digest.hexdigest()[:24]


def _sources() -> set[Path]:
    migrations = {path for app in APPS for path in (settings.ROOT / app / "migrations").glob("*.py")}
    imported = {path for migration in migrations for path in _imported(migration)}
    return migrations | imported | {settings.ROOT / source for source in (*AFTER_MIGRATE, *ASSESSED)}


def _imported(migration: Path) -> Iterator[Path]:
    """The files of our modules that `migration` imports; of a package, all that it holds, data included."""
    for node in ast.walk(ast.parse(migration.read_text())):
        names = (
            [f"{node.module}.{alias.name}" for alias in node.names] + [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else []
        )
        for dotted in names:
            if dotted.partition(".")[0] not in APPS:
                continue
            found = settings.ROOT.joinpath(*dotted.split("."))
            if found.with_suffix(".py").is_file():
                yield found.with_suffix(".py")
            elif found.is_dir() and dotted.count("."):
                yield from (path for path in found.rglob("*") if path.is_file() and path.suffix != ".pyc")


def _copy(source: Path, target: Path) -> None:
    """With its owners, which `shutil` forgets: PostgreSQL only starts on data of its own user."""
    subprocess.run(["cp", "-a", source, target], check=True)
