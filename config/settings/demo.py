"""The demo, and whoever runs `manage.py` without saying otherwise: the true stack, embedded, under DEMO_DIR."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from config import environment
from config.embedded import addresses
from config.organisation import ORGANISATION
from config.settings.base import *  # noqa: F403  (settings modules build on one another)
from config.settings.base import INSTALLED_APPS, ROOT, SESSION_OPTIONS, STORAGES
from portals.documents.certificates import demo_certificate
from portals.secrets.keyfiles import demo_key
from privacy.transparency.checkpoints import verifier_key
from privacy.vault.envelopes import public_half

DEMO = True
INSTALLED_APPS = [*INSTALLED_APPS, "config.demo"]
DEMO_DIR = Path(os.environ.get("DEMO_DIR") or ROOT / "var" / "demo").resolve()

SECRET_KEY = demo_key(DEMO_DIR / "keys" / "secret").hex()
PERSONAL_KEY = demo_key(DEMO_DIR / "keys" / "personal")
BLIND_INDEX_KEY = demo_key(DEMO_DIR / "keys" / "blind-index")
SIGNING_KEY, SIGNING_CERTIFICATE = demo_certificate(DEMO_DIR / "keys", ORGANISATION.name)
CARD_KEY = demo_key(DEMO_DIR / "keys" / "card")
CARD_FORMER_PUBLIC_KEYS: tuple[str, ...] = ()
JOURNAL_KEY = demo_key(DEMO_DIR / "keys" / "journal")
JOURNAL_ORIGIN = "localhost/journal"
JOURNAL_PUBLIC_KEYS = (str(verifier_key(JOURNAL_ORIGIN, JOURNAL_KEY)),)
# The medical vault: the portals need the public half alone. VAULT_KEYS plays a change of key (docs/operations.md).
VAULT_KEYS = tuple(bytes.fromhex(key) for key in environment.lines("VAULT_KEYS", ())) or (
    demo_key(DEMO_DIR / "keys" / "vault"),
)
VAULT_PUBLIC_KEY = public_half(VAULT_KEYS[0])
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
# What links in e-mails start with; the worker knows no request.
SITE_ADDRESS = environment.text("SITE_ADDRESS", f"http://localhost:{environment.integer('PORT', 8000)}")
# A passkey is bound to this name: elsewhere, 127.0.0.1 included, browsers do not offer it.
OTP_WEBAUTHN_RP_ID = urlsplit(SITE_ADDRESS).hostname
OTP_WEBAUTHN_ALLOWED_ORIGINS = [SITE_ADDRESS.rstrip("/")]

if os.environ.get("DATABASE_URL"):
    _app = environment.database(os.environ["DATABASE_URL"])
    _owner = environment.database(os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"])
    _sealer = environment.database(os.environ.get("DATABASE_SEALER_URL") or os.environ["DATABASE_URL"])
    _vault = environment.database(os.environ.get("DATABASE_VAULT_URL") or os.environ["DATABASE_URL"])
    _eraser = environment.database(os.environ.get("DATABASE_ERASER_URL") or os.environ["DATABASE_URL"])
    _statistics = environment.database(os.environ.get("DATABASE_STATISTICS_URL") or os.environ["DATABASE_URL"])
else:
    _app = addresses.database_settings(DEMO_DIR, role="app")
    _owner = addresses.database_settings(DEMO_DIR, role="owner")
    _sealer = addresses.database_settings(DEMO_DIR, role="sealer")
    _vault = addresses.database_settings(DEMO_DIR, role="vault")
    _eraser = addresses.database_settings(DEMO_DIR, role="eraser")
    _statistics = addresses.database_settings(DEMO_DIR, role="statistics")
DATABASES = {
    "default": _app, "owner": _owner, "sealer": _sealer, "vault": _vault, "eraser": _eraser, "statistics": _statistics,
}  # fmt: skip
DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
DATABASES["default"]["OPTIONS"].setdefault("options", SESSION_OPTIONS)

_redis = os.environ.get("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "config.cache.ValkeyCache",
        "LOCATION": _redis or addresses.redis_url(DEMO_DIR),
        "KEY_PREFIX": "portal",
    }
}
CELERY_BROKER_URL = addresses.as_broker(_redis) if _redis else addresses.broker_url(DEMO_DIR)

MAINTENANCE_FILE = DEMO_DIR / "maintenance"
PRIVATE_MEDIA_ROOT = DEMO_DIR / "files"
STATIC_ROOT = DEMO_DIR / "static"
STORAGES["checkpoints"]["OPTIONS"] = {"location": DEMO_DIR / "checkpoints"}
MAIL_FOLDER = DEMO_DIR / "mail"
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": MAIL_FOLDER},
    }
}
