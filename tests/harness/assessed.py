"""`python -m tests.harness.assessed`: the sensitive processings of the template database, assessed and switched on.

As in a mutual at work, so that each test speaks of its own subject; those of the register switch them off themselves.
The journal is emptied: each test counts its own entries.
"""

import django


def main() -> None:
    django.setup()
    from django.db import connections

    from privacy.register.assessments.demonstration import assess_all

    assess_all(by=None)
    with connections["owner"].cursor() as cursor:
        cursor.execute("TRUNCATE privacy_entry")


if __name__ == "__main__":
    main()
