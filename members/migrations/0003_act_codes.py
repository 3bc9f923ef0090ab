"""The reference tables of acts, which feeds and guarantee tables point at."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from members.benefits.reference import load


def load_reference(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    load(
        apps.get_model("members", "ActFamily"),
        apps.get_model("members", "ActCode"),
        apps.get_model("members", "ActTariff"),
        using=schema_editor.connection.alias,
    )


class Migration(migrations.Migration):
    dependencies = [("members", "0002_initial")]
    operations = [migrations.RunPython(load_reference, migrations.RunPython.noop)]
