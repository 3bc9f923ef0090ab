"""What `/verifier/` and `manage.py verify_document` say of a statement: its month and its day of issue, no more."""

from django.db.models import Q
from django.utils import timezone

from members.statements.models import Statement
from portals.documents import verification
from portals.documents.verification import Issued, Kind, Source
from portals.presentation.formats import month_name

STATEMENT = verification.register(Kind("statement", "Relevé de prestations"))
YEAR = verification.register(Kind("statement.year", "Récapitulatif annuel de prestations"))


def _found(condition: Q) -> Issued | None:
    statement = Statement.objects.filter(condition).only("period", "issued_at").first()
    if statement is None:
        return None
    return Issued(STATEMENT, month_name(statement.period).capitalize(), timezone.localdate(statement.issued_at))


verification.add_source(
    Source(
        by_code=lambda code: _found(Q(verification_code=code)),
        by_fingerprint=lambda sha256: _found(Q(file__sha256=sha256)),
    )
)
