"""Runs of retention, their reports and switches, the archive, and the accounts that were warned."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

SYSTEM = "(SELECT current_setting('app.scope', true) = 'system')"
STAFF = "(SELECT current_setting('app.scope', true) = 'staff')"
TABLES = ("privacy_archived", "privacy_retentionwarning")
WALLS = "\n".join(
    f"""
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY tenant ON {table} USING ({SYSTEM}) WITH CHECK ({SYSTEM});
    CREATE POLICY staff ON {table} FOR SELECT USING ({STAFF});
    """
    for table in TABLES
)
WALLS_BACK = "\n".join(
    f"""
    DROP POLICY staff ON {table};
    DROP POLICY tenant ON {table};
    ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
    """
    for table in TABLES
)
# The web asks, stops and reads. What is done is written by the role that does it, and by the night's own work.
GRANTS = """
    REVOKE UPDATE, DELETE, TRUNCATE ON privacy_retentionrun, privacy_retentionreport FROM app;
    REVOKE DELETE, TRUNCATE ON privacy_retentionswitch FROM app;
    REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON privacy_archived, privacy_retentionwarning FROM app;
"""
GRANTS_BACK = """
    GRANT UPDATE, DELETE ON privacy_retentionrun, privacy_retentionreport TO app;
    GRANT DELETE ON privacy_retentionswitch TO app;
    GRANT INSERT, UPDATE, DELETE ON privacy_archived, privacy_retentionwarning TO app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0017_staffyear"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Archived",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "space",
                    models.CharField(
                        choices=[
                            ("adherent", "Espace adhérent"),
                            ("employeur", "Espace employeur"),
                            ("professionnel", "Espace professionnel de santé"),
                            ("gestion", "Gestion"),
                        ],
                        max_length=16,
                        verbose_name="espace",
                    ),
                ),
                ("subject_id", models.BigIntegerField(verbose_name="personne")),
                ("since", models.DateField(verbose_name="depuis le")),
            ],
            options={
                "verbose_name": "personne archivée",
                "verbose_name_plural": "personnes archivées",
                "constraints": [models.UniqueConstraint(fields=("space", "subject_id"), name="archived_once")],
            },
        ),
        migrations.CreateModel(
            name="RetentionRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="jour")),
                ("is_dry", models.BooleanField(default=False, verbose_name="à blanc")),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "Demandé"), ("running", "En cours"), ("done", "Fait")],
                        default="asked",
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="demandé le")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="fini le")),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="demandé par",
                    ),
                ),
            ],
            options={
                "verbose_name": "passage de la conservation",
                "verbose_name_plural": "passages de la conservation",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "running", "done"])),
                        name="retention_run_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", False), ("state", "done")),
                            models.Q(models.Q(("state", "done"), _negated=True), ("ended_at", None)),
                            _connector="OR",
                        ),
                        name="retention_run_ends_at_an_instant",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RetentionReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=60, verbose_name="règle")),
                ("day", models.DateField(verbose_name="jour")),
                ("is_dry", models.BooleanField(default=False, verbose_name="à blanc")),
                ("due", models.PositiveBigIntegerField(default=0, verbose_name="échus")),
                ("held", models.PositiveBigIntegerField(default=0, verbose_name="retenus")),
                ("linked", models.PositiveBigIntegerField(default=0, verbose_name="encore liés")),
                ("handled", models.PositiveBigIntegerField(default=0, verbose_name="traités")),
                ("deleted", models.PositiveBigIntegerField(default=0, verbose_name="lignes supprimées")),
                ("emptied", models.PositiveBigIntegerField(default=0, verbose_name="lignes vidées")),
                ("archived", models.PositiveBigIntegerField(default=0, verbose_name="archivés")),
                ("warned", models.PositiveBigIntegerField(default=0, verbose_name="prévenus")),
                ("holds", models.JSONField(default=list, verbose_name="conservations")),
                (
                    "ending",
                    models.CharField(
                        choices=[
                            ("running", "En cours"),
                            ("done", "Fait"),
                            ("stopped", "Arrêtée"),
                            ("failed", "Interrompue"),
                        ],
                        default="running",
                        max_length=8,
                        verbose_name="fin",
                    ),
                ),
                ("milliseconds", models.PositiveBigIntegerField(default=0, verbose_name="durée en millisecondes")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="instant")),
                (
                    "run",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="privacy.retentionrun",
                    ),
                ),
            ],
            options={
                "verbose_name": "compte rendu de conservation",
                "verbose_name_plural": "comptes rendus de conservation",
                "indexes": [models.Index(fields=["rule", "-id"], name="retention_report_rule")],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "rule"), name="retention_report_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ending__in", ["running", "done", "stopped", "failed"])),
                        name="retention_report_ending_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RetentionSwitch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(blank=True, max_length=60, verbose_name="règle")),
                ("reason", models.CharField(max_length=300, verbose_name="raison")),
                ("set_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="arrêtée le")),
                ("lifted_at", models.DateTimeField(blank=True, null=True, verbose_name="reprise le")),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reprise par",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="arrêtée par",
                    ),
                ),
            ],
            options={
                "verbose_name": "arrêt de la conservation",
                "verbose_name_plural": "arrêts de la conservation",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="retention_switch_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at", None), ("lifted_by", None)),
                            models.Q(("lifted_at__gte", models.F("set_at")), ("lifted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="retention_switch_lifted_by_somebody",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)), fields=("rule",), name="retention_switch_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RetentionWarning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=60, verbose_name="règle")),
                ("warned_on", models.DateField(verbose_name="prévenu le")),
                ("acts_on", models.DateField(verbose_name="fermeture le")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="compte",
                    ),
                ),
            ],
            options={
                "verbose_name": "avertissement de fermeture",
                "verbose_name_plural": "avertissements de fermeture",
                "constraints": [models.UniqueConstraint(fields=("account", "rule"), name="retention_warning_once")],
            },
        ),
        migrations.RunSQL(WALLS, WALLS_BACK),
        migrations.RunSQL(GRANTS, GRANTS_BACK),
    ]
