"""Erasures, holds and restrictions; the role that erases, and the ledger in a schema of its own."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import privacy.erasure.models

SYSTEM = "(SELECT current_setting('app.scope', true) = 'system')"
STAFF = "(SELECT current_setting('app.scope', true) = 'staff')"
MINE = f"""(
    (space = 'adherent' AND tenant_id = (SELECT nullif(current_setting('app.household', true), '')::bigint))
    OR (space <> 'adherent' AND subject_id = (SELECT nullif(current_setting('app.account', true), '')::bigint))
    OR {SYSTEM}
)"""
WALLS = "\n".join(
    f"""
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY tenant ON {table} USING ({seen}) WITH CHECK ({SYSTEM});
    CREATE POLICY staff ON {table} FOR SELECT USING ({STAFF});
    """
    for table, seen in (("privacy_erasure", SYSTEM), ("privacy_legalhold", SYSTEM), ("privacy_freeze", MINE))
)
WALLS_BACK = "\n".join(
    f"""
    DROP POLICY staff ON {table};
    DROP POLICY tenant ON {table};
    ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
    """
    for table in ("privacy_erasure", "privacy_legalhold", "privacy_freeze")
)
# The web orders and reads. What is done is written by the role that does it.
ORDERS = """
    REVOKE UPDATE, DELETE, TRUNCATE ON privacy_erasure FROM app;
    REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON privacy_erasurestep FROM app;
    REVOKE DELETE, TRUNCATE ON privacy_legalhold, privacy_freeze FROM app;
    GRANT SELECT (space, tenant_id, subject_id, lifted_at) ON privacy_freeze TO campaigns;
"""
ORDERS_BACK = """
    REVOKE ALL ON privacy_freeze FROM campaigns;
    GRANT UPDATE, DELETE ON privacy_erasure, privacy_legalhold, privacy_freeze TO app;
    GRANT INSERT, UPDATE, DELETE ON privacy_erasurestep TO app;
"""
ROLE = """
    DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'eraser') THEN
            CREATE ROLE eraser LOGIN NOBYPASSRLS;
        END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- another database of the cluster was faster
    END $$;
"""
LEDGER = """
    CREATE SCHEMA erasures;
    CREATE TABLE erasures.ledger (
        number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        reference text NOT NULL UNIQUE,
        erased_on date NOT NULL,
        subject bytea NOT NULL CHECK (length(subject) = 32)
    );
    GRANT USAGE ON SCHEMA erasures TO eraser, backup;
    GRANT SELECT, INSERT ON erasures.ledger TO eraser;
    GRANT SELECT ON erasures.ledger TO backup;
    CREATE POLICY emptied ON privacy_rowchange FOR UPDATE TO eraser
        USING ((SELECT current_setting('app.scope', true) = 'system')) WITH CHECK (true);
