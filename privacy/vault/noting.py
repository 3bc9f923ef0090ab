"""Journal entries about a case: whose it is is said, so that the person reads every look in « Qui a consulté » (PDP-4.8)."""

from portals.access.models import Basis, Grant
from portals.accounts.models import Account, Space
from privacy.audit import record
from privacy.vault.models import MedicalCase


def note(action: str, *, by: Account | None, case: MedicalCase, result: str = "done", **details: int) -> None:
    """One entry, in the transaction of the act. Numbers only: neither the cover nor the outcome."""
    about = {"about": _about(case)} if by is None or by.pk != case.account_id else {}
    record(action, by=by, object_kind="medicalcase", object_id=case.pk, result=result, details={**details, **about})


def _about(case: MedicalCase) -> str:
    """The account, and the person whose own it is."""
    own = Grant.objects.filter(account_id=case.account_id, space=Space.MEMBER, basis=Basis.COVER)
    persons = sorted(set(own.values_list("subject_id", flat=True)))
    return " ".join([f"a{case.account_id}", *(f"p{person}" for person in persons)])
