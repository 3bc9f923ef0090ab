"""`python -m tests.harness.assessed`: the sensitive processings of the template database, assessed and switched on.

As in a mutual at work, so that each test speaks of its own subject; those of the register switch them off themselves.
The journal is emptied: each test counts its own entries. The month of the usual line of care (`tests.builders.benefit`) is
there: making a part of a table would change the catalogs, and a database of other catalogs is cloned anew
(`tests.harness.original`).
"""

import django


def main() -> None:
    django.setup()
    from django.db import connections

    from privacy.register.assessments.demonstration import assess_all

    assess_all(by=None)
    with connections["owner"].cursor() as cursor:
        cursor.execute("TRUNCATE privacy_entry")
        cursor.execute("SELECT ensure_month('members_benefitline', '2026-09-01')")


if __name__ == "__main__":
    main()
