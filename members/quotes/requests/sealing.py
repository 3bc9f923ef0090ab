"""What a request says, sealed: details under a key that goes with the documents, the answer under one that stays."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from members.quotes.requests.models import CareRequest
from portals import secrets as personal
from portals.secrets.models import SubjectKey

CONTENT = "members_carerequest.content_sealed"
ANSWER = "members_carerequest.answer_sealed"
WRITTEN = "%d/%m/%Y"
"""Drafts keep days as they are typed."""


@dataclass(frozen=True)
class Details:
    """What a sent request says. `amount` in euros."""

    need_label: str
    on: datetime.date
    professional: str
    amount: Decimal


def seal_content(request: CareRequest, content: Mapping[str, str]) -> bytes:
    return personal.seal(content_subject(request), CONTENT, json.dumps(dict(content)))


def seal_answer(request: CareRequest, answer: Mapping[str, str]) -> bytes:
    return personal.seal(_answer_subject(request), ANSWER, json.dumps(dict(answer)))


def content_of(request: CareRequest) -> dict[str, str]:
    """The details; nothing once they were forgotten. One query."""
    if request.forgotten_at is not None:
        return {}
    read: dict[str, str] = json.loads(personal.unseal(content_subject(request), CONTENT, request.content_sealed))
    return read


def details_of(request: CareRequest) -> Details | None:
    """The details of a request that was sent, read; None once they were forgotten. One query."""
    said = content_of(request)
    if not said:
        return None
    return Details(
        need_label=said["need_label"],
        on=datetime.datetime.strptime(said["on"], WRITTEN).date(),  # noqa: DTZ007  a day as it was typed, no instant
        professional=said["professional"],
        amount=Decimal(said["amount"].replace(",", ".")),
    )


def answer_of(request: CareRequest) -> dict[str, str]:
    """What staff answered last; nothing before. One query at most."""
    if request.answer_sealed is None:
        return {}
    read: dict[str, str] = json.loads(personal.unseal(_answer_subject(request), ANSWER, request.answer_sealed))
    return read


def lose_content(request: CareRequest) -> None:
    """Destroy the key of the details: no copy of them can be read again, in backups either."""
    SubjectKey.objects.filter(subject=content_subject(request)).delete()


def content_subject(request: CareRequest) -> str:
    return f"care-request:{request.reference}"


def _answer_subject(request: CareRequest) -> str:
    return f"care-answer:{request.reference}"
