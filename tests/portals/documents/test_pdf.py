"""The workshop of PDFs: packaged files only, everything read once."""

import io

import pikepdf
import pytest
from weasyprint.urls import FatalURLFetchingError

from portals.documents.pdf import PACKAGED, PackagedFiles, render_pdf

PAGE = '<!doctype html><html lang="fr"><head><title>Essai</title></head><body>{}</body></html>'


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd", "https://example.org/pixel.png", "http://127.0.0.1/", f"{PACKAGED}/../../etc/passwd",
        f"{PACKAGED}/css/absent.css", f"{PACKAGED}/", "data:text/plain,x", f"{PACKAGED}/instance/400/../manage.py",
    ],
)  # fmt: skip
def test_it_fetches_nothing_but_packaged_files(address: str) -> None:
    with pytest.raises(Exception, match=r"packaged files|outside|located"):
        PackagedFiles().fetch(address)


def test_a_packaged_file_is_given_as_it_is() -> None:
    assert b"@page" in PackagedFiles().fetch(f"{PACKAGED}/css/print.css").read()


def test_a_document_that_lacks_a_drawing_is_not_made() -> None:
    with pytest.raises(FatalURLFetchingError):
        render_pdf(PAGE.format('<img src="/img/absent.svg" alt="">'))


def test_what_it_writes_is_pdf_ua() -> None:
    with pikepdf.open(io.BytesIO(render_pdf(PAGE.format("<h1>Bonjour</h1>")))) as document:
        assert b"pdfuaid" in document.Root.Metadata.read_bytes()
        assert str(document.Root.Lang) == "fr"
