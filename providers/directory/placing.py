"""The SQL that places professionals: functions, view, triggers and indexes, for the migration.

Feeds write `providers_professional` by bulk statements: a trigger per statement keeps `providers_listing` true whoever
writes, and costs one join. `providers_located` is the one place that says what a listing is made of.
"""

from providers.directory.naming import ACCENTED, PLAIN

# The same as `naming.folded` and `rules.northing`; a test holds them together on every commune.
FUNCTIONS = f"""
CREATE FUNCTION directory_folded(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT regexp_replace(regexp_replace(btrim(regexp_replace(
        replace(replace(translate(lower(name), '{ACCENTED}', '{PLAIN}'), 'œ', 'oe'), 'æ', 'ae'),
        '[^a-z0-9]+', ' ', 'g')), '\\mste\\M', 'sainte', 'g'), '\\mst\\M', 'saint', 'g')
$$;
CREATE FUNCTION directory_northing(latitude double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT degrees(ln(tan(pi() / 4 + radians(greatest(-85, least(85, latitude))) / 2)))
$$;
CREATE FUNCTION directory_km(
    latitude double precision, longitude double precision, latitude_2 double precision, longitude_2 double precision
) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT 2 * 6371.0088 * asin(least(1, sqrt(
        power(sin(radians(latitude_2 - latitude) / 2), 2)
        + cos(radians(latitude)) * cos(radians(latitude_2)) * power(sin(radians(longitude_2 - longitude) / 2), 2))))
$$;
"""

# Coordinates of the feed come first; then the commune by its code, by its postcode, by its name for a CEDEX.
VIEW = r"""
CREATE VIEW providers_located WITH (security_invoker = true) AS
SELECT p.id AS professional_id, p.profession, p.specialty, named.networks, cardinality(named.networks) > 0 AS in_network,
    at.latitude, at.longitude, at.is_approximate, at.longitude AS x, directory_northing(at.latitude) AS y
FROM providers_professional p
CROSS JOIN LATERAL (
    SELECT ARRAY(SELECT word FROM regexp_split_to_table(lower(p.networks), '\s*[;,|/]\s*') word WHERE word <> '') AS networks
) named
CROSS JOIN LATERAL (
    SELECT p.latitude::double precision AS latitude, p.longitude::double precision AS longitude, false AS is_approximate
    WHERE p.latitude IS NOT NULL AND p.longitude IS NOT NULL
    UNION ALL
    (SELECT place.latitude, place.longitude, true
    FROM (SELECT directory_folded(regexp_replace(p.city, '\scedex.*$', '', 'i')) AS name) city, providers_place place
    WHERE (p.latitude IS NULL OR p.longitude IS NULL) AND place.latitude IS NOT NULL
        AND (place.code = p.city_code OR place.postcodes @> ARRAY[p.postcode::varchar]
            OR (place.search_name = city.name AND left(place.postcodes[1], 2) = left(p.postcode, 2)))
    ORDER BY place.code = p.city_code DESC, place.postcodes @> ARRAY[p.postcode::varchar] DESC,
        place.search_name = city.name DESC, place.population DESC
    LIMIT 1)
) at;
"""

COLUMNS = "professional_id, profession, specialty, networks, in_network, latitude, longitude, is_approximate, x, y"
WRITE = f"""
    INSERT INTO providers_listing ({COLUMNS}) SELECT {COLUMNS} FROM providers_located {{which}}
    ON CONFLICT (professional_id) DO UPDATE SET profession = excluded.profession, specialty = excluded.specialty,
        networks = excluded.networks, in_network = excluded.in_network, latitude = excluded.latitude,
        longitude = excluded.longitude, is_approximate = excluded.is_approximate, x = excluded.x, y = excluded.y
"""
FORGET = """
    DELETE FROM providers_listing WHERE NOT EXISTS (
        SELECT FROM providers_located located WHERE located.professional_id = providers_listing.professional_id)
"""
ALL = WRITE.format(which="")

TRIGGERS = f"""
CREATE FUNCTION directory_place_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        DELETE FROM providers_listing USING changed WHERE providers_listing.professional_id = changed.id;
    END IF;
    {WRITE.format(which="WHERE professional_id IN (SELECT id FROM changed)")};
    RETURN NULL;
END $$;
CREATE FUNCTION directory_forget_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM providers_listing USING gone WHERE providers_listing.professional_id = gone.id;
    RETURN NULL;
END $$;
CREATE TRIGGER directory_inserted AFTER INSERT ON providers_professional
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION directory_place_changed();
CREATE TRIGGER directory_updated AFTER UPDATE ON providers_professional
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION directory_place_changed();
CREATE TRIGGER directory_deleted AFTER DELETE ON providers_professional
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION directory_forget_gone();
"""

# `btree_gist` lets the plain columns stand before the point: a rare profession is found without reading the others.
INDEXES = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE INDEX listing_nearest ON providers_listing USING gist (point(x, y));
CREATE INDEX listing_nearest_profession ON providers_listing USING gist (profession, specialty, in_network, point(x, y));
"""

INSTALL = FUNCTIONS + VIEW + TRIGGERS + INDEXES
REMOVE = """
DROP INDEX listing_nearest, listing_nearest_profession;
DROP TRIGGER directory_inserted ON providers_professional;
DROP TRIGGER directory_updated ON providers_professional;
DROP TRIGGER directory_deleted ON providers_professional;
DROP FUNCTION directory_place_changed(), directory_forget_gone();
DROP VIEW providers_located;
DROP FUNCTION directory_folded(text), directory_northing(double precision),
    directory_km(double precision, double precision, double precision, double precision);
"""
