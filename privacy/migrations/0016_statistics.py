"""Anonymous statistics with their role and their schema; consultations, whose box only the system opens."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from privacy.statistics.schema import CREATE, DROP, ROLE

SYSTEM = "(SELECT current_setting('app.scope', true) = 'system')"
MINE = "(account_id = (SELECT nullif(current_setting('app.account', true), '')::bigint))"
WALLS = f"""
    ALTER TABLE privacy_answered ENABLE ROW LEVEL SECURITY;
    ALTER TABLE privacy_answered FORCE ROW LEVEL SECURITY;
    CREATE POLICY holder ON privacy_answered USING ({MINE} OR {SYSTEM}) WITH CHECK ({MINE} OR {SYSTEM});
    REVOKE UPDATE ON privacy_answered FROM app;
    ALTER TABLE privacy_sealedballot ENABLE ROW LEVEL SECURITY;
    ALTER TABLE privacy_sealedballot FORCE ROW LEVEL SECURITY;
    CREATE POLICY box ON privacy_sealedballot USING ({SYSTEM}) WITH CHECK ({SYSTEM});
"""
WALLS_BACK = """
    DROP POLICY box ON privacy_sealedballot;
    ALTER TABLE privacy_sealedballot NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE privacy_sealedballot DISABLE ROW LEVEL SECURITY;
    DROP POLICY holder ON privacy_answered;
    ALTER TABLE privacy_answered NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE privacy_answered DISABLE ROW LEVEL SECURITY;
    GRANT UPDATE ON privacy_answered TO app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0015_directives"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Consultation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120, verbose_name="titre")),
                ("purpose", models.TextField(max_length=2000, verbose_name="à quoi elle sert")),
                ("questions", models.JSONField(default=list, verbose_name="questions")),
                ("remark_asked", models.CharField(blank=True, max_length=200, verbose_name="question libre")),
                ("opens_on", models.DateField(verbose_name="ouvre le")),
                ("closes_on", models.DateField(verbose_name="dernier jour")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Brouillon"),
                            ("published", "Publiée"),
                            ("counted", "Dépouillée"),
                            ("told", "Résultats publiés"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="écrite le")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="publiée le")),
                ("counted_at", models.DateTimeField(blank=True, null=True, verbose_name="dépouillée le")),
                ("answers", models.PositiveIntegerField(blank=True, null=True, verbose_name="réponses")),
                ("results", models.JSONField(blank=True, default=list, verbose_name="résultats")),
                ("remarks", models.JSONField(blank=True, default=list, verbose_name="remarques")),
                ("learned", models.TextField(blank=True, max_length=4000, verbose_name="ce que cela change")),
                ("told_at", models.DateTimeField(blank=True, null=True, verbose_name="résultats publiés le")),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="écrite par",
                    ),
                ),
            ],
            options={
                "verbose_name": "consultation",
                "verbose_name_plural": "consultations",
                "ordering": ["-opens_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "published", "counted", "told"])),
                        name="consultation_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                        name="consultation_closes_after_it_opens",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answered",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.consultation"
                    ),
                ),
            ],
            options={
                "verbose_name": "réponse donnée",
                "constraints": [
                    models.UniqueConstraint(fields=("consultation", "account"), name="consultation_answered_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=20, verbose_name="source")),
                ("month", models.DateField(verbose_name="mois")),
                (
                    "state",
                    models.CharField(
                        choices=[("published", "Publiée"), ("refused", "Refusée"), ("empty", "Trop peu de personnes")],
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="établie le")),
                ("cells", models.PositiveIntegerField(default=0, verbose_name="cellules")),
                ("verdicts", models.JSONField(default=list, verbose_name="vérifications")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="raison")),
            ],
            options={
                "verbose_name": "édition de statistiques",
                "verbose_name_plural": "éditions de statistiques",
                "ordering": ["-month", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "refused"), _negated=True),
                        fields=("source", "month"),
                        name="edition_once_a_month",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["published", "refused", "empty"])),
                        name="edition_state_is_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("month__day", 1)), name="edition_is_of_a_month"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SealedBallot",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("sealed", models.BinaryField(verbose_name="réponse scellée")),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.consultation"
                    ),
                ),
            ],
            options={
                "verbose_name": "bulletin",
            },
        ),
        migrations.RunSQL(ROLE, migrations.RunSQL.noop),
        migrations.RunSQL(CREATE, DROP),
        migrations.RunSQL(WALLS, WALLS_BACK),
    ]
