"""The SQL of one question about rights, for the migration: match, draw, read and note in one statement.

A function, for three reasons. Its plans are kept for the life of a connection: planning the joins takes longer than
following their indexes among five million covers. What is written for a miss is taken back inside it, without a round
trip that would tell a miss from a hit. And it belongs to `owner`: the professional's request never leaves its own
row-level context, and reads of members what this function returns and nothing else.

Its columns are a closed list too: what `members.rights.answering` makes cards from.
"""

# `asked_rank` and `asked_birth` are NULL for a card, whose number is `asked_card`; twins without a rank are nobody.
#
# Two covers are drawn, each in one page of the table read at once, of somebody covered on the day if there is one (the
# first cover stands in for a page that was emptied). `tried` takes the place of a household that does not exist, and is
# always the same for a number, as a household is; `drawn`, by chance, that of whoever is not found. Whatever is right or
# wrong, both households are read to the end and one of them is kept: an answer reads as many pages, as cold, as another.
# `holding` persons are those whom it shows: the look of each is written, and taken back for a miss.
INSTALL = """
CREATE FUNCTION members_rights_drawn(chance double precision, day date)
RETURNS TABLE (household_id bigint, person_id bigint, policy_id bigint)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    block bigint := floor(chance * pg_relation_size('members_cover') / current_setting('block_size')::bigint);
BEGIN
    RETURN QUERY
    SELECT near.household_id, near.person_id, near.policy_id
    FROM (
        (SELECT cover.*, true AS is_drawn FROM members_cover cover
         WHERE cover.ctid >= format('(%s,0)', block)::tid AND cover.ctid < format('(%s,0)', block + 1)::tid LIMIT 10)
        UNION ALL
        (SELECT cover.*, false FROM members_cover cover ORDER BY cover.id LIMIT 1)
    ) AS near
    ORDER BY day BETWEEN near.start_date AND coalesce(near.end_date, 'infinity') DESC, near.is_drawn DESC, near.id
    LIMIT 1;
END $$;
CREATE FUNCTION members_rights_asked(
    asked_number text, asked_birth date, asked_rank integer, asked_card text, asked_day date, may_show boolean,
    look_at timestamptz, look_reference text, look_practice text, look_profession text, look_place text
) RETURNS TABLE (is_found boolean, household bigint, covers text, plans text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    tried record;
    drawn record;
    home bigint;
    place bigint;
    person bigint;
    policy bigint;
    plan_ids bigint[];
    holding bigint[];
BEGIN
    SELECT * INTO tried FROM members_rights_drawn((hashtext(asked_number)::bigint + 2147483648) / 4294967296.0, asked_day);
    SELECT * INTO drawn FROM members_rights_drawn(random(), asked_day);

    IF asked_card IS NULL THEN
        SELECT id INTO home FROM members_household WHERE member_number = asked_number;
    ELSE
        SELECT card.household_id, card.person_id, card.policy_id INTO home, person, policy
        FROM members_card card
        WHERE card.number = asked_card AND card.revoked_at IS NULL
          AND asked_day BETWEEN card.valid_from AND card.valid_to AND card.content->>'member_number' = asked_number;
    END IF;
    IF home IS NULL THEN
        PERFORM FROM members_household WHERE id = tried.household_id;
    END IF;
    place := coalesce(home, tried.household_id);

    SELECT home IS NOT NULL AND CASE WHEN asked_card IS NULL THEN count(DISTINCT one.id) = 1 ELSE count(*) > 0 END,
           CASE WHEN asked_card IS NULL THEN min(one.id) ELSE person END
    INTO is_found, person
    FROM (
        SELECT held.id, held.birth_date = asked_birth AND (asked_rank IS NULL OR held.birth_rank = asked_rank) AS is_said,
               (person IS NULL OR held.id = person) AND (policy IS NULL OR cover.policy_id = policy) AS is_carried,
               asked_day BETWEEN cover.start_date AND coalesce(cover.end_date, 'infinity')
               AND asked_day BETWEEN taken.start_date AND coalesce(taken.end_date, 'infinity') AS holds
        FROM members_person held
        JOIN members_cover cover ON cover.person_id = held.id AND cover.household_id = held.household_id
        JOIN members_policy taken ON taken.id = cover.policy_id
        WHERE held.household_id = place AND NOT EXISTS (
            SELECT FROM privacy_death death
            WHERE death.space = 'adherent' AND death.subject_id = held.id
              AND death.state IN ('checked', 'confirmed', 'settled')
        )
        OFFSET 0
    ) AS one
    WHERE one.holds AND CASE WHEN asked_card IS NULL THEN one.is_said ELSE one.is_carried END;
    IF NOT is_found THEN
        home := drawn.household_id;
        person := CASE WHEN asked_card IS NULL THEN drawn.person_id END;
        policy := CASE WHEN asked_card IS NOT NULL THEN drawn.policy_id END;
    END IF;
    household := home;

    SELECT json_agg(json_build_array(
               one.person_id, one.policy_id, one.start_date, one.end_date, one.taken_from, one.taken_to, one.plan_id,
               one.responsible, one.member_number, one.rank, one.family_name, one.given_names, one.birth_date,
               one.birth_rank
           ) ORDER BY one.start_date, one.id) FILTER (WHERE one.is_chosen),
           array_agg(DISTINCT one.plan_id) FILTER (WHERE one.is_chosen),
           array_agg(DISTINCT one.person_id) FILTER (WHERE one.is_chosen AND one.holds)
    INTO covers, plan_ids, holding
    FROM (
        SELECT cover.*, taken.start_date AS taken_from, taken.end_date AS taken_to, taken.plan_id, chosen.responsible,
               owning.member_number, held.rank, held.family_name, held.given_names, held.birth_date, held.birth_rank,
               cover.household_id = home AND (person IS NULL OR cover.person_id = person)
               AND (policy IS NULL OR cover.policy_id = policy)
               AND NOT EXISTS (
                   SELECT FROM privacy_death death
                   WHERE death.space = 'adherent' AND death.subject_id = cover.person_id
                     AND death.state IN ('checked', 'confirmed', 'settled')
               ) AS is_chosen,
               asked_day BETWEEN cover.start_date AND coalesce(cover.end_date, 'infinity')
               AND asked_day BETWEEN taken.start_date AND coalesce(taken.end_date, 'infinity') AS holds
        FROM members_cover cover
        JOIN members_policy taken ON taken.id = cover.policy_id
        JOIN members_plan chosen ON chosen.id = taken.plan_id
        JOIN members_household owning ON owning.id = taken.household_id
        JOIN members_person held ON held.id = cover.person_id AND held.household_id = cover.household_id
        WHERE cover.household_id IN (place, drawn.household_id)
    ) AS one;

    SELECT json_build_array(
        (SELECT json_agg(json_build_array(
                    line.plan_id, domain.code, domain.label, domain.position, domain.act_family_id, line.level,
                    first.position, first.code, first.label, second.position, second.code, second.label
                ) ORDER BY line.plan_id NULLS FIRST, line.id)
         FROM members_cardconvention line
         JOIN members_carddomain domain ON domain.code = line.domain_id
         JOIN members_conventiontype first ON first.code = line.convention_id
         LEFT JOIN members_conventiontype second ON second.code = line.other_convention_id
         WHERE line.plan_id IS NULL OR line.plan_id = ANY (plan_ids)),
        (SELECT json_agg(json_build_array(
                    held.plan_id, held.act_family_id, held.valid_from, held.valid_to, held.basis, held.rate
                ) ORDER BY held.valid_from, held.id)
         FROM members_guarantee held WHERE held.plan_id = ANY (plan_ids))
    ) INTO plans;

    BEGIN
        INSERT INTO members_rightslook
            (household_id, person_id, at, on_day, reference, practice_name, profession, place)
        SELECT home, seen, look_at, asked_day, look_reference, look_practice, look_profession, look_place
        FROM unnest(holding) AS seen ORDER BY seen;
        IF NOT (is_found AND may_show) THEN
            RAISE EXCEPTION SQLSTATE 'RL001';
        END IF;
    EXCEPTION WHEN SQLSTATE 'RL001' THEN NULL;
    END;
    RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION members_rights_drawn(double precision, date) FROM PUBLIC;
REVOKE ALL ON FUNCTION members_rights_asked(
    text, date, integer, text, date, boolean, timestamptz, text, text, text, text
) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION members_rights_asked(
    text, date, integer, text, date, boolean, timestamptz, text, text, text, text
) TO app;
"""
REMOVE = """
DROP FUNCTION members_rights_drawn(double precision, date);
DROP FUNCTION members_rights_asked(
    text, date, integer, text, date, boolean, timestamptz, text, text, text, text
);
"""

# Django's keys to the person and the household are checked when the transaction ends: by then the looks of a miss are
# gone, and only a hit would wait for it.
CHECK_AT_ONCE = """
DO $$
DECLARE name text;
BEGIN
    FOR name IN SELECT conname FROM pg_constraint WHERE conrelid = 'members_rightslook'::regclass AND contype = 'f' LOOP
        EXECUTE format('ALTER TABLE members_rightslook ALTER CONSTRAINT %I NOT DEFERRABLE', name);
    END LOOP;
END $$;
"""
CHECK_AT_THE_END = CHECK_AT_ONCE.replace("NOT DEFERRABLE", "DEFERRABLE INITIALLY DEFERRED")
