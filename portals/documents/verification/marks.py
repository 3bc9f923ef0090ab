"""What a document prints so that anybody can check it: the code, and a QR code that leads to `/verifier/`."""

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.urls import reverse

from portals.documents.symbols import Symbol, qr_symbol


@dataclass(frozen=True)
class Mark:
    """`address` is what the QR code says, `shown` the same for a reader who types, without the code."""

    code: str
    address: str
    shown: str
    qr: Symbol


def mark_of(code: str) -> Mark:
    """The mark of a code."""
    page = settings.SITE_ADDRESS.rstrip("/") + reverse("portals:verify")
    address = f"{page}?{urlencode({'code': code})}"
    parts = urlsplit(page)
    return Mark(code=code, address=address, shown=f"{parts.netloc}{parts.path}", qr=qr_symbol(address))
