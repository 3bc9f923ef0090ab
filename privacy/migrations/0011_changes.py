"""The past of rows: its tables, and who may write and read them."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import privacy.changes.fields
from portals.access.row_security import SYSTEM, append_only

WALL = f"""
    ALTER TABLE privacy_rowchange ENABLE ROW LEVEL SECURITY;
    ALTER TABLE privacy_rowchange FORCE ROW LEVEL SECURITY;
    CREATE POLICY written ON privacy_rowchange FOR INSERT WITH CHECK (true);
    CREATE POLICY read ON privacy_rowchange FOR SELECT USING ({SYSTEM});
    CREATE POLICY erased ON privacy_rowchange FOR DELETE USING ({SYSTEM});
    REVOKE INSERT, UPDATE, TRUNCATE ON privacy_rowchange FROM app;
    REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON privacy_rowcreation FROM app;
    REVOKE UPDATE, DELETE, TRUNCATE ON pghistory_context FROM app;
"""  # noqa: S608 a condition of our own, no outside text
"""Triggers alone write (as the owner); the past is read and erased in the system's scope."""

NO_TRIGGERS = """
    DROP FUNCTION IF EXISTS history_created() CASCADE;
    DROP FUNCTION IF EXISTS history_updated() CASCADE;
    DROP FUNCTION IF EXISTS history_deleted() CASCADE;
"""
"""`privacy.changes.triggers` makes them after each `migrate`; without these tables, none may stay."""


class Migration(migrations.Migration):
    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("privacy", "0010_rights"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Restoration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="instant")),
                ("model", models.CharField(max_length=80, verbose_name="modèle")),
                ("row_key", models.TextField(verbose_name="numéro de ligne")),
                ("column", models.TextField(verbose_name="colonne")),
                ("change", models.CharField(max_length=40, verbose_name="changement défait")),
                ("reason", models.CharField(max_length=300, verbose_name="raison")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "valeur rétablie",
                "verbose_name_plural": "valeurs rétablies",
            },
        ),
        migrations.CreateModel(
            name="RowChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="instant")),
                ("model", models.CharField(max_length=80, verbose_name="modèle")),
                ("row_key", models.TextField(verbose_name="numéro de ligne")),
                (
                    "kind",
                    models.CharField(
                        choices=[("update", "Modification"), ("delete", "Suppression")],
                        max_length=8,
                        verbose_name="sorte",
                    ),
                ),
                ("old", models.JSONField(verbose_name="valeurs d’avant")),
                (
                    "changed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), verbose_name="colonnes changées"
                    ),
                ),
                ("account_id", models.BigIntegerField(null=True, verbose_name="compte")),
                ("operation", models.TextField(verbose_name="opération")),
            ],
            options={
                "verbose_name": "changement de ligne",
                "verbose_name_plural": "changements de lignes",
                "indexes": [models.Index(fields=["model", "row_key", "-at"], name="rowchange_row")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["update", "delete"])), name="rowchange_kind_is_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RowCreation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="instant")),
                ("model", models.CharField(max_length=80, verbose_name="modèle")),
                ("numbers", privacy.changes.fields.NumbersField(verbose_name="numéros")),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, verbose_name="codes"
                    ),
                ),
                ("account_id", models.BigIntegerField(null=True, verbose_name="compte")),
                ("operation", models.TextField(verbose_name="opération")),
            ],
            options={
                "verbose_name": "création de lignes",
                "verbose_name_plural": "créations de lignes",
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(fields=["numbers"], name="rowcreation_numbers"),
                    models.Index(fields=["model", "-at"], name="rowcreation_model"),
                ],
            },
        ),
        migrations.RunSQL(WALL, NO_TRIGGERS),
        append_only("privacy_restoration"),
    ]
