"""The feeds of contribution slips and of their lines. Sums that do not agree are loaded: the page of the slip says it."""

import re
from decimal import Decimal

from employers.contributions.models import Status, Structure
from portals.feeds.columns import Column, ColumnType, choice, date, decimal, integer, text
from portals.feeds.kinds import Check, FeedKind, Reference, from_to

FIRST_YEAR, LAST_YEAR = 2000, 2100
HIGHEST_HEADCOUNT, HIGHEST_LINE = 9_999_999, 99_999
SHARE = decimal(5, 4, highest=Decimal(1))
MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")

# A contract that passed to another company takes the slips told since with it, and their lines follow.
LINES_FOLLOW = """
    UPDATE employers_contributionline line SET company_id = slip.company_id
    FROM feed_staging s JOIN employers_contributionslip slip ON slip.slip_number = s.slip_number
    WHERE line.slip_id = slip.id AND line.company_id <> slip.company_id
"""
DISPUTES_FOLLOW = """
    UPDATE employers_linedispute dispute SET company_id = line.company_id
    FROM employers_contributionline line
    WHERE line.id = dispute.line_id AND line.company_id <> dispute.company_id
"""


def period() -> ColumnType:
    """A day of the period, or its month as `YYYY-MM`, stored as the first day of that month."""
    day = date(FIRST_YEAR, LAST_YEAR)

    def read(value: str) -> str:
        return day.read(f"{value}-01" if MONTH.fullmatch(value) else value)

    return ColumnType(sql="date", pattern=day.pattern, read=read)


CONTRIBUTION_SLIPS = FeedKind(
    name="contribution_slips",
    label="Bordereaux de cotisations",
    table="employers_contributionslip",
    columns=(
        Column("slip_number", text(40), required=True),
        Column("contract_number", text(40), required=True, target=None),
        Column("period_start", date(FIRST_YEAR, LAST_YEAR), required=True),
        Column("period_end", date(FIRST_YEAR, LAST_YEAR), required=True),
        Column("due_date", date(FIRST_YEAR, LAST_YEAR), required=True),
        Column("status", choice(*Status.values), required=True),
        Column("previous_balance", decimal(14, 2, signed=True), default="0"),
        Column("paid_amount", decimal(14, 2)),
        Column("payment_mode", text(40)),
    ),
    key=("slip_number",),
    match={"slip_number": "s.slip_number"},
    written={"contract_id": "contract.id", "company_id": "contract.company_id"},
    references=(Reference("contract_number", "employers_groupcontract", "contract_number", "contract"),),
    checks=(from_to("period_start", "period_end", "s.period_end < s.period_start"),),
    afterwards=(LINES_FOLLOW, DISPUTES_FOLLOW),
)

CONTRIBUTION_LINES = FeedKind(
    name="contribution_lines",
    label="Lignes de bordereaux",
    table="employers_contributionline",
    columns=(
        Column("slip_number", text(40), required=True, target=None),
        Column("line", integer(HIGHEST_LINE), required=True, staged_as="nth"),
        Column("population", text(80), required=True),
        Column("structure", choice(*Structure.values), required=True),
        Column("headcount", integer(HIGHEST_HEADCOUNT), required=True),
        Column("base", decimal(14, 2), required=True),
        Column("rate", decimal(9, 6), required=True),
        Column("amount", decimal(12, 2, signed=True), required=True),
        Column("employer_share", SHARE),
        Column("adjusts_period", period()),
    ),
    key=("slip_number", "line"),
    match={"slip_id": "slip.id", "line": "s.nth"},
    written={"company_id": "slip.company_id"},
    references=(Reference("slip_number", "employers_contributionslip", "slip_number", "slip"),),
    checks=(
        Check(
            "bad_interval",
            "adjusts_period",
            "n’est pas d’une période passée",
            "s.adjusts_period >= slip.period_start",
        ),
        Check(
            "bad_amounts",
            "amount",
            "est négatif sans dire quelle période il régularise",
            "s.amount < 0 AND s.adjusts_period IS NULL",
        ),
    ),
)
