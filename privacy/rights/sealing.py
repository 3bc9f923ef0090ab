"""How the words of a request are sealed: each request has a key of its own."""

import json
from dataclasses import dataclass

from portals import secrets as personal
from portals.secrets.keys import known_data_key
from portals.secrets.sealing import unseal_with
from privacy.rights.models import RightsRequest, RightsTask

CLAIM_PLACE = "privacy_rightsrequest.claim_sealed"
WORDS_PLACE = "privacy_rightsrequest.words_sealed"
ANSWER_PLACE = "privacy_rightsrequest.answer_sealed"
INSTRUCTION_PLACE = "privacy_rightstask.instruction_sealed"
REPORT_PLACE = "privacy_rightstask.report_sealed"

type Claim = dict[str, str]
"""Who asks and how to answer: `name`, `email`, `address`; `concerned` (the name of the other person), `quality`;
signed out, what recognises them (`member_number`, `family_name`, `birth_date`). Absent ones are empty."""


def subject_of(request: RightsRequest) -> str:
    return f"rights:{request.reference}"


def seal_claim(request: RightsRequest, claim: Claim) -> bytes:
    return personal.seal(subject_of(request), CLAIM_PLACE, json.dumps(claim))


def claim_of(request: RightsRequest) -> Claim:
    claim: Claim = json.loads(personal.unseal(subject_of(request), CLAIM_PLACE, bytes(request.claim_sealed)))
    return claim


def seal_words(request: RightsRequest, words: str) -> bytes:
    return personal.seal(subject_of(request), WORDS_PLACE, words)


def words_of(request: RightsRequest) -> str:
    return personal.unseal(subject_of(request), WORDS_PLACE, bytes(request.words_sealed))


def seal_answer(request: RightsRequest, text: str) -> bytes:
    return personal.seal(subject_of(request), ANSWER_PLACE, text)


def answer_of(request: RightsRequest) -> str:
    """The text of the answer; empty before there is one."""
    if request.answer_sealed is None:
        return ""
    return personal.unseal(subject_of(request), ANSWER_PLACE, bytes(request.answer_sealed))


@dataclass(frozen=True)
class Texts:
    """Everything that is sealed of one request."""

    claim: Claim
    words: str
    answer: str


def texts_of(request: RightsRequest) -> Texts:
    """The three of them with one query, for a page that shows them all."""
    subject = subject_of(request)
    key = known_data_key(subject)
    claim: Claim = json.loads(unseal_with(key, subject, CLAIM_PLACE, bytes(request.claim_sealed)))
    sealed = request.answer_sealed
    return Texts(
        claim=claim,
        words=unseal_with(key, subject, WORDS_PLACE, bytes(request.words_sealed)),
        answer=unseal_with(key, subject, ANSWER_PLACE, bytes(sealed)) if sealed is not None else "",
    )


def seal_instruction(request: RightsRequest, text: str) -> bytes | None:
    return personal.seal(subject_of(request), INSTRUCTION_PLACE, text) if text else None


def seal_report(request: RightsRequest, text: str) -> bytes | None:
    return personal.seal(subject_of(request), REPORT_PLACE, text) if text else None


def instruction_of(task: RightsTask) -> str:
    sealed = task.instruction_sealed
    return personal.unseal(subject_of(task.request), INSTRUCTION_PLACE, bytes(sealed)) if sealed else ""


def report_of(task: RightsTask) -> str:
    sealed = task.report_sealed
    return personal.unseal(subject_of(task.request), REPORT_PLACE, bytes(sealed)) if sealed else ""
