"""The feed of transfers. Invoices may name a transfer before it comes: they learn its day then."""

from portals.feeds.columns import Column, date, decimal, text
from portals.feeds.kinds import Check, FeedKind
from providers.invoices.feeds import FIRST_YEAR, LAST_YEAR, PROFESSIONAL

DATE_INVOICES = """
    UPDATE providers_invoice invoice SET paid_on = transfer.paid_on
    FROM feed_verdict v JOIN feed_staging s ON s.line = v.line
    JOIN providers_transfer transfer ON transfer.transfer_ref = s.transfer_ref
    WHERE invoice.professional_id = transfer.professional_id AND invoice.transfer_ref = transfer.transfer_ref
      AND invoice.status = 'paid' AND invoice.paid_on IS DISTINCT FROM transfer.paid_on
"""

TRANSFERS = FeedKind(
    name="transfers",
    label="Versements aux professionnels",
    table="providers_transfer",
    columns=(
        Column("transfer_ref", text(40), required=True),
        Column("professional_ref", text(40), required=True, target=None),
        Column("paid_on", date(FIRST_YEAR, LAST_YEAR), required=True),
        Column("amount", decimal(14, 2), required=True),
    ),
    key=("transfer_ref",),
    match={"transfer_ref": "s.transfer_ref"},
    written={"professional_id": "professional.id"},
    references=(PROFESSIONAL,),
    checks=(
        Check(
            "other_professional",
            "professional_ref",
            "n’est pas le professionnel de ce versement",
            "t.professional_id <> professional.id",
        ),
    ),
    afterwards=(DATE_INVOICES,),
)
