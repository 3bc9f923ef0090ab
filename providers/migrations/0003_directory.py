from typing import Any

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from providers.directory import loading, placing


def load_places(_apps: Any, schema_editor: Any) -> None:
    """Places come with the tables: whoever migrates can search. `manage.py load_places` renews them."""
    loading.load(schema_editor.connection, settings.PLACES_TABLE, settings.COMMUNES)


class Migration(migrations.Migration):
    """Communes with their points, and where each professional is, kept by triggers."""

    dependencies = [
        ("providers", "0002_open_to_staff"),
    ]

    operations = [
        migrations.CreateModel(
            name="Listing",
            fields=[
                (
                    "professional",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="providers.professional",
                    ),
                ),
                ("profession", models.CharField(db_collation="C", max_length=60, verbose_name="profession")),
                ("specialty", models.CharField(blank=True, db_collation="C", max_length=80, verbose_name="spécialité")),
                (
                    "networks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), verbose_name="réseaux"
                    ),
                ),
                ("in_network", models.BooleanField(verbose_name="en réseau")),
                ("latitude", models.FloatField(verbose_name="latitude")),
                ("longitude", models.FloatField(verbose_name="longitude")),
                ("is_approximate", models.BooleanField(verbose_name="position approximative")),
                ("x", models.FloatField(verbose_name="abscisse")),
                ("y", models.FloatField(verbose_name="ordonnée")),
            ],
            options={
                "verbose_name": "professionnel situé",
                "indexes": [models.Index(fields=["profession", "specialty"], name="listing_profession")],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("code", models.CharField(max_length=5, primary_key=True, serialize=False, verbose_name="code INSEE")),
                ("name", models.CharField(max_length=80, verbose_name="nom")),
                ("search_name", models.CharField(max_length=80, verbose_name="nom de recherche")),
                (
                    "postcodes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=5), verbose_name="codes postaux"
                    ),
                ),
                ("population", models.PositiveIntegerField(verbose_name="population")),
                ("latitude", models.FloatField(null=True, verbose_name="latitude")),
                ("longitude", models.FloatField(null=True, verbose_name="longitude")),
                ("source", models.CharField(blank=True, max_length=10, verbose_name="origine du point")),
            ],
            options={
                "verbose_name": "commune",
                "indexes": [
                    models.Index(
                        django.contrib.postgres.indexes.OpClass("search_name", "varchar_pattern_ops"),
                        name="place_search_name",
                    ),
                    django.contrib.postgres.indexes.GinIndex(fields=["postcodes"], name="place_postcodes"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude", None), ("longitude", None)),
                            models.Q(("latitude__isnull", False), ("longitude__isnull", False)),
                            _connector="OR",
                        ),
                        name="place_has_a_whole_point",
                    )
                ],
            },
        ),
        migrations.RunSQL(placing.INSTALL, placing.REMOVE),
        migrations.RunPython(load_places, migrations.RunPython.noop),
    ]
