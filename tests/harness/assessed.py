"""`python -m tests.harness.assessed`: the sensitive processings of the template database, assessed and switched on.

As in a mutual at work, so that each test speaks of its own subject; those of the register switch them off themselves.
"""

import django


def main() -> None:
    django.setup()
    from privacy.register.assessments.demonstration import assess_all

    assess_all(by=None)


if __name__ == "__main__":
    main()
