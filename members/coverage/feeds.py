"""The feeds of plans, guarantees, policies and covers."""

from members.coverage.models import CapUnit, GuaranteeBasis, PlanKind
from portals.feeds.columns import Column, choice, date, decimal, flag, text
from portals.feeds.kinds import FeedKind, Held, Reference, from_to

VALIDITY = from_to("valid_from", "valid_to", "s.valid_to < s.valid_from")
DURATION = from_to("start_date", "end_date", "s.end_date < s.start_date")

PLANS = FeedKind(
    name="plans",
    label="Formules",
    table="members_plan",
    columns=(
        Column("plan_code", text(20), required=True),
        Column("name", text(80), required=True),
        Column("kind", choice(*PlanKind.values), required=True),
        Column("responsible", flag(), required=True),
        Column("valid_from", date(), required=True),
        Column("valid_to", date()),
    ),
    key=("plan_code",),
    match={"plan_code": "s.plan_code"},
    checks=(VALIDITY,),
)

GUARANTEES = FeedKind(
    name="guarantees",
    label="Tableaux de garanties",
    table="members_guarantee",
    columns=(
        Column("plan_code", text(20), required=True, target=None),
        Column("act_family", text(8), required=True, target=None),
        Column("valid_from", date(), required=True),
        Column("valid_to", date()),
        Column("basis", choice(*GuaranteeBasis.values), required=True),
        Column("rate", decimal(6, 4)),
        Column("amount", decimal(12, 2)),
        Column("annual_cap", decimal(12, 2)),
        Column("cap_unit", choice(*CapUnit.values)),
        Column("wording", text(300), required=True),
    ),
    key=("plan_code", "act_family", "valid_from"),
    match={"plan_id": "plan.id", "act_family_id": "family.code", "valid_from": "s.valid_from"},
    references=(
        Reference("plan_code", "members_plan", "plan_code", "plan"),
        Reference("act_family", "members_actfamily", "code", "family"),
    ),
    checks=(VALIDITY,),
)

POLICIES = FeedKind(
    name="policies",
    label="Contrats",
    table="members_policy",
    columns=(
        Column("policy_number", text(40), required=True),
        Column("member_number", text(16), required=True, target=None),
        Column("plan_code", text(20), required=True, target=None),
        Column("start_date", date(), required=True),
        Column("end_date", date()),
        Column("end_reason", text(60)),
        Column("group_contract", text(40)),
    ),
    key=("policy_number",),
    match={"policy_number": "s.policy_number"},
    written={"household_id": "household.id", "plan_id": "plan.id"},
    references=(
        Reference("member_number", "members_household", "member_number", "household"),
        Reference("plan_code", "members_plan", "plan_code", "plan"),
    ),
    checks=(DURATION,),
    # A termination asked in the space has ended the policy: a file without an end does not know of it yet.
    held=(
        Held(
            columns=("end_date", "end_reason"),
            condition="t.ended_here_on IS NOT NULL AND s.end_date IS NULL",
            marker="ended_here_on",
            told_by=("end_date",),
        ),
    ),
)

COVERS = FeedKind(
    name="covers",
    label="Couvertures",
    table="members_cover",
    columns=(
        Column("policy_number", text(40), required=True, target=None),
        Column("person_ref", text(40), required=True, target=None),
        Column("start_date", date(), required=True),
        Column("end_date", date()),
    ),
    key=("policy_number", "person_ref", "start_date"),
    match={"policy_id": "policy.id", "person_id": "person.id", "start_date": "s.start_date"},
    # The tenant of a cover is the policy's household: a child may be covered by each parent's policy.
    written={"household_id": "policy.household_id"},
    references=(
        Reference("policy_number", "members_policy", "policy_number", "policy"),
        Reference("person_ref", "members_person", "person_ref", "person"),
    ),
    checks=(DURATION,),
    # As the policy: its termination closed the covers that the file still shows running.
    held=(
        Held(
            columns=("end_date",),
            condition="policy.ended_here_on IS NOT NULL AND s.end_date IS NULL AND t.end_date IS NOT NULL",
            told_by=("end_date",),
        ),
        # A removal asked in the space, or a limit of age that was reached: a file without an end does not know of it yet.
        Held(
            columns=("end_date",),
            condition="s.end_date IS NULL AND t.end_date IS NOT NULL AND (EXISTS (SELECT FROM members_beneficiaryrequest r"
            " WHERE r.person_id = t.person_id AND r.kind = 'remove' AND r.state = 'accepted'"
            " AND r.effect_date = t.end_date) OR EXISTS (SELECT FROM members_limitnotice n"
            " WHERE n.person_id = t.person_id AND n.closed_at IS NOT NULL AND n.last_day = t.end_date))",
            told_by=("end_date",),
        ),
    ),
)
