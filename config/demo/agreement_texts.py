"""The texts of third-party payment of the demo: short, ours, told as fictitious on each page, published as staff would."""

import datetime
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from providers.library.actions import publish
from providers.library.models import AgreementText, TextKind

OPENING = datetime.date(2018, 1, 1)
REVISED = datetime.date(2025, 1, 1)


class Text(NamedTuple):
    """A version to publish. `profession` is empty for a text that holds for every agreement."""

    kind: TextKind
    title: str
    template: str
    valid_from: datetime.date
    profession: str = ""

    @property
    def version(self) -> str:
        return f"V-{self.valid_from:%m-%Y}"


TEXTS = (
    Text(TextKind.AGREEMENT, "Convention de tiers payant", "agreement", OPENING),
    Text(TextKind.AGREEMENT, "Convention de tiers payant", "agreement", REVISED),
    Text(TextKind.ANNEX, "Annexe des délais de paiement", "agreement_annex", REVISED),
    Text(TextKind.GUIDE, "Guide de facturation", "agreement_guide", OPENING),
    Text(TextKind.GUIDE, "Guide de facturation", "agreement_guide", REVISED),
    Text(TextKind.ANNEX, "Annexe optique", "agreement_annex", REVISED, "Opticien-lunetier"),
)


def publish_agreement_texts() -> int:
    """Publish the texts, once. Gives how many are new."""
    if AgreementText.objects.exists():
        return 0
    for text in TEXTS:
        _publish(text)
    return len(TEXTS)


@transaction.atomic
def _publish(text: Text) -> None:
    from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: once, on the first start

    context = {
        "text": text,
        "is_first": text.valid_from == OPENING,
        "promises": settings.PAYMENT_PROMISES,
        "organisation": settings.ORGANISATION_FACTS,
        "space": "professionnel",
    }
    publish(
        by=None,
        kind=text.kind,
        title=text.title,
        version=text.version,
        valid_from=text.valid_from,
        profession=text.profession,
        content=render_pdf(render_to_string(f"demo/library/{text.template}.html", context)),
    )
