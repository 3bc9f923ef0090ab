"""Directives for after death; declared deaths, their tasks, what is handed over. Erasures of some kinds of data only."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from portals.access.row_security import append_only

SYSTEM = "(SELECT current_setting('app.scope', true) = 'system')"
STAFF = "(SELECT current_setting('app.scope', true) = 'staff')"
MINE = f"""(
    (space = 'adherent' AND tenant_id = (SELECT nullif(current_setting('app.household', true), '')::bigint))
    OR (space <> 'adherent' AND subject_id = (SELECT nullif(current_setting('app.account', true), '')::bigint))
    OR {SYSTEM}
)"""
# Directives are out of the staff's sight: a confirmed death opens them, through an action. A household sees that one of its
# persons is held for dead, because its card says so.
TABLES = (
    ("privacy_directives", MINE, MINE, False),
    ("privacy_death", MINE, SYSTEM, True),
    *((f"privacy_{name}", SYSTEM, SYSTEM, True) for name in ("deathtask", "deathproof", "handover", "estateletter")),
)
WALLS = "\n".join(
    f"""
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY tenant ON {table} USING ({seen}) WITH CHECK ({written});
    {f"CREATE POLICY staff ON {table} FOR SELECT USING ({STAFF});" if staff else ""}
    """
    for table, seen, written, staff in TABLES
)
WALLS_BACK = "\n".join(
    f"""
    DROP POLICY IF EXISTS staff ON {table};
    DROP POLICY tenant ON {table};
    ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
    """
    for table, *_rest in TABLES
)
RIGHTS = """
    REVOKE DELETE, TRUNCATE ON privacy_death, privacy_deathproof, privacy_handover FROM app;
    GRANT SELECT (space, tenant_id, subject_id, state) ON privacy_death TO campaigns;
    ALTER TABLE erasures.ledger ADD COLUMN kinds text[] NOT NULL DEFAULT '{}';
