"""What was typed in a request, sealed under the request's own key."""

import json
from collections.abc import Mapping

from members.beneficiaries.models import BeneficiaryRequest
from portals import secrets as personal

PLACE = "members_beneficiaryrequest.answers_sealed"
NIR = "nir"

type Answers = Mapping[str, str]
"""Names, sex, birth date (`YYYY-MM-DD`), birth rank, NIR of an addition; words of a removal. All of them as text."""


def subject_of(request: BeneficiaryRequest) -> str:
    return f"beneficiary:{request.reference}"


def seal_answers(request: BeneficiaryRequest, answers: Answers) -> bytes:
    return personal.seal(subject_of(request), PLACE, json.dumps(dict(answers)))


def answers_of(request: BeneficiaryRequest) -> dict[str, str]:
    """What was typed. Two queries at most."""
    answers: dict[str, str] = json.loads(personal.unseal(subject_of(request), PLACE, bytes(request.answers_sealed)))
    return answers


def without_nir(request: BeneficiaryRequest) -> bytes:
    """The answers once the request is decided: the NIR is on the person, or it is of no more use."""
    return seal_answers(request, {name: value for name, value in answers_of(request).items() if name != NIR})
