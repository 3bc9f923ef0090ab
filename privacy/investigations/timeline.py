"""The timeline of a file: one sealed line for each thing done, and an entry of the journal that says nothing of it.

The entry has the number of the file and no person: whoever may read the journal learns neither whom it is about nor, of
vigilance, what was done (code monétaire et financier, art. L. 561-18).
"""

from portals.accounts.models import Account
from privacy.audit import record
from privacy.investigations.models import CaseStep, Decision, Investigation, Kind, StepKind
from privacy.investigations.sealing import STEP, seal_words

KIND = "investigation"
"""What entries call a file."""


def note(
    case: Investigation, kind: StepKind, *, by: Account | None, words: str = "", exhibit: int | None = None,
    decision: Decision | None = None,
) -> CaseStep:  # fmt: skip
    """Add a line, in the caller's transaction."""
    words = words.strip()
    step = CaseStep.objects.create(
        case=case, by=by, kind=kind, code=decision or "", exhibit=exhibit,
        words_sealed=seal_words(case, STEP, words) if words else None,
    )  # fmt: skip
    details: dict[str, str | int] = {} if case.kind == Kind.FINANCIAL_CRIME else {"step": kind.value}
    record("investigation.followed", by=by, object_kind=KIND, object_id=case.pk, details=details)
    return step
