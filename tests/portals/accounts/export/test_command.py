"""`manage.py data_package`: the package as the portal gives it, for a request that comes by post."""

import io
import json
import stat
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from privacy.audit.models import Entry
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-8.1")]


def test_it_writes_the_files_of_the_package_for_their_owner_alone(cast: Cast, tmp_path: Path) -> None:
    out, said = tmp_path / "copie", io.StringIO()
    call_command("data_package", cast.alice_account.identifier, "--out", str(out), stdout=said)
    files = [path for path in out.rglob("*") if path.is_file()]
    assert said.getvalue().splitlines()[-1] == f"files={len(files)}"
    names = {str(path.relative_to(out)) for path in files}
    assert {"vos-donnees.pdf", "adherent/fhir.json", "adherent/donnees.json", "adherent/portabilite.json"} <= names
    assert {"compte/donnees.json", "adherent/tableaux/person.csv", "adherent/prestations.csv"} <= names
    models = json.loads((out / "adherent/donnees.json").read_text(encoding="utf-8"))["models"]
    assert models["members.Person"]["rows"][0]["family_name"] == "Le Goff"
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE(out.stat().st_mode) == 0o700
    assert Entry.objects.filter(action="account.export_written", object_id=str(cast.alice_account.pk)).count() == 1


def test_it_leaves_the_one_archive_when_asked(cast: Cast, tmp_path: Path) -> None:
    call_command("data_package", cast.company_account.identifier, "--out", str(tmp_path), "--zip", stdout=io.StringIO())
    with zipfile.ZipFile(tmp_path / "donnees.zip") as package:
        assert "employeur/entreprise.csv" in package.namelist()


def test_it_refuses_an_unknown_account_and_a_folder_that_holds_something(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such account"):
        call_command("data_package", "0000000000", "--out", str(tmp_path / "a"))
    (tmp_path / "notes.txt").touch()
    with pytest.raises(CommandError, match="not empty"):
        call_command("data_package", cast.alice_account.identifier, "--out", str(tmp_path))
