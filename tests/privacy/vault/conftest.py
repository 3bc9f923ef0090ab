"""What the tests of the vault share."""

import pytest
from django.test import Client

from portals.access import isolation
from tests import builders
from tests.cast import Cast
from tests.privacy.vault.objects import in_service


@pytest.fixture
def alice(cast: Cast) -> Client:
    """Alice, signed in, while the processing runs."""
    with isolation.system():
        in_service()
    return builders.sign_in(Client(), cast.alice_account)
