"""The tests: the demo's stack in a directory of the run (`tests/harness`), connected as role `app`."""

import os
import secrets
import sys
import tempfile
from pathlib import Path

from config.embedded import addresses

# Where the machine keeps no compiled modules (images of containers say so), each process of a run, and they are hundreds,
# would compile Django, its libraries and all of ours again before it does anything: they share a folder of their own.
if sys.dont_write_bytecode:
    sys.dont_write_bytecode = False
    sys.pycache_prefix = str(Path(__file__).resolve().parent.parent.parent / "var" / "bytecode")
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# The first process of a run names its directory; its workers and the servers under test inherit the name.
_name = f"mutuelle-tests-{os.getpid()}-{secrets.token_hex(3)}"
TEST_RUN_DIR = Path(os.environ.setdefault("TEST_RUN_DIR", str(Path(tempfile.gettempdir()) / _name)))
TEST_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
os.environ["DEMO_DIR"] = str(TEST_RUN_DIR)

from config.settings.demo import *  # noqa: E402, F403  (settings modules build on one another; DEMO_DIR comes first)

# Each worker has its own database (a clone of the template), Valkey database, files and mail.
DATABASES["default"]["NAME"] = os.environ.get("TEST_DATABASE") or f"test_{TEST_WORKER}"  # noqa: F405
DATABASES["owner"]["NAME"] = DATABASES["default"]["NAME"]  # noqa: F405
DATABASES["sealer"]["NAME"] = DATABASES["default"]["NAME"]  # noqa: F405
DATABASES["vault"]["NAME"] = DATABASES["default"]["NAME"]  # noqa: F405
DATABASES["eraser"]["NAME"] = DATABASES["default"]["NAME"]  # noqa: F405
DATABASES["statistics"]["NAME"] = DATABASES["default"]["NAME"]  # noqa: F405
_number = int(TEST_WORKER.removeprefix("gw")) + 1 if TEST_WORKER.startswith("gw") else 0
CACHES["default"]["LOCATION"] = addresses.numbered(CACHES["default"]["LOCATION"], _number)  # noqa: F405
CELERY_BROKER_URL = addresses.as_broker(CACHES["default"]["LOCATION"])  # noqa: F405
PRIVATE_MEDIA_ROOT = TEST_RUN_DIR / TEST_WORKER / "files"
MAIL_FOLDER = TEST_RUN_DIR / TEST_WORKER / "mail"
MAINTENANCE_FILE = TEST_RUN_DIR / TEST_WORKER / "maintenance"
MAILERS["default"]["OPTIONS"] = {"file_path": MAIL_FOLDER}  # noqa: F405

STORAGES = {
    **STORAGES,  # noqa: F405
    "checkpoints": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": TEST_RUN_DIR / TEST_WORKER / "checkpoints"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
# Argon2id with its least cost: the same hasher, so that the same code runs, at a price a suite can pay.
PASSWORD_HASHERS = ["portals.accounts.passwords.LightArgon2Hasher"]
DATABASES["default"]["OPTIONS"].pop("pool", None)  # noqa: F405
