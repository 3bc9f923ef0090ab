"""The feeds of professionals and of their agreements. The agreement's IBAN is sealed, under the agreement's own key."""

from decimal import Decimal

from portals.feeds import numbers
from portals.feeds.columns import Column, date, decimal, text
from portals.feeds.kinds import FeedKind, Reference, Secret, from_to
from portals.feeds.sealing import index_column

IBAN_PLACE = "providers_agreement.iban"

PROFESSIONALS = FeedKind(
    name="professionals",
    label="Professionnels",
    table="providers_professional",
    columns=(
        Column("professional_ref", text(40), required=True),
        Column("rpps", numbers.rpps()),
        Column("finess", text(9)),
        Column("am_number", text(9)),
        Column("profession", text(60), required=True),
        Column("specialty", text(80)),
        Column("family_name", text(80), required=True),
        Column("given_name", text(80)),
        Column("practice_name", text(120)),
        Column("street", text(120)),
        Column("postcode", text(12), required=True),
        Column("city_code", text(5)),
        Column("city", text(80), required=True),
        Column("phone", text(20)),
        Column("latitude", decimal(9, 6, signed=True, highest=Decimal(90))),
        Column("longitude", decimal(9, 6, signed=True, highest=Decimal(180))),
        Column("networks", text(120)),
    ),
    key=("professional_ref",),
    match={"professional_ref": "s.professional_ref"},
)

AGREEMENTS = FeedKind(
    name="agreements",
    label="Conventions",
    table="providers_agreement",
    columns=(
        Column("agreement_number", text(40), required=True),
        Column("professional_ref", text(40), required=True, target=None),
        Column("start_date", date(), required=True),
        Column("end_date", date()),
        Column("iban", numbers.iban(), target=None, derived=(index_column("iban", IBAN_PLACE),)),
        Column("email", numbers.email()),
    ),
    key=("agreement_number",),
    match={"agreement_number": "s.agreement_number"},
    written={"professional_id": "professional.id"},
    references=(Reference("professional_ref", "providers_professional", "professional_ref", "professional"),),
    checks=(from_to("start_date", "end_date", "s.end_date < s.start_date"),),
    secrets=(Secret("iban", IBAN_PLACE),),
    subject="'agreement:' || s.agreement_number",
)
