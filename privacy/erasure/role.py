"""What the database role `eraser` may do: change and delete rows of every table but those of the journal.

Said again after each `migrate`, so that a table that is new can be erased too. Partitions are reached through their
parents, whose policies apply. `app` may not become `eraser`: no process that answers people is given its address.
"""

from typing import Any

from django.apps import apps
from django.db import connections

GRANTS = """
    GRANT USAGE ON SCHEMA public TO eraser;
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO eraser;
    DO $$ DECLARE one record; BEGIN
        FOR one IN
            SELECT c.oid::regclass AS name FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                AND c.relname <> ALL (ARRAY['privacy_entry', 'privacy_seal', 'django_migrations'])
        LOOP
            EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO eraser', one.name);
        END LOOP;
    END $$;
    GRANT SELECT, INSERT ON privacy_entry TO eraser;
    GRANT SELECT ON privacy_seal TO eraser;
"""


def after_migrate(app_config: Any, using: str, **_rest: Any) -> None:
    """Receiver of `post_migrate`: once, after the last app, when every table is there."""
    with_models = [config for config in apps.get_app_configs() if config.models_module is not None]
    if app_config.label != with_models[-1].label:
        return
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regclass('privacy_erasure') IS NOT NULL AND to_regrole('eraser') IS NOT NULL")
        (is_there,) = cursor.fetchone()
        if is_there:
            cursor.execute(GRANTS)
