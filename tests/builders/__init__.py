"""Builders of rows for tests: each makes one row through the ORM, with plain defaults that a test overrides by name.

They write in the system's context, so they work inside a test's transaction (`db`) and outside of it
(`transactional_db`). Every person, number and address is fictitious.
"""

from tests.builders.accounts import (
    PASSWORD,
    accept,
    account,
    current_terms,
    display_name,
    identifier,
    sign_in,
    staff,
    terms_version,
)  # fmt: skip
from tests.builders.benefits import act, benefit, benefits, reversal
from tests.builders.colleagues import colleague, enter_gestion
from tests.builders.households import cover, household, person, plan, policy
from tests.builders.numbers import COVERED_SINCE, number
from tests.builders.organisations import agreement, company, group_contract, professional
from tests.builders.second_factor import code_of, totp

__all__ = [
    "COVERED_SINCE", "PASSWORD", "accept", "account", "act", "agreement", "benefit", "benefits", "code_of",
    "colleague", "company", "cover", "current_terms", "display_name", "enter_gestion", "group_contract",
    "household", "identifier", "number",
    "person", "plan", "policy", "professional", "reversal", "sign_in", "staff", "terms_version", "totp",
]  # fmt: skip
