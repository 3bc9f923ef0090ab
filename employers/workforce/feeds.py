"""The feed of affiliations: who works for which company, under which contract, since when."""

from typing import LiteralString

from portals.feeds.columns import Column, date, text
from portals.feeds.kinds import Check, FeedKind, Held, Reference, from_to


def folded(value: LiteralString) -> LiteralString:
    """`portals.names.folded_name` in SQL: no accent, lower case, letters and figures parted by single spaces."""
    plain = f"replace(replace(replace(replace(lower({value}), 'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss'), 'ø', 'o')"
    plain = f"replace(replace({plain}, 'ł', 'l'), 'đ', 'd')"
    bare = f"regexp_replace(normalize({plain}, NFKD), U&'[\\0300-\\036F]', '', 'g')"
    return f"btrim(regexp_replace({bare}, '[^[:alnum:]]+', ' ', 'g'))"


# The policy that the contract opened for the person's household: followed when the rights end.
POLICY = (
    "(SELECT max(policy.id) FROM members_policy policy WHERE policy.household_id = person.household_id"
    " AND policy.group_contract = contract.contract_number)"
)

AFFILIATIONS = FeedKind(
    name="affiliations",
    label="Affiliations",
    table="employers_affiliation",
    columns=(
        Column("contract_number", text(40), required=True, target=None),
        Column("person_ref", text(40), required=True, target=None),
        Column("start_date", date(), required=True),
        Column("employee_number", text(40)),
        Column("end_date", date()),
        Column("end_reason", text(60)),
    ),
    key=("contract_number", "person_ref", "start_date"),
    match={"contract_id": "contract.id", "person_id": "person.id", "start_date": "s.start_date"},
    written={
        "company_id": "contract.company_id",
        "policy_id": POLICY,
        "population": "contract.population",
        "family_name": "person.family_name",
        "given_names": "person.given_names",
        "birth_date": "person.birth_date",
        "search_name": folded("person.family_name || ' ' || person.given_names"),
        "search_given": folded("person.given_names || ' ' || person.family_name"),
    },
    references=(
        Reference("contract_number", "employers_groupcontract", "contract_number", "contract"),
        Reference("person_ref", "members_person", "person_ref", "person"),
    ),
    checks=(
        from_to("start_date", "end_date", "s.end_date < s.start_date"),
        Check("bad_interval", "start_date", "est avant le début du contrat", "s.start_date < contract.start_date"),
        Check("not_the_insured", "person_ref", "n’est pas l’assuré de son foyer", "person.role <> 'member'"),
    ),
    held=(
        # What was ended in the space: a file without an end does not know of it yet.
        Held(
            columns=("end_date", "end_reason"),
            condition="t.ended_here_on IS NOT NULL AND s.end_date IS NULL",
            marker="ended_here_on",
            told_by=("end_date",),
        ),
        # The company says to which of its populations somebody belongs; the contract only says which one to begin with.
        Held(columns=("population",), condition="true", told_by=()),
        Held(columns=("employee_number",), condition="coalesce(s.employee_number, '') = ''", told_by=()),
    ),
)
