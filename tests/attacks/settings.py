"""The settings of the server under attack: those of the tests, with the hasher that the attack asks for."""

import os

from config.settings.test import *  # noqa: F403  (settings modules build on one another)

PASSWORD_HASHERS = [os.environ.get("ATTACK_HASHER", "tests.attacks.hashers.CountingLight")]
