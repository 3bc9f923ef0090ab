"""The preview of a long file costs a few times what its reading costs, whatever the machine (P13, short form)."""

from functools import partial

import pytest

from tests import builders
from tests.bench.imports import REACH, alone, preview, workbook
from tests.bench.rows import paired

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.16")]


def test_a_preview_costs_at_most_five_times_the_reading_of_its_file() -> None:
    company = builders.company()
    builders.group_contract(company)
    account, content = builders.account(company), workbook(1500)
    ours, floor = paired(partial(preview, account, company, content), partial(alone, content), 3)
    assert ours <= REACH * floor
