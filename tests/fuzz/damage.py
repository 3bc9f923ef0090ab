"""Ways in which feed files arrive damaged. Deterministic for a given random generator."""

import random
from collections.abc import Callable

Damage = Callable[[random.Random, bytes], bytes]


def cut(rng: random.Random, content: bytes) -> bytes:
    return content[: rng.randrange(len(content))]


def flip_bits(rng: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.randint(1, 8)):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def shuffle_columns(rng: random.Random, content: bytes) -> bytes:
    """Columns in another order, in every line alike: harmless unless a value is quoted."""
    delimiter = b";" if content.split(b"\n")[0].count(b";") else b","
    rows = [line.split(delimiter) for line in content.rstrip(b"\r\n").split(b"\r\n")]
    order = rng.sample(range(len(rows[0])), len(rows[0]))
    return b"\r\n".join(delimiter.join(row[n] if n < len(row) else b"" for n in order) for row in rows) + b"\r\n"


def other_encoding(rng: random.Random, content: bytes) -> bytes:
    name = rng.choice(["utf-16", "utf-16-le", "utf-32", "cp1252", "latin-1"])
    return content.decode(errors="replace").encode(name, errors="replace")


def stray_quotes(rng: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.randint(1, 4)):
        changed.insert(rng.randrange(len(changed)), ord('"'))
    return bytes(changed)


def huge_field(rng: random.Random, content: bytes) -> bytes:
    place = rng.randrange(len(content))
    filling = rng.choice([b"x", b"9", b'"', b"\n;", "é".encode()])
    return content[:place] + filling * rng.randint(100, 400_000) + content[place:]


def swap_lines(rng: random.Random, content: bytes) -> bytes:
    lines = content.split(b"\r\n")
    rng.shuffle(lines)
    return b"\r\n".join(lines)


def repeat_lines(rng: random.Random, content: bytes) -> bytes:
    lines = content.split(b"\r\n")
    for _ in range(rng.randint(1, 3)):
        lines.insert(rng.randrange(len(lines)), rng.choice(lines))
    return b"\r\n".join(lines)


def other_bytes(rng: random.Random, content: bytes) -> bytes:
    place = rng.randrange(len(content))
    return content[:place] + rng.randbytes(rng.randint(1, 30)) + content[place + rng.randint(0, 30) :]


def swap_values(rng: random.Random, content: bytes) -> bytes:
    """Two values of the file change places."""
    values = content.replace(b"\r\n", b"\n;").split(b";")
    one, other = rng.randrange(len(values)), rng.randrange(len(values))
    values[one], values[other] = values[other], values[one]
    return b";".join(values).replace(b"\n;", b"\r\n")


DAMAGES: tuple[Damage, ...] = (
    cut, flip_bits, shuffle_columns, other_encoding, stray_quotes, huge_field, swap_lines, repeat_lines, other_bytes,
    swap_values,
)  # fmt: skip


def damaged(seed: int, contents: dict[str, bytes]) -> tuple[str, str, bytes]:
    """A kind, what was done to its file, and the file; the same for the same seed."""
    rng = random.Random(seed)
    kind = rng.choice(sorted(contents))
    content, done = contents[kind], []
    for damage in rng.choices(DAMAGES, k=rng.choice([1, 1, 1, 2])):
        if content:
            content = damage(rng, content)
            done.append(damage.__name__)
    return kind, "+".join(done), content
