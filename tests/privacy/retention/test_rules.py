"""Counting days: the pure rule, the statement that applies it, and the table that tells people of it."""

import datetime

import pytest
from django.urls import reverse

from portals.accounts.models import Space
from privacy.register.kept import whole_register
from privacy.retention.checks import every_personal_model_ends
from privacy.retention.published import table
from privacy.retention.registry import NightlyRule, rules
from privacy.retention.rules import DAY, Delay, due_on, last_counted
from privacy.retention.sources import FIVE_YEARS, ONE_YEAR
from tests import builders
from tests.cast import Cast

pytestmark = [pytest.mark.commitment("CGU-8.5"), pytest.mark.commitment("PDP-3.12")]


@pytest.mark.parametrize("delay", [Delay(months=1), ONE_YEAR, FIVE_YEARS, Delay(days=30), Delay(days=1), Delay()])
def test_what_is_due_today_is_what_began_to_count_on_the_last_day_or_before(delay: Delay) -> None:
    for number in range(0, 1500, 1):
        today = datetime.date(2024, 1, 1) + number * DAY
        last = last_counted(today, delay)
        assert due_on(last, delay) <= today < due_on(last + DAY, delay)


def test_twelve_months_are_kept_whole() -> None:
    assert due_on(datetime.date(2025, 5, 3), ONE_YEAR) == datetime.date(2026, 5, 4)
    assert due_on(datetime.date(2024, 2, 29), ONE_YEAR) == datetime.date(2025, 3, 1)


def test_every_personal_model_has_an_end_or_a_reason() -> None:
    assert every_personal_model_ends() == []


def test_a_processing_that_holds_something_says_how_long_in_rules() -> None:
    told = {rule.purpose for rule in rules()} | {rule.purpose for lines in table() for rule in lines.rules}
    silent = [line.processing.code for line in whole_register() if line.kept and line.processing.purpose not in told]
    # What these hold goes with the person or the practice: « Contrat, remboursements et documents » and its kin.
    assert set(silent) <= {"reimbursement", "rights_lookup", "statistics"}


def test_each_rule_says_its_source_and_what_it_counts_from() -> None:
    for rule in rules():
        assert rule.label and rule.source and rule.after, rule.code
        assert rule.words[0].isupper() or rule.words[0].isdigit(), rule.code
        assert isinstance(rule, NightlyRule) or rule.delay != Delay(), rule.code


@pytest.mark.django_db
def test_people_read_the_table_in_their_space_and_anybody_on_the_public_page(cast: Cast, client: object) -> None:
    from django.test import Client

    assert isinstance(client, Client)
    builders.sign_in(client, cast.alice_account)
    page = client.get(reverse("privacy:kept")).content.decode()
    shown = [rule for lines in table(Space.MEMBER) for rule in lines.rules]
    assert len(shown) > 25
    for rule in shown:
        assert rule.label in page, rule.code
        assert rule.words in page, rule.code
        assert rule.source in page, rule.code
    assert "Cinq\u00a0ans après la fin de la couverture" in page


@pytest.mark.django_db
def test_an_employer_reads_what_is_done_in_their_space(cast: Cast, client: object) -> None:
    from django.test import Client

    assert isinstance(client, Client)
    builders.sign_in(client, cast.company_account)
    page = client.get(reverse("privacy:kept")).content.decode()
    assert "Bordereaux de cotisations" in page
    assert "Convention, factures et virements" not in page
