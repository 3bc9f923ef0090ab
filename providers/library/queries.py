"""Reads of the texts of third-party payment."""

from django.db.models import QuerySet

from providers.agreements.models import Agreement
from providers.library.models import AgreementText, TextKind
from providers.library.rules import is_readable

ORDER = {kind: rank for rank, kind in enumerate(TextKind.values)}


def readable(profession: str, agreements: list[Agreement]) -> list[AgreementText]:
    """Every version that these agreements let one read: by kind, then the newest first. One query."""
    texts = AgreementText.objects.filter(profession__in=["", profession]).select_related("file")
    found = [text for text in texts.order_by("-valid_from", "-pk") if is_readable(text, agreements)]
    return sorted(found, key=lambda text: (ORDER[text.kind], text.title))


def same_text(*, kind: str, title: str, profession: str) -> QuerySet[AgreementText]:
    """The versions of one text, oldest first."""
    return AgreementText.objects.filter(kind=kind, title=title, profession=profession).order_by("valid_from")


def next_version(text: AgreementText) -> AgreementText | None:
    """The version of the same text that comes after this one, if there is one."""
    versions = same_text(kind=text.kind, title=text.title, profession=text.profession)
    return versions.filter(valid_from__gt=text.valid_from).first()
