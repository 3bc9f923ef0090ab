"""The SQL of what a practice may ask and has asked, for the migration: one statement, whose plans are kept.

In the row-level context of the practice. `portals.access.models` says the same of open grants and standing
restrictions to the ORM, and `providers.agreements.queries` of agreements in force.
"""

# Questions of a practice wait for one another: each sees those before it. What came before `judged_at`, the last time that
# the service was stopped, was judged by staff: it counts for the day's quota, and for no line of the rules.
INSTALL = """
CREATE FUNCTION providers_rights_counter(
    asker bigint, today date, now timestamptz, since_day timestamptz, since_night timestamptz,
    since_burst timestamptz, since_drip timestamptz, asked_number bytea, asked_date bytea
) RETURNS TABLE (
    practice_name text, profession text, city text, is_stopped boolean, asked_today bigint,
    lookups_in_ten_minutes bigint, lookups_today bigint, lookups_this_night bigint, misses_in_ten_minutes bigint,
    misses_today bigint, misses_in_seven_days bigint, other_dates bigint, other_numbers bigint, last text
)
LANGUAGE plpgsql AS $$
DECLARE
    judged_at timestamptz := '-infinity';
BEGIN
    SELECT coalesce(nullif(one.practice_name, ''), trim(one.given_name || ' ' || one.family_name)),
           one.profession, one.city
    INTO practice_name, profession, city
    FROM providers_agreement agreed JOIN providers_professional one ON one.id = agreed.professional_id
    WHERE agreed.professional_id = asker AND agreed.start_date <= today
      AND (agreed.end_date IS NULL OR agreed.end_date >= today)
    LIMIT 1;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF asked_number IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(hashtext('providers.rights'), (asker % 2147483648)::int);
    END IF;

    SELECT coalesce(max(stop.begins_at), judged_at),
           coalesce(bool_or(
               stop.lifted_at IS NULL AND stop.begins_at <= now AND (stop.ends_at IS NULL OR stop.ends_at > now)
               AND held.revoked_at IS NULL AND held.since <= today AND (held.closes_on IS NULL OR held.closes_on > today)
           ), false)
    INTO judged_at, is_stopped
    FROM portals_grant held JOIN portals_restriction stop ON stop.account_id = held.account_id
    WHERE held.space = 'professionnel' AND held.subject_id = asker AND held.tenant_id = asker
      AND stop.by_id IS NULL AND stop.services = '{professional.rights}';

    SELECT count(*) FILTER (WHERE done.at >= since_day),
           count(*) FILTER (WHERE done.at > greatest(since_burst, judged_at)),
           count(*) FILTER (WHERE done.at >= greatest(since_day, judged_at)),
           count(*) FILTER (WHERE done.at >= greatest(since_night, judged_at))
    INTO asked_today, lookups_in_ten_minutes, lookups_today, lookups_this_night
    FROM providers_rightslookup done
    WHERE done.professional_id = asker AND done.at >= least(since_day, since_night, since_burst);

    IF asked_number IS NOT NULL THEN
        SELECT count(*) FILTER (WHERE missed.at > since_burst), count(*) FILTER (WHERE missed.at >= since_day), count(*)
        INTO misses_in_ten_minutes, misses_today, misses_in_seven_days
        FROM providers_rightslookup missed
        WHERE missed.professional_id = asker AND NOT missed.found AND missed.at > greatest(since_drip, judged_at);
        SELECT count(DISTINCT missed.date_key) INTO other_dates
        FROM providers_rightslookup missed
        WHERE missed.professional_id = asker AND NOT missed.found AND missed.number_key = asked_number
          AND missed.at > greatest(since_drip, judged_at) AND missed.date_key IS DISTINCT FROM asked_date;
        SELECT count(DISTINCT missed.number_key) INTO other_numbers
        FROM providers_rightslookup missed
        WHERE missed.professional_id = asker AND NOT missed.found AND missed.date_key = asked_date
          AND missed.at > greatest(since_drip, judged_at) AND missed.number_key <> asked_number;
    END IF;

    SELECT json_agg(json_build_array(kept.reference, kept.at, kept.on_day) ORDER BY kept.at DESC, kept.id DESC) INTO last
    FROM (
        SELECT * FROM providers_rightslookup done WHERE done.professional_id = asker
        ORDER BY done.at DESC, done.id DESC LIMIT 20
    ) AS kept;
    RETURN NEXT;
END $$;
"""
REMOVE = """
DROP FUNCTION providers_rights_counter(
    bigint, date, timestamptz, timestamptz, timestamptz, timestamptz, timestamptz, bytea, bytea
);
"""
