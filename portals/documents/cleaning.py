"""Making a stranger's file harmless: its kind by its first bytes, images drawn again, PDFs written again page by page.

Runs as a process of its own (`portals.documents.uploads`), with little memory and time: what a hostile file breaks is
this process and nothing else. It knows neither Django, the database nor any secret. The file comes by the standard
input; the clean one leaves by the standard output, its kind by the exit status, or the reason for which it was refused.
"""

import io
import resource
import sys
from enum import IntEnum

MEMORY = 1_500_000_000
"""Bytes of address space: an image of `MAX_PIXELS` and its copy fit, a bomb does not."""
SECONDS = 20
MAX_PIXELS = 40_000_000
"""More than a telephone's photograph (12 to 24 million), less than what would fill the memory."""
MAX_SIDE = 20_000
MAX_PAGES = 100
MAX_DECODED = 200_000_000
"""Bytes that one compressed stream of a PDF may give."""


class Outcome(IntEnum):
    """How the cleaning ended. Values are exit statuses."""

    PDF = 10
    JPEG = 11
    PNG = 12
    UNKNOWN_KIND = 20
    HEIC = 21
    UNREADABLE = 22
    ENCRYPTED = 23
    TOO_MANY_PIXELS = 24
    TOO_MANY_PAGES = 25


class Refused(Exception):
    """The file is not kept. `outcome` says why."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.name)
        self.outcome = outcome


HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}

KEPT_OF_A_PAGE = {
    "/Type", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group", "/Parent",
}  # fmt: skip
"""A page is what is drawn on it. Annotations (drawn into it first), actions, files and metadata are left behind."""

DROPPED = (
    "/AA", "/AF", "/EF", "/EmbeddedFiles", "/JS", "/JavaScript", "/Launch", "/OpenAction", "/RichMediaContent", "/XFA",
)  # fmt: skip
"""Actions and files, wherever they hang. `/A` and `/URI` cannot be reached without annotations, and name fonts."""
DROPPED_OF_STREAMS = ("/F", "/FFilter", "/FDecodeParms", "/Metadata", "/OPI", "/PieceInfo", "/Ref")
"""By these a stream says that its data, or what it stands for, is in another file."""


def kind_of(content: bytes) -> Outcome:
    """The kind of a file, by its first bytes and nothing else. Raises Refused for what is not taken."""
    if content.startswith(b"%PDF-"):
        return Outcome.PDF
    if content.startswith(b"\xff\xd8\xff"):
        return Outcome.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Outcome.PNG
    raise Refused(Outcome.HEIC if content[4:8] == b"ftyp" and content[8:12] in HEIF_BRANDS else Outcome.UNKNOWN_KIND)


def clean(content: bytes) -> tuple[Outcome, bytes]:
    """The kind of the file, and the clean file. Raises Refused."""
    kind = kind_of(content)
    return kind, _written_again(content) if kind == Outcome.PDF else _drawn_again(content, kind)


def _drawn_again(content: bytes, kind: Outcome) -> bytes:
    """The first picture, upright, its pixels only: no EXIF, no comment, no profile, nothing after the end."""
    from PIL import Image, ImageOps

    name = kind.name
    Image.MAX_IMAGE_PIXELS = None  # bounded here, before a pixel is decoded
    try:
        with Image.open(io.BytesIO(content), formats=[name]) as opened:
            _measure(*opened.size)
            upright = ImageOps.exif_transpose(opened)
            see_through = name == "PNG" and (upright.has_transparency_data or "A" in upright.getbands())
            pixels = upright.convert("RGBA" if see_through else "RGB")
        pixels.info.clear()
        written = io.BytesIO()
        pixels.save(written, name, **({"quality": 88} if name == "JPEG" else {}))
    except Refused:
        raise
    except Exception as error:  # whatever a hostile file makes of the decoder
        raise Refused(Outcome.UNREADABLE) from error
    return written.getvalue()


def _written_again(content: bytes) -> bytes:
    """A new PDF with the pages of the old one, drawn as they were, and nothing else of it."""
    import pikepdf

    pikepdf.settings.set_qpdf_limits(
        parser_max_nesting=100, max_stream_filters=4, flate_max_memory=MAX_DECODED, dct_max_memory=MAX_DECODED,
        run_length_max_memory=MAX_DECODED, png_max_memory=MAX_DECODED, tiff_max_memory=MAX_DECODED,
    )  # fmt: skip
    try:
        with pikepdf.open(io.BytesIO(content)) as old, pikepdf.new() as new:
            _check(encrypted=old.is_encrypted, pages=len(old.pages))
            old.flatten_annotations("screen")
            for page in old.pages:
                for key in set(page.obj.keys()) - KEPT_OF_A_PAGE:
                    del page[key]
            new.pages.extend(old.pages)
            _disarm(new)
            new.remove_unreferenced_resources()
            written = io.BytesIO()
            new.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    except Refused:
        raise
    except pikepdf.PasswordError as error:
        raise Refused(Outcome.ENCRYPTED) from error
    except Exception as error:  # whatever a hostile file makes of the parser
        raise Refused(Outcome.UNREADABLE) from error
    return written.getvalue()


def _measure(width: int, height: int) -> None:
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise Refused(Outcome.TOO_MANY_PIXELS)


def _check(*, encrypted: bool, pages: int) -> None:
    if encrypted:
        raise Refused(Outcome.ENCRYPTED)
    if not 0 < pages <= MAX_PAGES:
        raise Refused(Outcome.TOO_MANY_PAGES if pages else Outcome.UNREADABLE)


def _disarm(document: "pikepdf.Pdf") -> None:  # type: ignore[name-defined]  # noqa: F821  imported where it is used
    """Take out of every object, wherever it hangs, what could act, fetch or carry a file. Raises Refused for PostScript."""
    import pikepdf

    stack = list(document.objects)
    while stack:
        item = stack.pop()
        if isinstance(item, pikepdf.Stream):
            if item.get("/Subtype") == "/PS" or item.get("/Subtype2") == "/PS":
                raise Refused(Outcome.UNREADABLE)
            _drop(item, DROPPED_OF_STREAMS)
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            _drop(item, DROPPED)
            stack += [item[key] for key in item.keys() if _is_nested(item[key])]  # noqa: SIM118  not a dict
        elif isinstance(item, pikepdf.Array):
            stack += [value for value in item if _is_nested(value)]


def _drop(item: "pikepdf.Object", keys: tuple[str, ...]) -> None:  # type: ignore[name-defined]  # noqa: F821  as above
    for key in keys:
        if key in item:
            del item[key]


def _is_nested(value: object) -> bool:
    """Direct containers only: indirect objects are in `objects` already."""
    import pikepdf

    return isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect


def main() -> int:
    """Limit this process, clean the standard input into the standard output, and say how it ended."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes to its pipe, and to no file
    try:
        outcome, content = clean(sys.stdin.buffer.read())
    except Refused as refused:
        return refused.outcome
    except (MemoryError, RecursionError):
        return Outcome.UNREADABLE
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()
    return outcome


if __name__ == "__main__":
    sys.exit(main())
