"""Useful information with its versions, and the switches of services (CGU-3.1, 3.14)."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from portals.access.row_security import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("portals", "0014_issued_documents"),
    ]

    operations = [
        migrations.CreateModel(
            name="Article",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="adresse")),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("care", "Soins et remboursements"),
                            ("cover", "Couverture et bénéficiaires"),
                            ("company", "Contrat de l’entreprise"),
                            ("invoices", "Tiers payant et facturation"),
                            ("account", "Compte et démarches"),
                            ("rights", "Droits et données"),
                        ],
                        max_length=10,
                        verbose_name="sujet",
                    ),
                ),
                (
                    "audiences",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("public", "Page Aide, sans compte"),
                                ("adherent", "Espace adhérent"),
                                ("employeur", "Espace employeur"),
                                ("professionnel", "Espace professionnel"),
                            ],
                            max_length=16,
                        ),
                        verbose_name="où le lire",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="titre")),
                ("keywords", models.CharField(blank=True, max_length=200, verbose_name="autres mots pour le trouver")),
                ("summary", models.CharField(max_length=300, verbose_name="l’essentiel en une phrase")),
                ("text", models.TextField(verbose_name="texte")),
                ("number", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="mis à jour le")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="publié le")),
                ("search", django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
            ],
            options={
                "verbose_name": "information utile",
                "verbose_name_plural": "informations utiles",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="article_search"),
                    django.contrib.postgres.indexes.GinIndex(fields=["audiences"], name="article_audience"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("topic__in", ["care", "cover", "company", "invoices", "account", "rights"])
                        ),
                        name="article_topic_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("audiences", []), _negated=True), name="article_is_for_somebody"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("title", models.CharField(max_length=120, verbose_name="titre")),
                ("keywords", models.CharField(blank=True, max_length=200, verbose_name="autres mots pour le trouver")),
                ("summary", models.CharField(max_length=300, verbose_name="l’essentiel en une phrase")),
                ("text", models.TextField(verbose_name="texte")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="ce qui change")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="écrit le")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="portals.article"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="écrit par",
                    ),
                ),
            ],
            options={
                "verbose_name": "version d’une information",
                "verbose_name_plural": "versions d’informations",
                "constraints": [
                    models.UniqueConstraint(fields=("article", "number"), name="article_version_once_per_number")
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceSwitch",
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
                ("service", models.CharField(max_length=40, verbose_name="service")),
                (
                    "position",
                    models.CharField(
                        choices=[("off", "Arrêté"), ("unopened", "Pas encore ouvert"), ("new", "Nouveauté annoncée")],
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="ce que lisent les utilisateurs")),
                ("begins_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="depuis le")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="jusqu’au")),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="décidé le")),
                ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="annulé le")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="décidé par",
                    ),
                ),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="annulé par",
                    ),
                ),
            ],
            options={
                "verbose_name": "ouverture d’un service",
                "verbose_name_plural": "ouverture des services",
                "indexes": [
                    models.Index(
                        condition=models.Q(("cancelled_at", None)), fields=["space"], name="service_switch_standing"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("position__in", ["off", "unopened", "new"])),
                        name="service_switch_position_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("position", "unopened"), models.Q(("words", ""), _negated=True), _connector="OR"
                        ),
                        name="service_switch_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at", None), ("ends_at__gt", models.F("begins_at")), _connector="OR"),
                        name="service_switch_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancelled_at", None), ("cancelled_by", None)),
                            models.Q(("cancelled_at__isnull", False), ("cancelled_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="service_switch_cancelled_by_somebody",
                    ),
                ],
            },
        ),
        append_only("portals_articleversion"),
        migrations.RunSQL(
            "REVOKE DELETE ON portals_serviceswitch FROM app", "GRANT DELETE ON portals_serviceswitch TO app"
        ),
    ]