"""
RIGHTS_BACK = """
    ALTER TABLE erasures.ledger DROP COLUMN kinds;
    REVOKE ALL ON privacy_death FROM campaigns;
    GRANT DELETE ON privacy_death, privacy_deathproof, privacy_handover TO app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("portals", "0023_package"),
        ("privacy", "0014_erasure"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="erasure",
            name="kinds",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=12), default=list, verbose_name="données visées"
            ),
        ),
        migrations.CreateModel(
            name="Directives",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=32, unique=True, verbose_name="référence")),
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
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("content_sealed", models.BinaryField(blank=True, null=True, verbose_name="contenu (scellé)")),
                ("consent", models.TextField(blank=True, verbose_name="accord donné")),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("self", "La personne elle-même"),
                            ("parent", "Un parent, pour un enfant de moins de 15 ans"),
                            ("staff", "Nos services, d’après un écrit signé"),
                        ],
                        max_length=8,
                        verbose_name="écrite par",
                    ),
                ),
                ("by_account", models.BigIntegerField(verbose_name="compte")),
                ("request_number", models.CharField(blank=True, max_length=16, verbose_name="demande")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="instant")),
            ],
            options={
                "verbose_name": "directives pour après le décès",
                "verbose_name_plural": "directives pour après le décès",
                "constraints": [
                    models.UniqueConstraint(fields=("space", "subject_id", "number"), name="directives_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("consent", ""), ("content_sealed", None)),
                            models.Q(("content_sealed__isnull", False), models.Q(("consent", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="directives_rest_on_their_own_accord",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("capacity__in", ["self", "parent", "staff"])),
                        name="directives_writer_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("capacity", "staff"), _negated=True),
                            models.Q(("request_number", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="directives_by_staff_have_their_letter",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("space", "adherent"), _negated=True),
                            ("tenant_id__isnull", False),
                            _connector="OR",
                        ),
                        name="directives_of_a_member_have_a_household",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Death",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=16, unique=True, verbose_name="numéro")),
                ("reference", models.CharField(max_length=32, unique=True, verbose_name="référence")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("form", "Formulaire public"),
                            ("post", "Courrier"),
                            ("phone", "Téléphone"),
                            ("management", "Logiciel de gestion"),
                        ],
                        max_length=10,
                        verbose_name="voie",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reported", "À vérifier"),
                            ("checked", "Espace fermé, à confirmer"),
                            ("confirmed", "Confirmé, suites en cours"),
                            ("settled", "Suites données"),
                            ("dismissed", "Écarté"),
                        ],
                        default="reported",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("claim_sealed", models.BinaryField(verbose_name="déclaration (scellée)")),
                (
                    "space",
                    models.CharField(
                        choices=[
                            ("adherent", "Espace adhérent"),
                            ("employeur", "Espace employeur"),
                            ("professionnel", "Espace professionnel de santé"),
                            ("gestion", "Gestion"),
                        ],
                        default="adherent",
                        max_length=16,
                        verbose_name="espace",
                    ),
                ),
                ("tenant_id", models.BigIntegerField(blank=True, null=True, verbose_name="foyer")),
                ("subject_id", models.BigIntegerField(blank=True, null=True, verbose_name="personne ou compte")),
                ("died_on", models.DateField(blank=True, null=True, verbose_name="date du décès")),
                ("received_on", models.DateField(verbose_name="reçue le")),
                ("due_on", models.DateField(verbose_name="à traiter avant le")),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="vérifié le")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmé le")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="suites données le")),
                ("dismissed_at", models.DateTimeField(blank=True, null=True, verbose_name="écarté le")),
                ("dismiss_reason", models.CharField(blank=True, max_length=300, verbose_name="raison")),
                (
                    "closed_accounts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, verbose_name="comptes fermés"
                    ),
                ),
                (
                    "stopped_grants",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, verbose_name="accès arrêtés"
                    ),
                ),
                (
                    "silenced",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), default=list, verbose_name="adresses tues"
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="vérifié par",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmé par",
                    ),
                ),
                (
                    "dismissed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="écarté par",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="saisie par",
                    ),
                ),
                (
                    "directives",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="privacy.directives",
                        verbose_name="directives",
                    ),
                ),
            ],
            options={
                "verbose_name": "décès",
                "verbose_name_plural": "décès",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["reported", "checked", "confirmed"])),
                        fields=["due_on", "id"],
                        name="death_queue",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["reported", "checked", "confirmed", "settled", "dismissed"]),
                            ("way__in", ["form", "post", "phone", "management"]),
                        ),
                        name="death_words_are_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["reported", "dismissed"]),
                            models.Q(
                                ("checked_by__isnull", False), ("died_on__isnull", False), ("subject_id__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="death_checked_is_somebodys",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by", None),
                            models.Q(
                                ("checked_by__isnull", False),
                                ("confirmed_at__isnull", False),
                                models.Q(("confirmed_by", models.F("checked_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="death_confirmed_by_a_second_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "dismissed"), _negated=True),
                            models.Q(
                                ("dismissed_at__isnull", False),
                                ("dismissed_by__isnull", False),
                                models.Q(("dismiss_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="death_dismissed_with_a_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["checked", "confirmed", "settled"])),
                        fields=("space", "subject_id"),
                        name="death_of_a_person_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeathTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="nature")),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), default=list, verbose_name="données"
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="demandée le")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="faite le")),
                ("report_sealed", models.BinaryField(blank=True, null=True, verbose_name="ce qui a été fait (scellé)")),
                (
                    "death",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="privacy.death"
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="faite par",
                    ),
                ),
                (
                    "erasure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="privacy.erasure",
                        verbose_name="effacement",
                    ),
                ),
            ],
            options={
                "verbose_name": "suite d’un décès",
                "verbose_name_plural": "suites des décès",
                "indexes": [
                    models.Index(condition=models.Q(("done_at", None)), fields=["created_at"], name="death_task_queue")
                ],
                "constraints": [models.UniqueConstraint(fields=("death", "kind"), name="death_task_once")],
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=32, unique=True, verbose_name="référence")),
                ("identity_sealed", models.BinaryField(verbose_name="identité établie (scellé)")),
                ("address_sealed", models.BinaryField(verbose_name="adresse (scellée)")),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="donné le")),
                ("expires_at", models.DateTimeField(verbose_name="jusqu’au")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="utilisé le")),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="donné par",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="handovers", to="privacy.deathtask"
                    ),
                ),
            ],
            options={
                "verbose_name": "remise de données",
                "verbose_name_plural": "remises de données",
            },
        ),
        migrations.CreateModel(
            name="EstateLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("addressee_sealed", models.BinaryField(verbose_name="destinataire (scellé)")),
                ("quality", models.CharField(max_length=120, verbose_name="qualité établie par")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="établie le")),
                (
                    "death",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="privacy.death"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="établie par",
                    ),
                ),
            ],
            options={
                "verbose_name": "lettre de succession",
                "verbose_name_plural": "lettres de succession",
            },
        ),
        migrations.CreateModel(
            name="DeathProof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("received_on", models.DateField(verbose_name="reçu le")),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="vérifié et détruit le")),
                (
                    "death",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proofs", to="privacy.death"
                    ),
                ),
                (
                    "upload",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="death_proof",
                        to="portals.upload",
                        verbose_name="document",
                    ),
                ),
            ],
            options={
                "verbose_name": "justificatif de décès",
                "verbose_name_plural": "justificatifs de décès",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked_at", None), ("upload__isnull", False)),
                            models.Q(("checked_at__isnull", False), ("upload", None)),
                            _connector="OR",
                        ),
                        name="death_proof_destroyed_once_checked",
                    )
                ],
            },
        ),
        migrations.RunSQL(WALLS, WALLS_BACK),
        append_only("privacy_directives", "privacy_estateletter"),
        migrations.RunSQL(RIGHTS, RIGHTS_BACK),
    ]
