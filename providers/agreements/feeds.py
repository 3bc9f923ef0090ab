"""The feeds of professionals and of their agreements. The agreement's IBAN is sealed, under the agreement's own key."""

from decimal import Decimal

from portals.feeds import numbers
from portals.feeds.columns import Column, date, decimal, text
from portals.feeds.kinds import Check, FeedKind, Held, Reference, Secret, from_to
from portals.feeds.sealing import index_column

IBAN_PLACE = "providers_agreement.iban"

# The third digit of an AM number is a category of professionals. Establishments (0) and laboratories (3) bill for
# people of every profession, suppliers (2) are of many: only a category that is one profession's can contradict it.
CATEGORY_OF_ANOTHER = Check(
    "am_number_profession",
    "am_number",
    "est d’une autre profession que celle de la ligne (troisième chiffre)",
    "substr(s.am_number, 3, 1) IN ('1', '4', '5', '6', '7', '8', '9') AND substr(s.am_number, 3, 1) <> CASE"
    " WHEN starts_with(lower(s.profession), 'médecin') THEN '1' WHEN strpos(lower(s.profession), 'dentiste') > 0 THEN '4'"
    " WHEN starts_with(lower(s.profession), 'sage-femme') THEN '5'"
    " WHEN starts_with(lower(s.profession), 'infirmi') THEN '6'"
    " WHEN strpos(lower(s.profession), 'kinésithérapeute') > 0 THEN '7'"
    " WHEN starts_with(lower(s.profession), 'pédicure') THEN '8'"
    " WHEN starts_with(lower(s.profession), 'ortho') THEN '9' END",
)

# What the professional changed in the space (`providers.banking`) holds while files still say what it replaced.
IBAN_HELD = Held(
    columns=("iban_index",),
    condition="coalesce(encode(s.iban_index, 'hex'), '') = ANY(t.iban_replaced)"
    " AND s.iban_index IS DISTINCT FROM t.iban_index",
    marker="iban_replaced",
    told_by=("iban",),
)

PROFESSIONALS = FeedKind(
    name="professionals",
    label="Professionnels",
    table="providers_professional",
    columns=(
        Column("professional_ref", text(40), required=True),
        Column("rpps", numbers.rpps()),
        Column("finess", numbers.finess()),
        Column("am_number", numbers.am_number()),
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
    checks=(CATEGORY_OF_ANOTHER,),
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
    held=(IBAN_HELD,),
    subject="'agreement:' || s.agreement_number",
)
