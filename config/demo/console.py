"""What the operator reads: one line a step with its time, a table of accounts."""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

WIDTH = 36


def say(text: str = "") -> None:
    print(text, flush=True)


@contextmanager
def step(title: str, *, talkative: bool = False) -> Iterator[None]:
    """Announces a step, then says how long it took; a talkative one prints lines of its own meanwhile."""
    started = time.monotonic()
    same_line = sys.stdout.isatty() and not talkative
    if same_line or talkative:
        print(f"  {title} …", end="" if same_line else "\n", flush=True)
    try:
        yield
    except BaseException:
        if same_line:
            say()
        raise
    say(f"{'\r' if same_line else ''}  {title:<{WIDTH}}{time.monotonic() - started:6.1f} s")


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows in aligned columns; the first one is the heading."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(f"  {line}" for line in lines)
