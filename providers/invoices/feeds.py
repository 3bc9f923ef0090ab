"""The feeds of invoices and of their lines. Lines that do not add up are loaded: the page of the invoice says it."""

from portals.feeds.columns import Column, choice, date, decimal, integer, text
from portals.feeds.kinds import Check, FeedKind, Reference, from_to
from providers.invoices.models import Mode, Status

FIRST_YEAR, LAST_YEAR = 2000, 2100
HIGHEST_RANK, HIGHEST_LINE = 999, 99_999
PROFESSIONAL = Reference("professional_ref", "providers_professional", "professional_ref", "professional")

# A rejected invoice, and the first one received after it for the same person and day of care: of the same total, or of
# another one when the reason of the reject calls for it. Told for the members that the file speaks of.
FIND_RESUBMITTED = """
    UPDATE providers_invoice rejected SET resubmitted_as = found.number
    FROM (
        SELECT r.id, coalesce((
            SELECT n.invoice_number FROM providers_invoice n
            WHERE n.professional_id = r.professional_id AND n.member_number = r.member_number AND n.rank = r.rank
              AND n.care_date = r.care_date AND n.status <> 'cancelled'
              AND (n.received_on, n.id) > (r.received_on, r.id) AND (n.total = r.total OR reason.amount_changes)
            ORDER BY n.total <> r.total, n.received_on, n.id LIMIT 1
        ), '') AS number
        FROM providers_invoice r LEFT JOIN providers_rejectreason reason ON reason.code = r.reject_code
        WHERE r.status = 'rejected' AND (r.professional_id, r.member_number) IN (
            SELECT professional.id, s.member_number
            FROM feed_staging s JOIN providers_professional professional USING (professional_ref)
        )
    ) found
    WHERE found.id = rejected.id AND rejected.resubmitted_as <> found.number
"""

INVOICES = FeedKind(
    name="invoices",
    label="Factures des professionnels",
    table="providers_invoice",
    columns=(
        Column("invoice_number", text(40), required=True),
        Column("professional_ref", text(40), required=True, target=None),
        Column("batch", text(20)),
        Column("care_date", date(FIRST_YEAR, LAST_YEAR), required=True),
        Column("member_number", text(16), required=True),
        Column("rank", integer(HIGHEST_RANK), required=True),
        Column("total", decimal(12, 2), required=True),
        Column("scheme_part", decimal(12, 2), required=True),
        Column("mutual_part", decimal(12, 2), required=True),
        Column("mode", choice(*Mode.values), required=True),
        Column("received_on", date(FIRST_YEAR, LAST_YEAR), required=True),
        Column("status", choice(*Status.values), required=True),
        Column("reject_code", text(20)),
        Column("transfer_ref", text(40)),
    ),
    key=("invoice_number", "professional_ref"),
    match={"invoice_number": "s.invoice_number", "professional_id": "professional.id"},
    references=(PROFESSIONAL,),
    checks=(
        from_to("care_date", "received_on", "s.received_on < s.care_date"),
        Check("bad_amounts", "total", "les parts dépassent le total", "s.scheme_part + s.mutual_part > s.total"),
        Check(
            "other_professional",
            "transfer_ref",
            "désigne le versement d’un autre professionnel",
            "EXISTS (SELECT FROM providers_transfer transfer WHERE transfer.transfer_ref = s.transfer_ref"
            " AND transfer.professional_id <> professional.id)",
        ),
    ),
    months_of=("providers_invoiceline", "care_date"),
    afterwards=(FIND_RESUBMITTED,),
)

INVOICE_LINES = FeedKind(
    name="invoice_lines",
    label="Lignes de factures",
    table="providers_invoiceline",
    columns=(
        Column("professional_ref", text(40), required=True, target=None),
        Column("invoice_number", text(40), required=True, target=None),
        Column("line", integer(HIGHEST_LINE), required=True, staged_as="nth"),
        Column("act_code", text(10), required=True),
        Column("quantity", decimal(8, 2), default="1"),
        Column("expense", decimal(12, 2), required=True),
        Column("base", decimal(12, 2), required=True),
        Column("scheme_rate", decimal(5, 4), required=True),
        Column("scheme_amount", decimal(12, 2), required=True),
        Column("mutual_amount", decimal(12, 2), required=True),
    ),
    key=("invoice_number", "professional_ref", "line"),
    match={"invoice_id": "invoice.id", "line": "s.nth"},
    written={"professional_id": "professional.id", "care_date": "invoice.care_date"},
    references=(
        PROFESSIONAL,
        Reference(
            "invoice_number",
            "providers_invoice",
            "invoice_number",
            "invoice",
            within="invoice.professional_id = professional.id",
        ),
    ),
    partitioned_by="care_date",
)
