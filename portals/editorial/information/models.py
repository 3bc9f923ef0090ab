"""Articles of useful information, and each of their versions (CGU-3.14)."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Audience(models.TextChoices):
    """Where an article is read. The codes of the spaces are those of `Space`."""

    PUBLIC = "public", "Page Aide, sans compte"
    MEMBER = "adherent", "Espace adhérent"
    EMPLOYER = "employeur", "Espace employeur"
    PROFESSIONAL = "professionnel", "Espace professionnel"


class Topic(models.TextChoices):
    """What articles are sorted by, in the order of the pages."""

    CARE = "care", "Soins et remboursements"
    COVER = "cover", "Couverture et bénéficiaires"
    COMPANY = "company", "Contrat de l’entreprise"
    INVOICES = "invoices", "Tiers payant et facturation"
    ACCOUNT = "account", "Compte et démarches"
    RIGHTS = "rights", "Droits et données"


class Article(models.Model):
    """The version that is read now. `published_at` is empty while only staff see it.

    `text` is the structured text of `markup`, never HTML. `search` holds the folded words of the whole version.
    """

    slug = models.SlugField("adresse", max_length=80, unique=True)
    topic = models.CharField("sujet", max_length=10, choices=Topic)
    audiences = ArrayField(models.CharField(max_length=16, choices=Audience), verbose_name="où le lire")
    title = models.CharField("titre", max_length=120)
    keywords = models.CharField("autres mots pour le trouver", max_length=200, blank=True)
    summary = models.CharField("l’essentiel en une phrase", max_length=300)
    text = models.TextField("texte")
    number = models.PositiveIntegerField("version", default=1)
    written_at = models.DateTimeField("mis à jour le", default=timezone.now)
    published_at = models.DateTimeField("publié le", null=True, blank=True)
    search = SearchVectorField(null=True, editable=False)

    class Meta:
        verbose_name = "information utile"
        verbose_name_plural = "informations utiles"
        constraints = [
            models.CheckConstraint(condition=Q(topic__in=Topic.values), name="article_topic_is_known"),
            models.CheckConstraint(condition=~Q(audiences=[]), name="article_is_for_somebody"),
        ]
        indexes = [
            GinIndex(fields=["search"], name="article_search"),
            GinIndex(fields=["audiences"], name="article_audience"),
        ]

    def __str__(self) -> str:
        return f"information {self.pk}"


class ArticleVersion(models.Model):
    """The words of an article at one time, and who wrote them. Rows are only ever inserted."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("version")
    title = models.CharField("titre", max_length=120)
    keywords = models.CharField("autres mots pour le trouver", max_length=200, blank=True)
    summary = models.CharField("l’essentiel en une phrase", max_length=300)
    text = models.TextField("texte")
    note = models.CharField("ce qui change", max_length=200, blank=True)
    written_at = models.DateTimeField("écrit le", default=timezone.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="écrit par", on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        verbose_name = "version d’une information"
        verbose_name_plural = "versions d’informations"
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="article_version_once_per_number"),
        ]

    def __str__(self) -> str:
        return f"version {self.pk}"
