"""The ballot box: sealed answers of one length, in no order, that are written anew with others each time one comes.

Whoever reads the tables sees a row of `Answered` and rows of `SealedBallot` of one same transaction. Since a ballot never
comes alone, that says which fifty ballots the account's may be among, and they are sealed. Each night the whole box is
written anew. The key of a consultation is destroyed when it is counted.
"""

import secrets
from collections.abc import Iterable

from portals.access import isolation
from portals.secrets.keys import data_keys, known_data_key
from portals.secrets.models import SubjectKey
from portals.secrets.sealing import seal_bytes_with, unseal_bytes_with
from privacy.consultations.models import Consultation, SealedBallot
from privacy.consultations.rules import Ballot, read, written

PLACE = "privacy_sealedballot.sealed"
TOGETHER = 50
"""Ballots, drawn at random, that are written anew with one that comes."""
_dice = secrets.SystemRandom()


def subject_of(consultation: Consultation) -> str:
    return f"consultation:{consultation.pk}"


def cast(consultation: Consultation, ballot: Ballot) -> None:
    """Put a ballot in, with others. In the system's row context: nobody's page reads the box."""
    with isolation.system():
        subject = subject_of(consultation)
        data_keys([subject])
        numbers = list(SealedBallot.objects.filter(consultation=consultation).values_list("pk", flat=True))
        drawn = _dice.sample(numbers, min(TOGETHER, len(numbers)))
        # Those that somebody else's answer is moving at this instant stay where that one puts them.
        rows = list(SealedBallot.objects.select_for_update(skip_locked=True).filter(pk__in=drawn))
        _write(consultation, [*_open(consultation, rows), written(ballot)], instead_of=rows)


def shake(consultation: Consultation) -> int:
    """Write every ballot anew, in another order; returns how many. In the system's row context."""
    with isolation.system():
        rows = list(SealedBallot.objects.select_for_update().filter(consultation=consultation))
        _write(consultation, _open(consultation, rows), instead_of=rows)
    return len(rows)


def empty(consultation: Consultation) -> list[Ballot]:
    """Take every ballot out, in no order, and destroy the key. In the system's row context."""
    with isolation.system():
        rows = list(SealedBallot.objects.select_for_update().filter(consultation=consultation))
        ballots = [read(content) for content in _open(consultation, rows)]
        SealedBallot.objects.filter(consultation=consultation).delete()
        SubjectKey.objects.filter(subject=subject_of(consultation)).delete()
    _dice.shuffle(ballots)
    return ballots


def _open(consultation: Consultation, rows: Iterable[SealedBallot]) -> list[bytes]:
    rows, subject = list(rows), subject_of(consultation)
    if not rows:
        return []
    key = known_data_key(subject)
    return [unseal_bytes_with(key, subject, PLACE, bytes(row.sealed)) for row in rows]


def _write(consultation: Consultation, contents: list[bytes], *, instead_of: list[SealedBallot]) -> None:
    if not contents:
        return
    subject = subject_of(consultation)
    key = known_data_key(subject)
    _dice.shuffle(contents)
    SealedBallot.objects.filter(pk__in=[row.pk for row in instead_of]).delete()
    SealedBallot.objects.bulk_create(
        SealedBallot(consultation=consultation, sealed=seal_bytes_with(key, subject, PLACE, content))
        for content in contents
    )
