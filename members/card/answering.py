"""What `/verifier/` says of a card: by its number, or by the signed text of its QR code. No word on anybody."""

from django.utils import timezone

from members.card.signature import PREFIX, CardVerdict, verify_card_payload
from members.card.verifying import CardState, CardStatus, status_of
from portals.documents import verification
from portals.documents.verification import Finding, Issued, Kind, Reader, Source, Verdict, Way
from portals.presentation.formats import long_date

CARD = verification.register(Kind("card", "Carte de tiers payant"))

NOTES = {
    CardState.IN_FORCE: "Elle est valable aujourd’hui.",
    CardState.NOT_YET: "Elle n’est pas encore valable.",
    CardState.OVER: "Sa période est passée\u00a0: elle n’est plus valable.",
}


def by_number(number: str) -> Issued | None:
    """The card of this number, which has the form of a verification code. One query."""
    return _issued(status_of(number, day=timezone.localdate()))


def read(text: str) -> Finding:
    """A genuine text is unchanged, whatever became of the card; its state is told beside."""
    check = verify_card_payload(text)
    if check.card is None:
        forged = check.verdict == CardVerdict.FORGED
        return Finding(Verdict.CHANGED if forged else Verdict.UNKNOWN, Way.TEXT)
    status = status_of(check.card.number, day=timezone.localdate())
    issued = _issued(status)
    if issued is None:
        return Finding(Verdict.UNKNOWN, Way.TEXT)
    verdict = Verdict.REVOKED if issued.revoked_on else Verdict.UNCHANGED
    return Finding(verdict, Way.TEXT, issued, note=NOTES.get(status.state, ""))


def _issued(status: CardStatus) -> Issued | None:
    if status.issued_on is None or status.valid_from is None or status.valid_to is None:
        return None
    period = f"Du {long_date(status.valid_from)} au {long_date(status.valid_to)}"
    return Issued(CARD, period, status.issued_on, revoked_on=status.revoked_on)


verification.add_source(Source(by_code=by_number))
verification.add_reader(Reader(PREFIX, read))
