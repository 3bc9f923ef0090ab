"""The seals of the journal, and what the role `sealer` may do: read the entries, add seals, nothing else."""

import django.contrib.postgres.fields
from django.db import migrations, models

SEALER = """
    CREATE INDEX journal_xid ON privacy_entry (xid);
    GRANT USAGE ON SCHEMA public TO sealer;
    GRANT SELECT ON privacy_entry TO sealer;
    GRANT SELECT, INSERT ON privacy_seal TO sealer;
    REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON privacy_seal FROM app;
"""
BACK = """
    DROP INDEX journal_xid;
    REVOKE ALL ON privacy_entry, privacy_seal FROM sealer;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0005_lookup_incidents"),
    ]

    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="numéro")),
                ("cluster", models.CharField(max_length=20, verbose_name="serveur de base de données")),
                ("horizon", models.BigIntegerField(verbose_name="transactions scellées")),
                ("first", models.BigIntegerField(verbose_name="première feuille")),
                ("size", models.BigIntegerField(unique=True, verbose_name="écritures scellées en tout")),
                (
                    "entries",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None, verbose_name="écritures"
                    ),
                ),
                ("least", models.BigIntegerField(verbose_name="plus petit numéro d’écriture")),
                ("greatest", models.BigIntegerField(db_index=True, verbose_name="plus grand numéro d’écriture")),
                ("first_at", models.DateTimeField(verbose_name="première écriture")),
                ("last_at", models.DateTimeField(verbose_name="dernière écriture")),
                ("hashes", models.BinaryField(verbose_name="empreintes")),
                ("frontier", models.BinaryField(verbose_name="sommets de l’arbre")),
                ("checkpoint", models.TextField(verbose_name="point de contrôle signé")),
                ("sealed_at", models.DateTimeField(verbose_name="scellé le")),
            ],
            options={
                "verbose_name": "scellé du journal",
                "verbose_name_plural": "scellés du journal",
                "ordering": ["number"],
            },
        ),
        migrations.RunSQL(SEALER, BACK),
    ]
