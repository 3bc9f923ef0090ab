"""What the tests of the privacy core share."""

import pytest
from django.core.files.storage import storages

from privacy.audit.exporting import STORAGE


@pytest.fixture
def no_checkpoint(transactional_db: None) -> None:
    """Nothing was exported yet: each test has a journal of its own, and checkpoints outlive the database."""
    storage = storages[STORAGE]
    if storage.exists(""):
        for name in storage.listdir("")[1]:
            storage.delete(name)
