"""What load balancers ask."""

import pytest
from django.conf import settings
from django.test import Client
from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db


def test_an_alive_process_says_so_without_a_database(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "alive"}


def test_ready_when_database_broker_and_migrations_are(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "broker": True, "migrations": True})


def test_not_ready_names_the_missing_part(client: Client, settings: Settings) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    }
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"database": True, "broker": False, "migrations": True}


def test_the_demo_is_not_in_production() -> None:
    assert settings.DEMO
    production = (settings.ROOT / "config/settings/production.py").read_text("utf-8")
    assert "DEMO = False" in production
    assert "config.demo" not in production
