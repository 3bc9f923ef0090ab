"""The feeds of companies and of their group contracts."""

from decimal import Decimal

from portals.feeds import numbers
from portals.feeds.columns import Column, date, decimal, text
from portals.feeds.kinds import FeedKind, Reference, from_to

COMPANIES = FeedKind(
    name="companies",
    label="Entreprises",
    table="employers_company",
    columns=(
        Column("siret", numbers.siret(), required=True),
        Column("name", text(200), required=True),
        Column("naf", text(6)),
        Column("address_line1", text(120)),
        Column("postcode", text(12)),
        Column("city", text(80)),
        Column("email", numbers.email()),
        Column("phone", text(20)),
    ),
    key=("siret",),
    match={"siret": "s.siret"},
)

GROUP_CONTRACTS = FeedKind(
    name="group_contracts",
    label="Contrats collectifs",
    table="employers_groupcontract",
    columns=(
        Column("contract_number", text(40), required=True),
        Column("siret", numbers.siret(), required=True, target=None),
        Column("plan_code", text(20), required=True, target=None),
        Column("population", text(80), required=True),
        Column("start_date", date(), required=True),
        Column("end_date", date()),
        Column("employer_share", decimal(5, 4, highest=Decimal(1))),
    ),
    key=("contract_number",),
    match={"contract_number": "s.contract_number"},
    written={"company_id": "company.id", "plan_id": "plan.id"},
    references=(
        Reference("siret", "employers_company", "siret", "company"),
        Reference("plan_code", "members_plan", "plan_code", "plan"),
    ),
    checks=(from_to("start_date", "end_date", "s.end_date < s.start_date"),),
)
