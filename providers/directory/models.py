"""Where communes and professionals are. `Listing` is derived: the database keeps it, nobody writes to it by hand."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q

from providers.agreements.models import Professional


class Place(models.Model):
    """A commune, or an arrondissement of Paris, Lyon or Marseille, with its point in degrees (WGS 84).

    Loaded as a whole by `manage.py load_places`. `source` says where the point comes from (`gazetteer`): the place
    itself, or a neighbour of the same postcode or intercommunality.
    """

    code = models.CharField("code INSEE", max_length=5, primary_key=True)
    name = models.CharField("nom", max_length=80)
    search_name = models.CharField("nom de recherche", max_length=80)
    postcodes = ArrayField(models.CharField(max_length=5), verbose_name="codes postaux")
    population = models.PositiveIntegerField("population")
    latitude = models.FloatField("latitude", null=True)
    longitude = models.FloatField("longitude", null=True)
    source = models.CharField("origine du point", max_length=10, blank=True)

    class Meta:
        verbose_name = "commune"
        indexes = [
            models.Index(OpClass("search_name", "varchar_pattern_ops"), name="place_search_name"),
            GinIndex(fields=["postcodes"], name="place_postcodes"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None) | Q(latitude__isnull=False, longitude__isnull=False),
                name="place_has_a_whole_point",
            )
        ]

    def __str__(self) -> str:
        return f"commune {self.pk}"


class Listing(models.Model):
    """Where a professional is, for the nearest-neighbour index. Triggers of the database follow `Professional`.

    `is_approximate`: the feed gave no coordinates, the point is that of the commune. `x` and `y` are the point on
    Mercator's plane, in degrees. `networks` are the names of the feed, in lower case.
    """

    professional = models.OneToOneField(Professional, on_delete=models.CASCADE, primary_key=True)
    profession = models.CharField("profession", max_length=60, db_collation="C")
    specialty = models.CharField("spécialité", max_length=80, blank=True, db_collation="C")
    networks = ArrayField(models.CharField(max_length=120), verbose_name="réseaux")
    in_network = models.BooleanField("en réseau")
    latitude = models.FloatField("latitude")
    longitude = models.FloatField("longitude")
    is_approximate = models.BooleanField("position approximative")
    x = models.FloatField("abscisse")
    y = models.FloatField("ordonnée")

    class Meta:
        verbose_name = "professionnel situé"
        indexes = [models.Index(fields=["profession", "specialty"], name="listing_profession")]

    def __str__(self) -> str:
        return f"professionnel situé {self.pk}"
