"""How the journal is searched, and what the watch over it finds."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

KINDS = [
    ("account_misuse", "Usage frauduleux d’un compte"),
    ("lookup_abuse", "Vérifications de droits inhabituelles"),
    ("sign_in_burst", "Rafale de connexions refusées"),
    ("mass_looks", "Consultations en nombre inhabituel"),
    ("mass_exports", "Exports en nombre inhabituel"),
    ("night_exports", "Exports de nuit"),
    ("bank_after_email", "Compte bancaire changé après l’adresse e-mail"),
    ("journal_broken", "Journal altéré"),
]
SOURCES = [
    ("fraud_report", "Signalement d’un titulaire"),
    ("rights_lookup", "Vérification des droits"),
    ("journal_watch", "Surveillance du journal"),
]
# Few entries name somebody in their details; blocks of instants cost a page of index for a million entries.
BY_HAND = """
    CREATE INDEX journal_about ON privacy_entry USING gin (string_to_array(details ->> 'about', ' '))
        WHERE details ? 'about';
    CREATE INDEX journal_at ON privacy_entry USING brin (at) WITH (pages_per_range = 32);
    REVOKE DELETE ON privacy_anomaly FROM app;
"""
BACK = "DROP INDEX journal_about; DROP INDEX journal_at; GRANT DELETE ON privacy_anomaly TO app"


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0006_seals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="incident",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=20, verbose_name="nature"),
        ),
        migrations.AlterField(
            model_name="incident",
            name="source",
            field=models.CharField(choices=SOURCES, max_length=20, verbose_name="origine"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                fields=["subject_id", "-at"], name="journal_subject", condition=models.Q(("subject_id__isnull", False))
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                fields=["object_kind", "object_id", "-at"],
                name="journal_object",
                condition=models.Q(("object_id", ""), _negated=True),
            ),
        ),
        migrations.CreateModel(
            name="Anomaly",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=80, unique=True, verbose_name="règle, sujet et jour")),
                ("found_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="constatée le")),
                ("dismissed_at", models.DateTimeField(blank=True, null=True, verbose_name="écartée le")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="raison")),
                (
                    "dismissed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="par",
                    ),
                ),
                (
                    "incident",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="anomaly",
                        to="privacy.incident",
                        verbose_name="incident",
                    ),
                ),
            ],
            options={
                "verbose_name": "anomalie du journal",
                "verbose_name_plural": "anomalies du journal",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dismissed_at", None), ("dismissed_by", None), ("reason", "")),
                            models.Q(
                                ("dismissed_at__isnull", False),
                                ("dismissed_by__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="anomaly_is_dismissed_with_a_reason",
                    )
                ],
            },
        ),
        migrations.RunSQL(BY_HAND, BACK),
    ]