"""
LEDGER_BACK = """
    DROP POLICY emptied ON privacy_rowchange;
    DROP SCHEMA erasures CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0013_vault"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=privacy.erasure.models.new_reference,
                        max_length=32,
                        unique=True,
                        verbose_name="référence",
                    ),
                ),
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
                ("tenant_id", models.BigIntegerField(blank=True, null=True, verbose_name="foyer ou professionnel")),
                ("subject_id", models.BigIntegerField(verbose_name="personne ou compte")),
                (
                    "accounts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, verbose_name="comptes"
                    ),
                ),
                ("is_alone", models.BooleanField(default=False, verbose_name="seule du foyer")),
                ("is_running", models.BooleanField(default=False, verbose_name="contrat en cours")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="dernier jour du contrat")),
                ("request_number", models.CharField(blank=True, max_length=16, verbose_name="demande")),
                ("plan", models.JSONField(default=list, verbose_name="plan")),
                (
                    "state",
                    models.CharField(
                        choices=[("ordered", "Ordonné"), ("done", "Fait")],
                        default="ordered",
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                ("ordered_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="ordonné le")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="fait le")),
                (
                    "ordered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ordonné par",
                    ),
                ),
            ],
            options={
                "verbose_name": "effacement",
                "verbose_name_plural": "effacements",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["ordered", "done"])), name="erasure_state_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", False), ("state", "done")),
                            models.Q(("done_at", None), ("state", "ordered")),
                            _connector="OR",
                        ),
                        name="erasure_done_at_an_instant",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "ordered")),
                        fields=("space", "subject_id"),
                        name="erasure_one_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ErasureStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="étape")),
                ("deleted", models.PositiveIntegerField(verbose_name="lignes supprimées")),
                ("emptied", models.PositiveIntegerField(verbose_name="lignes vidées")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="faite le")),
                (
                    "erasure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="privacy.erasure"
                    ),
                ),
            ],
            options={
                "verbose_name": "étape d’un effacement",
                "verbose_name_plural": "étapes des effacements",
                "constraints": [models.UniqueConstraint(fields=("erasure", "name"), name="erasure_step_once")],
            },
        ),
        migrations.CreateModel(
            name="Freeze",
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
                ("tenant_id", models.BigIntegerField(blank=True, null=True, verbose_name="foyer")),
                ("subject_id", models.BigIntegerField(verbose_name="personne ou compte")),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("accuracy", "L’exactitude des données est contestée (RGPD, article 18.1.a)"),
                            (
                                "unlawful",
                                "L’usage serait illicite et la personne préfère la limitation (RGPD, article 18.1.b)",
                            ),
                            ("claims", "La personne en a besoin pour défendre ses droits (RGPD, article 18.1.c)"),
                            ("objection", "Une opposition est en cours d’examen (RGPD, article 18.1.d)"),
                        ],
                        max_length=10,
                        verbose_name="fondement",
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="raison")),
                ("request_number", models.CharField(blank=True, max_length=16, verbose_name="demande")),
                ("set_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="posée le")),
                ("lifted_at", models.DateTimeField(blank=True, null=True, verbose_name="levée le")),
                ("lift_reason", models.CharField(blank=True, max_length=300, verbose_name="raison de la levée")),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="levée par",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="posée par",
                    ),
                ),
            ],
            options={
                "verbose_name": "limitation d’usage",
                "verbose_name_plural": "limitations d’usage",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ground__in", ["accuracy", "unlawful", "claims", "objection"]),
                            models.Q(("reason", ""), _negated=True),
                        ),
                        name="freeze_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lift_reason", ""), ("lifted_at", None), ("lifted_by", None)),
                            models.Q(
                                ("lifted_at__gte", models.F("set_at")),
                                ("lifted_by__isnull", False),
                                models.Q(("lift_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="freeze_lifted_with_a_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)),
                        fields=("space", "subject_id"),
                        name="freeze_one_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalHold",
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
                ("tenant_id", models.BigIntegerField(blank=True, null=True, verbose_name="foyer ou professionnel")),
                ("subject_id", models.BigIntegerField(verbose_name="personne ou compte")),
                ("reason", models.CharField(max_length=300, verbose_name="raison")),
                ("until", models.DateField(verbose_name="jusqu’au")),
                ("set_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="posé le")),
                ("lifted_at", models.DateTimeField(blank=True, null=True, verbose_name="levé le")),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="levé par",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="posé par",
                    ),
                ),
            ],
            options={
                "verbose_name": "conservation pour litige",
                "verbose_name_plural": "conservations pour litige",
                "indexes": [models.Index(fields=["space", "subject_id"], name="legal_hold_subject")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="legal_hold_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at", None), ("lifted_by", None)),
                            models.Q(("lifted_at__gte", models.F("set_at")), ("lifted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="legal_hold_lifted_by_somebody",
                    ),
                ],
            },
        ),
        migrations.RunSQL(ROLE, migrations.RunSQL.noop),
        migrations.RunSQL(LEDGER, LEDGER_BACK),
        migrations.RunSQL(WALLS, WALLS_BACK),
        migrations.RunSQL(ORDERS, ORDERS_BACK),
    ]
