"""The feed of persons: households are made by member number; NIR and IBAN are sealed and never stored in clear."""

from members.households.models import Role
from portals.feeds import numbers
from portals.feeds.columns import Column, Derived, choice, date, flag, integer, text
from portals.feeds.kinds import FeedKind, Held, Reference, Secret
from portals.feeds.sealing import index_column
from portals.names import folded_name

NIR_PLACE = "members_person.nir"
IBAN_PLACE = "members_person.iban"

# What a person changed in the space (`members.coordinates`) holds while files still say what it replaced. What was
# replaced is kept as fingerprints: a file that says something else knows better (docs/decisions/bank-details.md).
ADDRESS = ("address_line1", "address_line2", "postcode", "city", "country")
IBAN_HELD = Held(
    columns=("iban_index",),
    condition="coalesce(encode(s.iban_index, 'hex'), '') = ANY(t.iban_replaced)"
    " AND s.iban_index IS DISTINCT FROM t.iban_index",
    marker="iban_replaced",
    told_by=("iban",),
)
ADDRESS_HELD = Held(
    columns=ADDRESS,
    condition="CASE WHEN t.address_replaced IS NULL THEN false ELSE"
    " encode(sha256(convert_to(concat_ws(chr(31), coalesce(s.address_line1, ''), coalesce(s.address_line2, ''),"
    " coalesce(s.postcode, ''), coalesce(s.city, ''), coalesce(s.country, '')), 'UTF8')), 'hex')"
    " = ANY(t.address_replaced) AND (coalesce(s.address_line1, ''), coalesce(s.address_line2, ''),"
    " coalesce(s.postcode, ''), coalesce(s.city, ''), coalesce(s.country, ''))"
    " IS DISTINCT FROM (t.address_line1, t.address_line2, t.postcode, t.city, t.country) END",
    marker="address_replaced",
    told_by=ADDRESS,
)
PHONE_HELD = Held(
    columns=("phone",),
    condition="CASE WHEN t.phone_replaced IS NULL THEN false ELSE"
    " encode(sha256(convert_to(coalesce(s.phone, ''), 'UTF8')), 'hex') = ANY(t.phone_replaced)"
    " AND coalesce(s.phone, '') IS DISTINCT FROM t.phone END",
    marker="phone_replaced",
    told_by=("phone",),
)

PERSONS = FeedKind(
    name="persons",
    label="Personnes",
    table="members_person",
    columns=(
        Column("person_ref", text(40), required=True),
        Column("member_number", text(16), required=True, target=None),
        Column("rank", integer(999), required=True),
        Column("role", choice(*Role.values), required=True),
        Column("family_name", text(80), required=True, derived=(Derived("search_name", "text", folded_name),)),
        Column("birth_name", text(80)),
        Column("given_names", text(120), required=True),
        Column("birth_date", date(), required=True),
        Column("birth_rank", integer(99), default="1"),
        Column("sex", choice("1", "2")),
        Column("nir", numbers.nir(), target=None, derived=(index_column("nir", NIR_PLACE),)),
        Column("email", numbers.email()),
        Column("phone", text(20)),
        Column("address_line1", text(120)),
        Column("address_line2", text(120)),
        Column("postcode", text(12)),
        Column("city", text(80)),
        Column("country", text(2)),
        Column("iban", numbers.iban(), target=None, derived=(index_column("iban", IBAN_PLACE),)),
        Column("scheme_code", text(3)),
        Column("office_code", text(6)),
        Column("alsace_moselle", flag(), default="0"),
    ),
    key=("person_ref",),
    match={"person_ref": "s.person_ref"},
    written={"household_id": "household.id", "search_name": "s.search_name"},
    references=(Reference("member_number", "members_household", "member_number", "household", made=True),),
    prepare=(
        "INSERT INTO members_household (member_number) SELECT DISTINCT s.member_number FROM feed_staging s"
        " WHERE NOT EXISTS (SELECT FROM members_household h WHERE h.member_number = s.member_number)",
    ),
    secrets=(Secret("nir", NIR_PLACE), Secret("iban", IBAN_PLACE)),
    subject="'person:' || s.person_ref",
    held=(IBAN_HELD, ADDRESS_HELD, PHONE_HELD),
)
