"""From accepted representations to open grants: one statement, for one of them or for all, that may be run again.

What it computes is `rules.closing`, `rules.consults_only` and `portals.accounts.rules.access_given_by`, written again
as sets; a test holds them together. Needs the system's row context.
"""

import datetime

from django.db import connection

# A day so many years later; 29 February gives 1 March in other years, as `rules.birthday` and `two_years_after` say.
LATER = (
    "(make_date(extract(year FROM {day})::int + {years}, extract(month FROM {day})::int, 1)"
    " + extract(day FROM {day})::int - 1)"
)
AGE_16 = LATER.format(day="p.birth_date", years=16)
AGE_18 = LATER.format(day="p.birth_date", years=18)
TWO_YEARS_AFTER = LATER.format(day="last.day", years=2)

OPEN = f"""
INSERT INTO portals_grant (account_id, space, basis, role, tenant_id, subject_id, since, ended_on, closes_on,
    consult_only, created_at)
SELECT r.account_id, 'adherent', 'representation', '', r.household_id, r.person_id,
    least(r.start_date, coalesce(due.closes_on, r.start_date)), cover.ended_on, due.closes_on,
    r.scope = 'consult' OR (
        r.quality = 'parent' AND r.prolonged_at IS NULL AND {AGE_16} <= %(today)s AND EXISTS (
            SELECT FROM portals_grant own
            WHERE own.space = 'adherent' AND own.basis = 'cover' AND own.subject_id = p.id AND own.revoked_at IS NULL
        )
    ), now()
FROM members_representation r
JOIN members_person p ON p.id = r.person_id
CROSS JOIN LATERAL (
    SELECT CASE WHEN bool_or(last.day IS NULL) THEN NULL ELSE max(last.day) END AS ended_on,
        CASE WHEN bool_or(last.day IS NULL) THEN NULL ELSE max({TWO_YEARS_AFTER}) END AS closes_on
    FROM members_cover c JOIN members_policy y ON y.id = c.policy_id
    CROSS JOIN LATERAL (SELECT least(c.end_date, y.end_date) AS day) last
    WHERE c.person_id = r.person_id AND c.start_date <= %(today)s
) cover
CROSS JOIN LATERAL (
    SELECT least(cover.closes_on, r.end_date + 1,
        CASE WHEN r.quality = 'parent' THEN {AGE_18} END
    ) AS closes_on
) due
WHERE r.state = 'accepted' AND (%(one)s::bigint IS NULL OR r.id = %(one)s)
    AND (%(account)s::bigint IS NULL OR r.account_id = %(account)s)
ON CONFLICT (account_id, space, tenant_id, subject_id) DO UPDATE SET
    basis = excluded.basis, since = excluded.since, ended_on = excluded.ended_on, closes_on = excluded.closes_on,
    consult_only = excluded.consult_only, revoked_at = CASE WHEN %(one)s::bigint IS NULL THEN portals_grant.revoked_at END
WHERE (portals_grant.basis = 'representation' OR (portals_grant.revoked_at IS NOT NULL AND %(one)s::bigint IS NOT NULL))
    AND ((portals_grant.since, portals_grant.ended_on, portals_grant.closes_on, portals_grant.consult_only)
        IS DISTINCT FROM (excluded.since, excluded.ended_on, excluded.closes_on, excluded.consult_only)
        OR (%(one)s::bigint IS NOT NULL AND portals_grant.revoked_at IS NOT NULL))
"""  # noqa: S608 our own expressions, no outside text

PARENTS = """
INSERT INTO members_representation (reference, account_id, person_id, household_id, quality, scope, start_date,
    is_automatic, state, created_at, asked_at, decided_at, answer, ending, contest)
SELECT replace(gen_random_uuid()::text, '-', ''), g.account_id, child.id, child.household_id, 'parent', 'act',
    %(today)s, true, 'accepted', %(now)s, %(now)s, %(now)s, '', '', ''
FROM portals_grant g
JOIN portals_account a ON a.id = g.account_id AND a.is_active AND a.state <> 'closed'
JOIN members_person holder ON holder.id = g.subject_id AND holder.role = 'member'
JOIN members_person child ON child.household_id = holder.household_id AND child.role = 'child'
WHERE g.space = 'adherent' AND g.basis = 'cover' AND g.revoked_at IS NULL
    AND g.since <= %(today)s AND (g.closes_on IS NULL OR g.closes_on > %(today)s)
    AND (%(account)s::bigint IS NULL OR g.account_id = %(account)s)
    AND child.birth_date > %(sixteen_years_ago)s
    AND EXISTS (
        SELECT FROM members_cover c JOIN members_policy y ON y.id = c.policy_id
        WHERE c.person_id = child.id AND c.start_date <= %(today)s
            AND coalesce(least(c.end_date, y.end_date), %(today)s) >= %(today)s
    )
    AND NOT EXISTS (
        SELECT FROM members_representation r
        WHERE r.account_id = g.account_id AND r.person_id = child.id AND r.quality = 'parent' AND r.state <> 'refused'
    )
    AND NOT EXISTS (
        SELECT FROM members_representation r
        WHERE r.person_id = holder.id AND r.state = 'accepted' AND r.quality = 'guardian'
    )
    AND coalesce((
        SELECT CASE WHEN j.exercised_by = 'one' THEN coalesce(j.parent_id, 0) ELSE holder.id END
        FROM members_parentalauthority j WHERE j.child_id = child.id AND j.start_date <= %(today)s
        ORDER BY j.start_date DESC, j.id DESC LIMIT 1
    ), holder.id) = holder.id
ON CONFLICT DO NOTHING
"""


def open_grants(*, today: datetime.date, representation_id: int | None = None, account_id: int | None = None) -> int:
    """Open or correct the grants of accepted representations, or of those of one account; returns how many changed.

    For one representation, just accepted, a grant that was withdrawn opens again; for all of them, what somebody
    withdrew stays so.
    """
    with connection.cursor() as cursor:
        cursor.execute(OPEN, {"today": today, "one": representation_id, "account": account_id})
        return cursor.rowcount


def recognise_parents(*, today: datetime.date, now: datetime.datetime, account_id: int | None = None) -> int:
    """Accept, by law, the representation of each child under 16 by the member of the household; returns how many.

    One that ended, or was contested away, is not made again; nor against a judgment that names another parent.
    """
    # Whoever was born after this day is not 16 yet.
    first = datetime.date(today.year - 16, today.month, 1) + datetime.timedelta(days=today.day - 1)
    with connection.cursor() as cursor:
        cursor.execute(PARENTS, {"today": today, "now": now, "account": account_id, "sixteen_years_ago": first})
        return cursor.rowcount
