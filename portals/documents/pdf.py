"""PDF/UA from HTML templates, by WeasyPrint. Style sheets, fonts and images are read once a process.

What was measured, and why it is made this way: docs/decisions/statements-rendering.md.
"""

import datetime
import io
import mimetypes
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer
from weasyprint import CSS, HTML, Attachment, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

PACKAGED = "https://packaged.invalid"  # an address that cannot exist; relative ones are resolved against it
STYLE_SHEETS = ("css/tokens.css", "css/print.css")

TYPEFACE = "Radio Canada Print"
FONT_FILES = tuple(f"vendor/radio-canada/radio-canada-{part}-wght-normal.woff2" for part in ("latin", "latin-ext"))
WEIGHTS = (400, 700)
INSTANCE = re.compile(r"instance/(\d+)/(.+)")
"""How a weight of the variable font is named, cut once a process: WeasyPrint would cut it again for each document."""

FONT_FACES = "".join(
    f'@font-face {{ font-family: "{TYPEFACE}"; font-weight: {weight}; src: url("{PACKAGED}/instance/{weight}/{name}") }}'
    for name in FONT_FILES
    for weight in WEIGHTS
)


class PackagedFiles(URLFetcher):
    """Serves our own static files, as if they were at `PACKAGED`, and nothing else: no network, no other file.

    The parent's constructor is left out on purpose: it builds a TLS context, 20 to 30 ms, to fetch what is refused.
    """

    _fail_on_errors = True  # a document that lacks its font or its drawing is not issued

    def __init__(self) -> None:
        pass

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        name = urlsplit(url).path.lstrip("/") if url.startswith(f"{PACKAGED}/") else ""
        if instance := INSTANCE.fullmatch(name):
            return URLFetcherResponse(
                url, one_weight(packaged(instance[2]), int(instance[1])), {"Content-Type": "font/ttf"}
            )
        path = packaged(name)
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


def packaged(name: str) -> Path:
    """Where one of our static files is. Raises ValueError for anything else."""
    path = finders.find(name) if name else None
    if not isinstance(path, str):
        raise ValueError("only packaged files are served to documents")  # noqa: TRY004  the name is wrong, not its type
    return Path(path)


def one_weight(font_file: Path, weight: int) -> bytes:
    """The variable font, cut at one weight, as TrueType."""
    font = instancer.instantiateVariableFont(TTFont(font_file), {"wght": weight}, inplace=True)
    font.flavor = None
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


@cache
def _workshop() -> tuple[PackagedFiles, FontConfiguration, list[CSS], dict[str, Any]]:
    """What every document of this process shares."""
    fetcher = PackagedFiles()
    fonts = FontConfiguration()
    sheets = [CSS(string=FONT_FACES, url_fetcher=fetcher, font_config=fonts)]
    sheets += [CSS(url=f"{PACKAGED}/{name}", url_fetcher=fetcher, font_config=fonts) for name in STYLE_SHEETS]
    return fetcher, fonts, sheets, {}


@dataclass(frozen=True)
class AttachedData:
    """A file inside the PDF, which gives the same data to a program. `name` is seen by readers: nothing personal."""

    name: str
    description: str
    content: bytes
    made_at: datetime.datetime


def render_pdf(html: str, attached: Sequence[AttachedData] = ()) -> bytes:
    """The PDF/UA-1 of a whole HTML page that extends `pdf/base.html`. Deterministic but for its identifier."""
    fetcher, fonts, sheets, images = _workshop()
    page = HTML(string=html, base_url=f"{PACKAGED}/", url_fetcher=fetcher)
    attachments = [
        Attachment(
            string=data.content, name=data.name, description=data.description, created=data.made_at,
            modified=data.made_at, url_fetcher=fetcher,
        )
        for data in attached
    ]  # fmt: skip
    written: bytes = page.write_pdf(
        stylesheets=sheets, font_config=fonts, cache=images, pdf_variant="pdf/ua-1", attachments=attachments,
        finisher=_related if attached else None,
    )  # fmt: skip
    return written


def _related(_document: Document, pdf: Any) -> None:
    """Says of each attached file that it holds the document's data; WeasyPrint does so in PDF/A only."""
    files: list[Any] = [item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/Filespec"]
    for file in files:
        file["AFRelationship"] = "/Data"
    pdf.catalog["AF"] = b"[" + b" ".join(file.reference for file in files) + b"]"
