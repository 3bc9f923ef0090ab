"""Production: everything that matters comes from the environment or from secret files, and is required."""

from pathlib import Path
from urllib.parse import urlsplit

from config import environment
from config.settings.base import *  # noqa: F403  (settings modules build on one another)
from config.settings.base import SESSION_OPTIONS, STORAGES

DEMO = False

SECRET_KEY = environment.secret("SECRET_KEY")
PERSONAL_KEY = bytes.fromhex(environment.secret("PERSONAL_KEY"))
BLIND_INDEX_KEY = bytes.fromhex(environment.secret("BLIND_INDEX_KEY"))
# PEM: the key that signs the PDFs of proof, and its certificate followed by the chain.
SIGNING_KEY = environment.secret("SIGNING_KEY").encode()
SIGNING_CERTIFICATE = environment.secret("SIGNING_CERTIFICATE").encode()
# 32 bytes in hexadecimal: the Ed25519 key that signs the QR code of the cards. A key that is replaced leaves its public
# half in CARD_FORMER_PUBLIC_KEYS (hexadecimal, separated by `|`) for as long as its cards are valid.
CARD_KEY = bytes.fromhex(environment.secret("CARD_KEY"))
CARD_FORMER_PUBLIC_KEYS = environment.lines("CARD_FORMER_PUBLIC_KEYS", ())
# The journal: its name and the keys that signed it (see docs/operations.md); the private key is the sealer's alone.
JOURNAL_ORIGIN = environment.text("JOURNAL_ORIGIN")
JOURNAL_PUBLIC_KEYS = environment.lines("JOURNAL_PUBLIC_KEYS", ())
JOURNAL_KEY = bytes.fromhex(environment.secret("JOURNAL_KEY")) if environment.given("JOURNAL_KEY") else b""
# The medical vault. Every process that serves the portals is given the public half; the private keys (the current one
# first, separated by `|`) and the role `vault` are those of the process that serves /medical/, and of no other.
VAULT_PUBLIC_KEY = bytes.fromhex(environment.text("VAULT_PUBLIC_KEY", ""))
VAULT_KEYS = tuple(
    bytes.fromhex(key)
    for key in (environment.secret("VAULT_KEYS") if environment.given("VAULT_KEYS") else "").split("|")
    if key
)
ALLOWED_HOSTS = list(environment.lines("ALLOWED_HOSTS", ()))
SITE_ADDRESS = environment.text("SITE_ADDRESS")
# Passkeys are bound to this name for ever: on another one, everybody would have to register theirs again.
OTP_WEBAUTHN_RP_ID = urlsplit(SITE_ADDRESS).hostname
OTP_WEBAUTHN_ALLOWED_ORIGINS = [SITE_ADDRESS.rstrip("/")]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
ALLAUTH_TRUSTED_PROXY_COUNT = environment.integer("TRUSTED_PROXY_COUNT", 1)

DATABASES = {
    "default": environment.database(environment.secret("DATABASE_URL")),
    # Only the migration job is given the owner's address: elsewhere the tables' owner is out of reach.
    "owner": environment.database(
        environment.secret("DATABASE_OWNER_URL" if environment.given("DATABASE_OWNER_URL") else "DATABASE_URL")
    ),
}
if environment.given("DATABASE_SEALER_URL"):
    DATABASES["sealer"] = environment.database(environment.secret("DATABASE_SEALER_URL"))
if environment.given("DATABASE_VAULT_URL"):
    DATABASES["vault"] = environment.database(environment.secret("DATABASE_VAULT_URL"))
if environment.given("DATABASE_ERASER_URL"):
    DATABASES["eraser"] = environment.database(environment.secret("DATABASE_ERASER_URL"))
if environment.given("DATABASE_STATISTICS_URL"):
    DATABASES["statistics"] = environment.database(environment.secret("DATABASE_STATISTICS_URL"))
DATABASES["default"]["OPTIONS"]["pool"] = {
    "min_size": 1,
    "max_size": environment.integer("DATABASE_POOL", 8),
    "timeout": 10,
}
DATABASES["default"]["OPTIONS"].setdefault("options", SESSION_OPTIONS)
CACHES = {
    "default": {
        "BACKEND": "config.cache.ValkeyCache",
        "LOCATION": environment.secret("REDIS_URL"),
        "KEY_PREFIX": "portal",
    }
}
CELERY_BROKER_URL = environment.secret("REDIS_URL")

MAINTENANCE_FILE = Path(environment.text("MAINTENANCE_FILE", "/srv/maintenance"))
PRIVATE_MEDIA_ROOT = Path(environment.text("PRIVATE_MEDIA_ROOT", "/srv/files"))
CLAMD_SOCKET = environment.text("CLAMD_SOCKET", "")
STORAGES["checkpoints"] = {
    "BACKEND": environment.text("CHECKPOINTS_BACKEND", "django.core.files.storage.FileSystemStorage"),
    "OPTIONS": {"location": environment.text("CHECKPOINTS_LOCATION", "/srv/checkpoints")},
}
STATIC_ROOT = Path(environment.text("STATIC_ROOT", "/srv/static"))

_mail_user = environment.text("EMAIL_HOST_USER", "")
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": environment.text("EMAIL_HOST"),
            "port": environment.integer("EMAIL_PORT", 587),
            "username": _mail_user,
            "password": environment.secret("EMAIL_HOST_PASSWORD") if _mail_user else "",
            "use_tls": True,
        },
    }
}

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
