"""The feed of benefit lines, the large one. Nothing but sets: the database does not hold the lines' relations."""

from members.benefits.models import PaidTo, Source
from portals.feeds.columns import Column, choice, date, decimal, text
from portals.feeds.kinds import Check, FeedKind, Reference, SetCheck

# Reversals without an original. An original is a line of the same policy, person, day and act with the opposite
# amounts, in the file or already stored; it can be reversed once. Stored lines that the file tells anew do not count.
UNMATCHED_REVERSALS = """
    WITH reversal AS MATERIALIZED (
        SELECT s.line, s.policy_number, s.person_ref, s.care_date, s.act_code, -s.expense AS expense,
               -s.scheme_amount AS scheme_amount, -s.mutual_amount AS mutual_amount,
               -coalesce(s.other_amount, 0) AS other_amount
        FROM feed_staging s
        WHERE s.expense < 0 OR s.scheme_amount < 0 OR s.mutual_amount < 0 OR s.other_amount < 0
    ), wanted AS MATERIALIZED (
        SELECT DISTINCT policy_number, person_ref, care_date, act_code, expense, scheme_amount, mutual_amount,
               other_amount
        FROM reversal
    ), near AS MATERIALIZED ( -- one column is enough to leave most of a million rows aside
        SELECT s.* FROM feed_staging s WHERE s.person_ref IN (SELECT person_ref FROM reversal)
    ), stored AS MATERIALIZED (
        SELECT w.*, b.benefit_ref, b.expense = w.expense AND b.scheme_amount = w.scheme_amount
                    AND b.mutual_amount = w.mutual_amount AND b.other_amount = w.other_amount AS original
        FROM wanted w
        JOIN members_policy policy ON policy.policy_number = w.policy_number
        JOIN members_person person ON person.person_ref = w.person_ref
        JOIN members_benefitline b ON b.household_id = policy.household_id AND b.care_date = w.care_date
             AND b.policy_id = policy.id AND b.person_id = person.id AND b.act_code = w.act_code
             AND ((b.expense = w.expense AND b.scheme_amount = w.scheme_amount
                   AND b.mutual_amount = w.mutual_amount AND b.other_amount = w.other_amount)
                  OR (b.expense = -w.expense AND b.scheme_amount = -w.scheme_amount
                      AND b.mutual_amount = -w.mutual_amount AND b.other_amount = -w.other_amount))
    ), told_anew AS MATERIALIZED (
        SELECT s.benefit_ref FROM feed_staging s WHERE s.benefit_ref IN (SELECT benefit_ref FROM stored)
    ), available AS (
        SELECT policy_number, person_ref, care_date, act_code, expense, scheme_amount, mutual_amount, other_amount,
               sum(number) AS number
        FROM (
            SELECT w.*, 1 AS number
            FROM wanted w
            JOIN near s ON s.policy_number = w.policy_number AND s.person_ref = w.person_ref
                 AND s.care_date = w.care_date AND s.act_code = w.act_code AND s.expense = w.expense
                 AND s.scheme_amount = w.scheme_amount AND s.mutual_amount = w.mutual_amount
                 AND coalesce(s.other_amount, 0) = w.other_amount
            UNION ALL
            SELECT policy_number, person_ref, care_date, act_code, expense, scheme_amount, mutual_amount,
                   other_amount, CASE WHEN original THEN 1 ELSE -1 END
            FROM stored
            WHERE NOT EXISTS (SELECT FROM told_anew WHERE told_anew.benefit_ref = stored.benefit_ref)
        ) found
        GROUP BY policy_number, person_ref, care_date, act_code, expense, scheme_amount, mutual_amount, other_amount
    )
    SELECT numbered.line
    FROM (
        SELECT reversal.*, row_number() OVER (
            PARTITION BY policy_number, person_ref, care_date, act_code, expense, scheme_amount, mutual_amount,
                         other_amount
            ORDER BY line
        ) AS nth
        FROM reversal
    ) numbered
    LEFT JOIN available USING (policy_number, person_ref, care_date, act_code, expense, scheme_amount, mutual_amount,
                               other_amount)
    WHERE numbered.nth > coalesce(available.number, 0)
"""

BENEFITS = FeedKind(
    name="benefits",
    label="Prestations",
    table="members_benefitline",
    columns=(
        Column("benefit_ref", text(40), required=True),
        Column("policy_number", text(40), required=True, target=None),
        Column("person_ref", text(40), required=True, target=None),
        Column("care_date", date(1980, 2100), required=True),
        Column("act_code", text(10), required=True),
        Column("act_label", text(120)),
        Column("quantity", decimal(8, 2, signed=True), default="1"),
        Column("professional_name", text(120)),
        Column("expense", decimal(12, 2, signed=True), required=True),
        Column("base", decimal(12, 2, signed=True), required=True),
        Column("scheme_rate", decimal(5, 4), required=True),
        Column("scheme_amount", decimal(12, 2, signed=True), required=True),
        Column("deduction", decimal(12, 2, signed=True), default="0"),
        Column("mutual_amount", decimal(12, 2, signed=True), required=True),
        Column("other_amount", decimal(12, 2, signed=True), default="0"),
        Column("paid_to", choice(*PaidTo.values), required=True),
        Column("payment_ref", text(40)),
        Column("payment_date", date()),
        Column("source", choice(*Source.values), required=True),
    ),
    key=("benefit_ref",),
    match={"benefit_ref": "s.benefit_ref"},
    written={
        "policy_id": "policy.id",
        "person_id": "person.id",
        # Who sees the line: the household that took out the policy.
        "household_id": "policy.household_id",
    },
    references=(
        Reference("policy_number", "members_policy", "policy_number", "policy"),
        Reference("person_ref", "members_person", "person_ref", "person"),
        Reference("act_code", "members_actcode", "code", "act"),
    ),
    checks=(
        Check(
            "not_covered",
            "person_ref",
            "n’est ni du foyer du contrat, ni couvert par lui",
            "person.household_id <> policy.household_id AND NOT EXISTS (SELECT FROM members_cover cover"
            " WHERE cover.policy_id = policy.id AND cover.person_id = person.id)",
        ),
        Check(
            "bad_amounts",
            "expense",
            "les montants d’une annulation sont tous négatifs ou nuls",
            "(s.expense < 0 OR s.scheme_amount < 0 OR s.mutual_amount < 0 OR s.other_amount < 0)"
            " AND greatest(s.expense, s.scheme_amount, s.mutual_amount, s.other_amount) > 0",
        ),
        Check(
            "bad_amounts",
            "expense",
            "la somme des parts dépasse la dépense",
            "s.expense >= 0 AND s.scheme_amount + s.mutual_amount + coalesce(s.other_amount, 0) > s.expense",
        ),
    ),
    set_checks=(
        SetCheck(
            "no_original",
            "benefit_ref",
            "annule une prestation qui n’existe pas, ou qui est déjà annulée",
            UNMATCHED_REVERSALS,
        ),
    ),
    partitioned_by="care_date",
)
