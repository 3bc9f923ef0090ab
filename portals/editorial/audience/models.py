"""How often each page is shown, by day. Nobody is in it: no account, no network address, no device, no hour (CGU-8.13)."""

from django.db import models


class PageCount(models.Model):
    """One page on one day. `page` is the name of the page in the code, never an address with a number in it."""

    day = models.DateField("jour")
    page = models.CharField("page", max_length=80)
    views = models.PositiveBigIntegerField("affichages")

    class Meta:
        verbose_name = "affichages d’une page"
        verbose_name_plural = "audience des pages"
        constraints = [models.UniqueConstraint(fields=["day", "page"], name="page_count_once")]

    def __str__(self) -> str:
        return f"affichages {self.pk}"
