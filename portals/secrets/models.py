"""Wrapped data keys, one per subject: deleting a row makes that subject's secrets unreadable everywhere."""

from django.db import models
from django.utils import timezone


class SubjectKey(models.Model):
    """The data key of one subject (a person, a company…), wrapped by the key-encryption key."""

    subject = models.CharField("sujet", max_length=80, unique=True)
    wrapped = models.BinaryField("clé enveloppée")
    created_at = models.DateTimeField("créée le", default=timezone.now)

    class Meta:
        verbose_name = "clé de sujet"
        verbose_name_plural = "clés de sujets"

    def __str__(self) -> str:
        return f"clé {self.pk}"
