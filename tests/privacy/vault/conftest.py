"""What the tests of the vault share."""

import pytest
from django.test import Client

from tests import builders
from tests.cast import Cast


@pytest.fixture
def alice(cast: Cast) -> Client:
    """Alice, signed in."""
    return builders.sign_in(Client(), cast.alice_account)
