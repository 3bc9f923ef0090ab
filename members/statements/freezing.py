"""The one SQL statement that freezes a month: lines, payments and totals of each recipient, and the render jobs.

Who receives what is `rules.recipient_of` and `rules.is_paid_for`, written again here as sets; a test holds the two
together. Amounts are frozen as texts with two decimals, euros.
"""

import datetime

from django.db import connection

from members.households.rules import AGE_OF_OWN_CHOICE, MAJORITY
from members.statements.due import DUE, is_issued, marks, note_issue
from members.statements.rules import last_day, next_month
from portals.documents.verification import ALPHABET
from portals.jobs import Priority

RANDOM_BYTES = (0, 1, 2, 3, 4, 5, 7, 9, 10, 11, 12, 13)
"""The bytes of a version 4 UUID whose five low bits are all random."""

CODE = " || ".join(
    f"{"'-' || " if position in {4, 8} else ''}substr('{ALPHABET}', (get_byte(random, {byte}) & 31) + 1, 1)"
    for position, byte in enumerate(RANDOM_BYTES)
)

FREEZE = f"""
WITH {DUE},
holder AS (
    SELECT DISTINCT ON (household_id) household_id, id, given_names || ' ' || family_name AS name
    FROM members_person WHERE role = 'member' ORDER BY household_id, rank, id
),
judged AS (
    SELECT DISTINCT ON (child_id) child_id, exercised_by, coalesce(parent_id, 0) AS parent_id
    FROM members_parentalauthority WHERE start_date <= %(last)s ORDER BY child_id, start_date DESC, id DESC
),
minor AS MATERIALIZED (
    SELECT p.id AS person_id, parent.id AS recipient_id
    FROM members_person p
    LEFT JOIN holder h ON h.household_id = p.household_id
    LEFT JOIN judged j ON j.child_id = p.id
    JOIN members_person parent ON parent.household_id = p.household_id AND parent.id <> p.id
        AND parent.id = CASE WHEN j.exercised_by = 'one' THEN j.parent_id ELSE h.id END
    WHERE p.role <> 'member' AND p.birth_date >= %(minor_from)s AND (p.birth_date >= %(under_age_from)s OR (
        NOT EXISTS (
            SELECT FROM portals_grant g WHERE g.space = 'adherent' AND g.basis = 'cover' AND g.subject_id = p.id
                AND g.revoked_at IS NULL AND g.since <= %(last)s AND (g.closes_on IS NULL OR g.closes_on > %(last)s)
        )
        AND NOT EXISTS (
            SELECT FROM members_carechoice c
            WHERE c.person_id = p.id AND c.parent_id = parent.id AND c.replaced_at IS NULL AND NOT c.shows
        )
    ))
),
line AS MATERIALIZED (
    SELECT b.person_id, b.policy_id, b.expense, b.scheme_amount, b.mutual_amount, b.other_amount, b.paid_to,
        r.id AS recipient_id,
        CASE WHEN b.paid_to = 'insured' THEN CASE WHEN p.iban_sealed IS NULL THEN coalesce(h.id, p.id) ELSE p.id END END
            AS account_id,
        concat('[', p.id, ',"', b.care_date, '",', to_json(coalesce(nullif(b.act_label, ''), a.label, b.act_code)), ',',
            to_json(b.professional_name), ',"', b.expense, '","', b.base, '","', b.scheme_rate, '","', b.scheme_amount,
            '","', b.deduction, '","', b.mutual_amount, '","', b.other_amount, '","',
            CASE WHEN b.paid_to <> 'insured' THEN 'professional'
                WHEN p.iban_sealed IS NULL AND r.id IS NOT DISTINCT FROM coalesce(h.id, p.id) THEN 'recipient'
                WHEN p.iban_sealed IS NULL AND p.id <> r.id THEN 'other_parent'
                WHEN p.iban_sealed IS NULL THEN 'holder'
                WHEN p.id = r.id THEN 'recipient' ELSE 'person' END,
            '","', b.payment_date, '",', to_json(b.payment_ref), ']') AS frozen
    FROM due b
    JOIN members_person p ON p.id = b.person_id
    LEFT JOIN holder h ON h.household_id = b.household_id
    LEFT JOIN members_actcode a ON a.code = b.act_code
    LEFT JOIN minor m ON m.person_id = p.id
    CROSS JOIN LATERAL (SELECT coalesce(m.recipient_id, p.id) AS id) r
),
total AS (
    SELECT recipient_id, count(*) AS lines, sum(expense) AS expense, sum(scheme_amount) AS scheme,
        sum(mutual_amount) AS mutual, sum(other_amount) AS other,
        coalesce(sum(mutual_amount) FILTER (WHERE paid_to = 'insured'), 0) AS to_insured,
        string_agg(frozen, ',') AS frozen
    FROM line GROUP BY recipient_id
),
cared_for AS (
    SELECT l.recipient_id, json_agg(
            json_build_array(p.id, p.given_names || ' ' || p.family_name, split_part(p.given_names, ' ', 1), p.birth_date, p.sex)
            ORDER BY p.id <> l.recipient_id, p.rank, p.id) AS persons
    FROM (SELECT DISTINCT recipient_id, person_id FROM line) l JOIN members_person p ON p.id = l.person_id
    GROUP BY l.recipient_id
),
policy AS (
    SELECT l.recipient_id, json_agg(c.policy_number ORDER BY c.policy_number) AS numbers
    FROM (SELECT DISTINCT recipient_id, policy_id FROM line) l JOIN members_policy c ON c.id = l.policy_id
    GROUP BY l.recipient_id
),
other AS (
    SELECT t.account_id AS recipient_id, json_agg(
            json_build_array(p.given_names || ' ' || p.family_name, t.amount::text) ORDER BY p.rank, p.id) AS persons
    FROM (
        SELECT account_id, person_id, sum(mutual_amount) AS amount FROM line
        WHERE account_id <> recipient_id AND account_id <> person_id
        GROUP BY account_id, person_id HAVING sum(mutual_amount) <> 0
    ) t JOIN members_person p ON p.id = t.person_id
    GROUP BY t.account_id
),
issued AS (
    INSERT INTO members_statement (number, recipient_id, household_id, period, issued_at, line_count, expense,
        scheme_amount, mutual_amount, other_amount, paid_to_insured, paid_to_professionals, content,
        verification_code, state)
    SELECT 'R-' || to_char(%(first)s::date, 'YYYY-MM-') || lpad(p.id::text, 10, '0'), p.id, p.household_id, %(first)s,
        %(now)s, coalesce(t.lines, 0), coalesce(t.expense, 0), coalesce(t.scheme, 0), coalesce(t.mutual, 0),
        coalesce(t.other, 0), coalesce(t.to_insured, 0), coalesce(t.mutual - t.to_insured, 0),
        concat('{{"name":', to_json(p.given_names || ' ' || p.family_name),
            ',"address":', json_build_array(p.address_line1, p.address_line2, p.postcode || ' ' || p.city),
            ',"member_number":', to_json(f.member_number), ',"policies":', coalesce(c.numbers, '[]'),
            ',"holder":', to_json(CASE WHEN h.id <> p.id THEN h.name ELSE '' END),
            ',"persons":', coalesce(d.persons, '[]'), ',"lines":[', t.frozen, '],"others":', coalesce(o.persons, '[]'), '}}'
        )::jsonb,
        {CODE}, 'due'
    FROM total t
    FULL JOIN other o USING (recipient_id)
    JOIN members_person p ON p.id = recipient_id
    JOIN members_household f ON f.id = p.household_id
    LEFT JOIN holder h ON h.household_id = p.household_id
    LEFT JOIN cared_for d ON d.recipient_id = p.id
    LEFT JOIN policy c ON c.recipient_id = p.id
    CROSS JOIN LATERAL (SELECT uuid_send(gen_random_uuid()) AS random WHERE p.id IS NOT NULL OFFSET 0) u
    WHERE NOT EXISTS (SELECT FROM members_statement s WHERE s.recipient_id = p.id AND s.period = %(first)s)
    ON CONFLICT (recipient_id, period) DO NOTHING
    RETURNING id
),
queued AS (
    INSERT INTO portals_job (kind, key, subject_id, state, priority, due_at, attempts, error, created_at)
    SELECT %(kind)s, id::text, id, 'due', %(priority)s, %(now)s, 0, '', %(now)s FROM issued
    ON CONFLICT (kind, key) DO NOTHING
)
SELECT count(*) FROM issued
"""


def freeze_month(month: datetime.date, *, kind: str, now: datetime.datetime) -> int:
    """Freeze the statements of a month (its first day) and queue their jobs; returns how many are new.

    A month is issued once: asked again, this makes nothing, and what came meanwhile is for the next statements
    (`members.statements.due`). Needs the system's row context.
    """
    if is_issued(month):
        return 0
    following = next_month(month)
    with connection.cursor() as cursor:
        # The planner takes the row-level policies for filters that leave one row in a hundred, and would loop.
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute("SET LOCAL work_mem = '128MB'")
        cursor.execute(
            FREEZE,
            {
                "first": month,
                "next": following,
                "last": last_day(month),
                # Born later than the last day of the month so many years before: still younger on the last day.
                "under_age_from": following.replace(year=following.year - AGE_OF_OWN_CHOICE),
                "minor_from": following.replace(year=following.year - MAJORITY),
                "now": now,
                "kind": kind,
                "priority": Priority.BATCH,
                **marks(),
            },
        )
        row = cursor.fetchone()
        cursor.execute("SET LOCAL enable_nestloop = on")
    note_issue(month, now)
    return int(row[0]) if row else 0
