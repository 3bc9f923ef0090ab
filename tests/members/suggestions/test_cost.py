"""The home page still costs what every page of the space may cost."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders
from tests.cast import Cast
from tests.permissions.test_queries import MOST_QUERIES, NOT_QUERIES


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["members:home", "members:guarantees", "privacy:preferences", "privacy:preferences_history"]
)
def test_suggestions_and_choices_stay_within_twelve_queries(cast: Cast, name: str) -> None:
    client = builders.sign_in(Client(), cast.alice_account)
    client.get(reverse(name))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse(name)).status_code == 200
    asked = [query["sql"] for query in captured if not query["sql"].startswith(NOT_QUERIES)]
    assert len(asked) <= MOST_QUERIES, asked
