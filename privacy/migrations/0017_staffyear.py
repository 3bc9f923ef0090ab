"""The year of staff: charter, awareness, review of access rights."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from portals.access.row_security import append_only
from portals.terms.documents import fingerprint
from privacy.staff.charter.first import ASKED_FROM, first_text

# Modules are ended and reviews closed; neither is deleted. SQL and not a model: rendering every model takes a second.
KEPT = """
    REVOKE DELETE, TRUNCATE ON privacy_awarenessmodule, privacy_accessreview, privacy_reviewline FROM app;
"""
BACK = "GRANT DELETE ON privacy_awarenessmodule, privacy_accessreview, privacy_reviewline TO app"
FIRST = """
    INSERT INTO privacy_charterversion (number, text, changes, text_sha256, published_at, effective_on)
    VALUES (1, %s, '', %s, now(), %s)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("portals", "0023_package"),
        ("privacy", "0016_statistics"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="commencée le")),
                ("delegates", models.JSONField(default=list, verbose_name="délégués des entreprises et des cabinets")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="close le")),
                ("next_due_on", models.DateField(blank=True, null=True, verbose_name="prochaine revue avant le")),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="close par",
                    ),
                ),
                (
                    "csv",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portals.storedfile",
                        verbose_name="tableau",
                    ),
                ),
                (
                    "pdf",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portals.storedfile",
                        verbose_name="procès-verbal signé",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="commencée par",
                    ),
                ),
            ],
            options={
                "verbose_name": "revue des habilitations",
                "verbose_name_plural": "revues des habilitations",
                "ordering": ["-started_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("closed_at",), name="review_one_open", nulls_distinct=False),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at", None),
                                ("closed_by", None),
                                ("csv", None),
                                ("next_due_on", None),
                                ("pdf", None),
                            ),
                            models.Q(
                                ("closed_at__gte", models.F("started_at")),
                                ("closed_by__isnull", False),
                                ("csv__isnull", False),
                                ("next_due_on__isnull", False),
                                ("pdf__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="review_closed_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AwarenessModule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120, verbose_name="titre")),
                ("text", models.TextField(verbose_name="texte (HTML)")),
                ("questions", models.JSONField(verbose_name="questions")),
                ("due_on", models.DateField(verbose_name="à suivre avant le")),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="publié le")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="terminé le")),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="publié par",
                    ),
                ),
            ],
            options={
                "verbose_name": "module de sensibilisation",
                "verbose_name_plural": "modules de sensibilisation",
                "ordering": ["ended_at", "due_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None), ("ended_at__gte", models.F("published_at")), _connector="OR"
                        ),
                        name="module_ended_after_published",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AwarenessResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("done_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="suivi le")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="compte",
                    ),
                ),
                (
                    "module",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="privacy.awarenessmodule",
                        verbose_name="module",
                    ),
                ),
            ],
            options={
                "verbose_name": "module suivi",
                "verbose_name_plural": "modules suivis",
                "ordering": ["-done_at"],
                "constraints": [models.UniqueConstraint(fields=("account", "module"), name="module_done_once")],
            },
        ),
        migrations.CreateModel(
            name="CharterVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True, verbose_name="version")),
                ("text", models.TextField(verbose_name="texte (HTML)")),
                ("changes", models.TextField(blank=True, default="", verbose_name="ce qui change")),
                ("text_sha256", models.CharField(max_length=64, verbose_name="empreinte du texte")),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="publiée le")),
                ("effective_on", models.DateField(verbose_name="à reconnaître à partir du")),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="publiée par",
                    ),
                ),
            ],
            options={
                "verbose_name": "version de la charte du personnel",
                "verbose_name_plural": "versions de la charte du personnel",
                "ordering": ["-number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text_sha256__regex", "^[0-9a-f]{64}$")), name="charter_sha256_is_hex"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number", 1), models.Q(("changes", ""), _negated=True), _connector="OR"),
                        name="charter_tells_what_changes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CharterAcknowledgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text_sha256", models.CharField(max_length=64, verbose_name="empreinte du texte lu")),
                ("words", models.CharField(max_length=200, verbose_name="engagement")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="le")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="compte",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="privacy.charterversion",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "engagement sur la charte",
                "verbose_name_plural": "engagements sur la charte",
                "ordering": ["-at"],
                "indexes": [
                    models.Index(
                        models.F("account"),
                        models.OrderBy(models.F("at"), descending=True),
                        name="charter_last_of_account",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text_sha256__regex", "^[0-9a-f]{64}$")), name="charter_read_sha256_is_hex"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(blank=True, max_length=150, verbose_name="rôle")),
                ("last_sign_in", models.DateTimeField(blank=True, null=True, verbose_name="dernière connexion")),
                ("last_used_on", models.DateField(blank=True, null=True, verbose_name="dernier usage")),
                ("uses", models.JSONField(default=list, verbose_name="usage de chaque droit")),
                ("is_asleep", models.BooleanField(default=False, verbose_name="sans usage depuis 90 jours")),
                ("charter", models.CharField(max_length=8, verbose_name="charte")),
                ("charter_due_on", models.DateField(blank=True, null=True, verbose_name="charte à renouveler le")),
                ("modules", models.CharField(max_length=24, verbose_name="modules suivis")),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("waiting", "À revoir"),
                            ("confirmed", "Confirmé"),
                            ("withdrawn", "Retiré"),
                            ("gone", "Déjà retiré"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="décision",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="raison")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="décidé le")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="compte",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="décidé par",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="privacy.accessreview",
                        verbose_name="revue",
                    ),
                ),
            ],
            options={
                "verbose_name": "ligne d’une revue des habilitations",
                "verbose_name_plural": "lignes des revues des habilitations",
                "ordering": ["account__display_name", "account", "role"],
                "constraints": [
                    models.UniqueConstraint(fields=("review", "account", "role"), name="review_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(("decision__in", ["waiting", "confirmed", "withdrawn", "gone"])),
                        name="review_decision_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision__in", ["waiting", "gone"]),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="review_decided_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decided_by", models.F("account")), _negated=True),
                        name="review_never_of_oneself",
                    ),
                ],
            },
        ),
        append_only("privacy_charterversion", "privacy_charteracknowledgement", "privacy_awarenessresult"),
        migrations.RunSQL(KEPT, BACK),
        migrations.RunSQL([(FIRST, [first_text(), fingerprint(first_text()), ASKED_FROM])], migrations.RunSQL.noop),
    ]
