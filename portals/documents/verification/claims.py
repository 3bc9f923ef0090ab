"""What the description of a PDF claims to be, read in a process of its own: nothing in a stranger's file is trusted.

Runs as `portals.documents.cleaning` does, with little memory and time, without Django, database or secret. The file
comes by the standard input; the words of its description leave by the standard output, nothing when it has none.
"""

import io
import resource
import sys

MEMORY = 1_000_000_000
SECONDS = 10
MAX_DECODED = 50_000_000
LONGEST = 2_000
"""Characters of a description that are looked at."""


def described(content: bytes) -> str:
    """The words of the document's own description; nothing for what is not a PDF that can be read."""
    import pikepdf

    pikepdf.settings.set_qpdf_limits(
        parser_max_nesting=100, max_stream_filters=4, flate_max_memory=MAX_DECODED, dct_max_memory=MAX_DECODED,
        run_length_max_memory=MAX_DECODED, png_max_memory=MAX_DECODED, tiff_max_memory=MAX_DECODED,
    )  # fmt: skip
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            return " ".join(str(value)[:LONGEST] for value in document.docinfo.values())[:LONGEST]
    except Exception:  # whatever a hostile file makes of the parser: it claims nothing
        return ""


def main() -> int:
    """Limit this process and write what the standard input claims."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes to its pipe, and to no file
    try:
        words = described(sys.stdin.buffer.read())
    except (MemoryError, RecursionError):
        words = ""
    sys.stdout.buffer.write(words.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
