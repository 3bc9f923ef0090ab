"""The proof of one entry: a C2SP `tlog-proof` file, checked offline with `docs/verify.md` and no software of ours."""

import base64
from dataclasses import dataclass

from django.db import connection

from privacy.audit.canonical import text_of
from privacy.audit.models import Entry, Seal
from privacy.audit.sealing import frontier_of, split_hashes
from privacy.transparency.merkle import inclusion_proof

HEADER = "c2sp.org/tlog-proof@v1"
TEXT = f"SELECT {text_of('entry')} FROM privacy_entry entry WHERE id = %s AND at = %s"  # noqa: S608  (ours)


class NotSealed(LookupError):
    """The entry is too young to be in a seal: a minute later it is."""


@dataclass(frozen=True)
class Proof:
    """`text`: the entry as it was hashed. `index`: its place in the tree, from 0."""

    text: str
    index: int
    hashes: list[bytes]
    checkpoint: str

    def __str__(self) -> str:
        lines = [
            HEADER,
            f"extra {base64.b64encode(self.text.encode()).decode()}",
            f"index {self.index}",
            *(base64.b64encode(found).decode() for found in self.hashes),
        ]
        return "\n".join(lines) + f"\n\n{self.checkpoint}"


def proof_of(entry: Entry) -> Proof:
    """The proof against the checkpoint of the entry's own seal. Raises NotSealed."""
    seal = _seal_of(entry.pk)
    if seal is None:
        raise NotSealed
    before = Seal.objects.filter(number=seal.number - 1).first()
    index = seal.first + seal.entries.index(entry.pk)
    with connection.cursor() as cursor:
        cursor.execute(TEXT, [entry.pk, entry.at])
        (text,) = cursor.fetchone() or ("",)
    hashes = inclusion_proof(index, frontier_of(before), seal.first, split_hashes(seal.hashes))
    return Proof(text, index, hashes, seal.checkpoint)


def is_sealed(entry: Entry) -> bool:
    """Whether a proof can be given."""
    return _seal_of(entry.pk) is not None


def _seal_of(number: int) -> Seal | None:
    """Numbers are given before transactions commit, so that a few seals may hold neighbours: the first that has it."""
    around = Seal.objects.filter(greatest__gte=number, least__lte=number, entries__contains=[number])
    return around.order_by("greatest").first()
