"""The words, names and files of a case, sealed under the one key that goes with it."""

from portals.secrets import seal, seal_bytes, unseal, unseal_bytes
from portals.secrets.errors import SubjectForgotten
from portals.secrets.models import SubjectKey
from privacy.investigations.models import CaseStep, CaseSubject, Exhibit, Investigation, SuspicionReport

STEP, NAME = "privacy_casestep.words_sealed", "privacy_casesubject.name_sealed"
LABEL, ORIGINAL = "privacy_exhibit.label_sealed", "privacy_exhibit.original"
DECLARATION = "privacy_suspicionreport.reference_sealed"
GONE = "détruit"


def subject_of(case: Investigation) -> str:
    return f"investigation:{case.reference}"


def seal_words(case: Investigation, place: str, words: str) -> bytes:
    return seal(subject_of(case), place, words)


def words_of(step: CaseStep) -> str:
    """Empty when nothing was said, or when the file was destroyed."""
    return _open(step.case, STEP, step.words_sealed) if step.words_sealed else ""


def name_of(one: CaseSubject) -> str:
    return _open(one.case, NAME, one.name_sealed)


def label_of(exhibit: Exhibit) -> str:
    return _open(exhibit.case, LABEL, exhibit.label_sealed)


def reference_of(declaration: SuspicionReport) -> str:
    return _open(declaration.case, DECLARATION, declaration.reference_sealed)


def seal_original(case: Investigation, content: bytes) -> bytes:
    return seal_bytes(subject_of(case), ORIGINAL, content)


def original_of(exhibit: Exhibit) -> bytes:
    """The bytes as they came. Raises `SecretUnreadable` when they were changed on the disk."""
    with exhibit.original.file.open("rb") as file:
        return unseal_bytes(subject_of(exhibit.case), ORIGINAL, file.read())


def forget(case: Investigation) -> None:
    """Destroy the key: what is left of the file, copies in backups included, cannot be read any more."""
    SubjectKey.objects.filter(subject=subject_of(case)).delete()


def _open(case: Investigation, place: str, sealed: bytes | memoryview) -> str:
    try:
        return unseal(subject_of(case), place, sealed)
    except SubjectForgotten:
        return GONE
