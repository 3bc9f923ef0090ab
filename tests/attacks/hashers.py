"""Hashers of the server under attack: the product's own, which also write down each check that they compute."""

import hashlib
import time

from django.contrib.auth.hashers import Argon2PasswordHasher

from portals.accounts.passwords import LightArgon2Hasher
from tests.harness import processes

CHECKS = "attack:checks:"


def list_of(encoded: str) -> str:
    """The Valkey list of the checks made against one stored password, so of one account."""
    return CHECKS + hashlib.sha256(encoded.encode()).hexdigest()


class Counting:
    """Beside a hasher: notes when each password was compared with a stored one, and whether it was right."""

    def verify(self, password: str, encoded: str) -> bool:
        began = time.time()
        is_right: bool = super().verify(password, encoded)  # type: ignore[misc]  # the hasher that comes next
        processes.broker().rpush(list_of(encoded), f"{began}:{int(is_right)}")
        return is_right


class CountingLight(Counting, LightArgon2Hasher):
    """At the price of a suite."""


class CountingFull(Counting, Argon2PasswordHasher):
    """At the price of production."""
