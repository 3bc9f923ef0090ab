"""Checking the whole journal: every entry, every seal, every signature, every exported checkpoint.

What is read is trusted in nothing: leaves are hashed again from the entries, the tree is grown again from the leaves,
and its roots are compared with what was signed and with what left the machine.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import connection

from privacy.audit.canonical import text_of
from privacy.audit.exporting import exported_checkpoints
from privacy.audit.keys import known_keys
from privacy.audit.models import Seal
from privacy.audit.sealing import BATCH, split_hashes
from privacy.transparency.checkpoints import Checkpoint, NotACheckpoint, VerifierKey, read
from privacy.transparency.merkle import HASH_BYTES, Frontier, grown, leaf_hash, root_of

LONGEST_TRANSACTION = datetime.timedelta(hours=6)
"""An entry sealed later than this after its own instant was not written when it says."""

# The entries of a seal as one value, a line each (JSON escapes line breaks): a row each would cost as much again
# as hashing. An entry that is not there leaves its line empty.
ENTRIES = f"""
    SELECT string_agg(CASE WHEN entry.id IS NULL THEN '' ELSE {text_of("entry")} END, E'\\n' ORDER BY listed.place)
    FROM unnest(%s::bigint[]) WITH ORDINALITY AS listed (id, place)
    LEFT JOIN privacy_entry entry
        ON entry.id = listed.id AND entry.id BETWEEN %s AND %s AND entry.at BETWEEN %s AND %s
"""  # noqa: S608  (the expression is ours)
# Entries in no seal. Those that, by their transaction, the last seal would have taken were put there afterwards; so
# were those that claim to be older than a transaction can last.
UNSEALED = """
    WITH last AS (SELECT size, horizon, sealed_at FROM privacy_seal ORDER BY number DESC LIMIT 1),
        unsealed AS (
            SELECT entry.id, entry.at, entry.xid FROM privacy_entry entry
            LEFT JOIN (SELECT unnest(entries) AS id FROM privacy_seal) sealed USING (id) WHERE sealed.id IS NULL
        )
    SELECT (SELECT count(*) FROM privacy_entry) - coalesce((SELECT size FROM last), 0), count(*),
        min(id) FILTER (WHERE EXISTS (
            SELECT FROM last WHERE xid < horizon::text::xid8 OR at < sealed_at - make_interval(secs => %s)))
    FROM unsealed
"""


class Broken(Exception):
    """The journal was altered. `entry` is the first one that shows it, when one can be named; `seal` where it is."""

    def __init__(self, reason: str, *, seal: int | None = None, entry: int | None = None) -> None:
        super().__init__(reason)
        self.reason, self.seal, self.entry = reason, seal, entry


@dataclass(frozen=True)
class Verified:
    """What was checked. `waiting`: entries too young to be in a seal."""

    entries: int
    seals: int
    checkpoints: int
    waiting: int


@dataclass
class Tree:
    """The journal's tree as it is grown again; `roots` by number of entries."""

    size: int = 0
    frontier: Frontier = ()
    roots: dict[int, bytes] = field(default_factory=dict)
    sealed_at: datetime.datetime | None = None


def verify(progress: Callable[[int], object] | None = None) -> Verified:
    """Check everything; `progress` is told the number of entries of each seal. Raises Broken.

    Sealing may go on meanwhile. Checkpoints are listed first: what was exported before is in the seals read after.
    """
    exported = exported_checkpoints()
    keys, tree, number = known_keys(), Tree(), 0
    for number, seal in enumerate(Seal.objects.order_by("number").iterator(chunk_size=4), 1):
        if seal.number != number:
            raise Broken("a seal is missing", seal=number)
        _grow(tree, seal)
        _check_signature(tree, seal, keys)
        if progress:
            progress(len(seal.entries))
    _compare(exported, tree)
    return Verified(tree.size, number, len(exported), _waiting(tree))


def _grow(tree: Tree, seal: Seal) -> None:
    """The tree with the leaves of this seal, hashed from the entries themselves."""
    if seal.first != tree.size or seal.size != tree.size + len(seal.entries):
        raise Broken("the seal does not count what it lists", seal=seal.number)
    if len(seal.hashes) != len(seal.entries) * HASH_BYTES or None in seal.entries:
        raise Broken("the seal does not count what it lists", seal=seal.number)
    if tree.sealed_at and seal.first_at < tree.sealed_at - LONGEST_TRANSACTION:
        raise Broken("an entry is older than the seal before its own", seal=seal.number)
    for start in range(0, len(seal.entries), BATCH):  # one transaction may have filled a seal of any length
        leaves = _leaves(seal, start)
        tree.frontier = grown(tree.frontier, tree.size, leaves)
        tree.size += len(leaves)
    tree.roots[tree.size] = root_of(tree.frontier)
    tree.sealed_at = seal.sealed_at


def _leaves(seal: Seal, start: int) -> list[bytes]:
    """The hashes of the entries of a seal from number `start` of its list on, at most `BATCH`, equal to those it keeps."""
    listed = seal.entries[start : start + BATCH]
    numbers = f"{{{','.join(map(str, listed))}}}"  # psycopg's own way of writing a list costs as much as hashing it
    with connection.cursor() as cursor:
        cursor.execute(ENTRIES, [numbers, min(listed), max(listed), seal.first_at, seal.last_at])
        texts = cursor.fetchone()[0].encode().split(b"\n")
    leaves, kept = [leaf_hash(text) for text in texts], seal.hashes[start * HASH_BYTES :][: len(listed) * HASH_BYTES]
    if b"".join(leaves) != kept:
        place = _first_difference(leaves, split_hashes(kept))
        is_missing = place < len(texts) and not texts[place]
        raise Broken(f"an entry {'is missing' if is_missing else 'was changed'}", seal=seal.number, entry=listed[place])
    return leaves


def _first_difference(leaves: Sequence[bytes], kept: Sequence[bytes]) -> int:
    """The place of the first kept hash that its leaf does not have; the last place when leaves were only added."""
    differing = (place for place, hash_ in enumerate(kept) if leaves[place : place + 1] != [hash_])
    return next(differing, len(kept) - 1)


def _check_signature(tree: Tree, seal: Seal, keys: Sequence[VerifierKey]) -> None:
    try:
        checkpoint = read(seal.checkpoint, keys)
    except NotACheckpoint as error:
        raise Broken("none of our keys signed the seal", seal=seal.number) from error
    if checkpoint.size != tree.size or checkpoint.root != tree.roots[tree.size]:
        raise Broken("the seal signs other entries", seal=seal.number)
    if b"".join(tree.frontier) != bytes(seal.frontier):
        raise Broken("the seal keeps another tree", seal=seal.number)


def _compare(exported: Sequence[Checkpoint], tree: Tree) -> None:
    for checkpoint in exported:
        if checkpoint.size > tree.size:
            raise Broken(f"entries {tree.size + 1} to {checkpoint.size} of an exported checkpoint are gone")
        if tree.roots.get(checkpoint.size) != checkpoint.root:
            raise Broken(f"the exported checkpoint of {checkpoint.size} entries says otherwise")


def _waiting(tree: Tree) -> int:
    """How many entries wait for a seal. Raises Broken when one of them should be in a seal, or is there twice."""
    with connection.cursor() as cursor:
        cursor.execute(UNSEALED, [LONGEST_TRANSACTION.total_seconds()])
        outside, waiting, foreign = cursor.fetchone() or (0, 0, None)
    if foreign is not None:
        raise Broken("an entry was inserted afterwards", entry=foreign)
    if outside != waiting:
        raise Broken("an entry was inserted afterwards, under the number of another one")
    return int(waiting)
