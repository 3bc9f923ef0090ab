"""What the pages of the medical adviser read. Every reading of a content is journalled by the view that asks for it."""

import datetime
import uuid
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from portals.accounts.models import Account
from portals.presentation.formats import long_date
from privacy.audit.labels import label_of
from privacy.audit.models import Entry
from privacy.vault.forms import QUESTIONS
from privacy.vault.keeping import Kind
from privacy.vault.models import MedicalCase, State
from privacy.vault.opening import Opened, documents_of, pieces_of

LOOKS_SHOWN = 200
PLAIN = {"name": "Nom et prénoms", "born_on": "Née ou né le", "height": "Taille (cm)", "weight": "Poids (kg)"}
YES_NO = {"yes": "Oui", "no": "Non"}


@dataclass(frozen=True)
class Answer:
    question: str
    words: str
    is_yes: bool


@dataclass(frozen=True)
class OpenCase:
    """A case in clear. `is_short`: something that was sent is not there any more."""

    answers: list[Answer]
    details: str
    letter: str
    opinion: str
    documents: list[uuid.UUID]
    is_short: bool


@dataclass(frozen=True)
class Look:
    """A line of the list of looks."""

    at: datetime.datetime
    who: str
    words: str
    reference: str
    was_refused: bool


def queue() -> QuerySet[MedicalCase]:
    """What waits for an answer or a copy, the oldest first; then what was answered, the newest first."""
    kept = MedicalCase.objects.filter(state__in=[State.SENT, State.DECIDED], erased_at=None)
    return kept.order_by(F("decided_at").desc(nulls_first=True), "sent_at")


def waiting(rows: QuerySet[MedicalCase]) -> QuerySet[MedicalCase]:
    """What waits for the adviser."""
    return rows.filter(Q(state=State.SENT) | Q(copy_asked_at__isnull=False, copy_given_at=None))


def open_case(case: MedicalCase) -> OpenCase:
    """The texts of a case. Raises VaultUnreadable, VaultClosed."""
    pieces = pieces_of(account_id=case.account_id, case=case.reference)
    answered = _latest(pieces, Kind.ANSWERS)
    letter, opinion = _latest(pieces, Kind.LETTER), _latest(pieces, Kind.OPINION)
    documents = documents_of(case.reference)
    version = max((piece.version for piece in (answered, letter) if piece), default=0)
    return OpenCase(
        answers=_answers(answered.head) if answered else [],
        details=answered.head.get("details", "") if answered else "",
        letter=letter.head["text"] if letter else "",
        opinion=opinion.head["text"] if opinion else "",
        documents=documents,
        is_short=version != case.answers or len(documents) != case.documents,
    )


def looks() -> list[Look]:
    """Who opened what in the vault, and who tried to, newest first."""
    entries = list(Entry.objects.filter(action__startswith="vault.").order_by("-id")[:LOOKS_SHOWN])
    names = dict(
        Account.objects.filter(pk__in={entry.account_id for entry in entries}).values_list("pk", "display_name")
    )
    numbers = {int(entry.object_id) for entry in entries if entry.object_kind == "medicalcase"}
    references = dict(MedicalCase.objects.filter(pk__in=numbers).values_list("pk", "reference"))
    return [
        Look(
            at=entry.at,
            who=_who(entry, names),
            words=label_of(entry.action),
            reference=references.get(int(entry.object_id), "") if entry.object_kind == "medicalcase" else "",
            was_refused=entry.result == "refused",
        )
        for entry in entries
    ]


def _who(entry: Entry, names: dict[int, str]) -> str:
    """Staff by name; the holder of a case by nothing but that."""
    if entry.account_id is None:
        return "Depuis le serveur"
    return names.get(entry.account_id, "") if entry.space == "gestion" else "La personne concernée"


def _latest(pieces: list[Opened], kind: Kind) -> Opened | None:
    return max((piece for piece in pieces if piece.kind == kind), key=lambda piece: piece.version, default=None)


def _answers(head: dict[str, str]) -> list[Answer]:
    told = [Answer(label, _plain(name, head[name]), is_yes=False) for name, label in PLAIN.items() if name in head]
    asked = [
        Answer(question, YES_NO.get(head[name], head[name]), is_yes=head[name] == "yes")
        for name, question in QUESTIONS.items()
        if name in head
    ]
    return told + asked


def _plain(name: str, answer: str) -> str:
    """As people read it; what an earlier form kept otherwise is shown as it is."""
    try:
        return long_date(datetime.date.fromisoformat(answer)) if name == "born_on" else answer
    except ValueError:
        return answer
