"""Whom Pro Santé Connect vouches for, among the professionals with an agreement."""

from django.utils import timezone

from portals.accounts.federation.directory import Claims, Recognition
from providers.agreements.models import Agreement, Professional
from providers.agreements.queries import active_on

RPPS_PREFIX = "8"  # of the national identifier: 8 and the RPPS, 0 and the former ADELI
RPPS_LENGTH = 11


def is_subject(claims: Claims, professional_id: int) -> bool:
    """The RPPS of the claims is the professional's."""
    rpps = rpps_in(claims)
    return bool(rpps) and Professional.objects.filter(pk=professional_id, rpps=rpps).exists()


def subject_of(claims: Claims) -> int | None:
    """The professional with this RPPS and an active agreement; None when several practices have one."""
    rpps = rpps_in(claims)
    if not rpps:
        return None
    agreements = active_on(Agreement.objects.filter(professional__rpps=rpps), timezone.localdate())
    found = set(agreements.values_list("professional_id", flat=True)[:2])
    return found.pop() if len(found) == 1 else None


def rpps_in(claims: Claims) -> str:
    """The RPPS that the claims carry, empty without one: `SubjectNameID` is 8 and the RPPS; else among `otherIds`."""
    national = str(claims.get("SubjectNameID") or "")
    if (
        len(national) == RPPS_LENGTH + 1
        and national.startswith(RPPS_PREFIX)
        and national.isascii()
        and national.isdigit()
    ):
        return national[1:]
    others = claims.get("otherIds")
    for other in others if isinstance(others, list) else []:
        if isinstance(other, dict) and other.get("origine") == "RPPS":
            number = str(other.get("identifiant") or "")
            return number[1:] if len(number) == RPPS_LENGTH + 1 else number
    return ""


RECOGNITION = Recognition(is_subject=is_subject, subject_of=subject_of)
