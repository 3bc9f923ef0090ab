"""Legal pages with their first texts, interruptions of service, audience of pages."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from portals.access.row_security import append_only
from portals.editorial.legal.firsts import IN_FORCE, first_texts
from portals.terms.documents import fingerprint


def publish_first_texts(apps, schema_editor):
    versions = apps.get_model("portals", "LegalVersion").objects.using(schema_editor.connection.alias)
    for page, text in first_texts().items():
        versions.get_or_create(
            page=page,
            number=1,
            defaults={
                "text": text, "text_sha256": fingerprint(text), "published_at": IN_FORCE, "effective_at": IN_FORCE,
            },
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("portals", "0020_bank_approval"),
    ]

    operations = [
        migrations.CreateModel(
            name="PageCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="jour")),
                ("page", models.CharField(max_length=80, verbose_name="page")),
                ("views", models.PositiveBigIntegerField(verbose_name="affichages")),
            ],
            options={
                "verbose_name": "affichages d’une page",
                "verbose_name_plural": "audience des pages",
                "constraints": [models.UniqueConstraint(fields=("day", "page"), name="page_count_once")],
            },
        ),
        migrations.CreateModel(
            name="Interruption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "nature",
                    models.CharField(
                        choices=[("maintenance", "Maintenance"), ("incident", "Incident")],
                        max_length=12,
                        verbose_name="nature",
                    ),
                ),
                ("begins_at", models.DateTimeField(verbose_name="début")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="fin")),
                ("impact", models.CharField(max_length=500, verbose_name="ce qui est touché")),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="enregistré le")),
                ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="annulé le")),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "interruption de service",
                "verbose_name_plural": "interruptions de service",
                "ordering": ["-begins_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("cancelled_at", None)), fields=["ends_at"], name="interruption_to_come"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("nature__in", ["maintenance", "incident"])),
                        name="interruption_nature_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at", None), ("ends_at__gt", models.F("begins_at")), _connector="OR"),
                        name="interruption_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("nature", "maintenance"), _negated=True),
                            ("ends_at__isnull", False),
                            _connector="OR",
                        ),
                        name="maintenance_says_its_end",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "page",
                    models.CharField(
                        choices=[
                            ("confidentialite", "Protection des données"),
                            ("cookies", "Cookies"),
                            ("mentions-legales", "Mentions légales"),
                            ("accessibilite", "Accessibilité"),
                        ],
                        max_length=20,
                        verbose_name="page",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("text", models.TextField(verbose_name="texte (HTML)")),
                ("changes", models.TextField(blank=True, default="", verbose_name="ce qui change (HTML)")),
                ("text_sha256", models.CharField(max_length=64, verbose_name="empreinte du texte")),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="publiée le")),
                ("effective_at", models.DateTimeField(verbose_name="en vigueur le")),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "version d’une page légale",
                "verbose_name_plural": "versions des pages légales",
                "ordering": ["page", "-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("page", "number"), name="legal_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("page__in", ["confidentialite", "cookies", "mentions-legales", "accessibilite"])
                        ),
                        name="legal_page_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text_sha256__regex", "^[0-9a-f]{64}$")), name="legal_sha256_is_hex"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("effective_at__gte", models.F("published_at"))),
                        name="legal_effective_after",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number", 1), models.Q(("changes", ""), _negated=True), _connector="OR"),
                        name="legal_tells_what_changes",
                    ),
                ],
            },
        ),
        migrations.RunPython(publish_first_texts, migrations.RunPython.noop),
        append_only("portals_legalversion"),
    ]
