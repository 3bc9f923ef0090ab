"""The card as PDF/UA: an A4 sheet that folds in two, the card on its face, or a page of the size of a phone."""

from enum import StrEnum

from django.conf import settings
from django.template.loader import render_to_string

from members.card.showing import ShownCard, Wallet


class Size(StrEnum):
    A4 = "a4"
    PHONE = "phone"


def cards_html(cards: list[ShownCard], size: Size) -> str:
    """The pages that WeasyPrint lays out: one for each card."""
    context = {
        "cards": cards,
        "size": size.value,
        "facts": settings.CARD_FACTS,
        "organisation": settings.ORGANISATION_FACTS,
        "space": "adherent",
    }
    return render_to_string("members/card/print.html", context)


def cards_pdf(cards: list[ShownCard], size: Size) -> bytes:
    from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: only those who print wait

    return render_pdf(cards_html(cards, size))


def filename_of(wallet: Wallet) -> str:
    """`Carte de tiers payant 2026.pdf`: no name, no number."""
    return f"Carte de tiers payant {wallet.day.year}.pdf"
