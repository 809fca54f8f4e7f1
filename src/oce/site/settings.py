"""The settings of the house: one file, each with its reason, read from the environment.

Everything has a default that suits one cooperative on one machine; `docs/reference/settings.md` lists what the environment
may say.
"""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from oce.kit.app import django_apps
from oce.site.environment import level, mail_server, understood, whole_number, zone

HERE = Path(__file__).resolve().parent

# Where this house keeps its database, keys, snapshots and backups.
OCE_HOME = Path(os.environ.get("OCE_HOME", Path.home() / ".oce")).expanduser()

# The address under which the house is to be known, as https://coop.example. It is written into the database at the first start
# (without it http://localhost and the port); later another one is refused, and `oce address` changes it.
OCE_ADDRESS = os.environ.get("OCE_ADDRESS")

# A path of an SQLite file, or postgres://user:password@host:port/name?option=value.
OCE_DATABASE = os.environ.get("OCE_DATABASE", str(OCE_HOME / "oce.sqlite3"))

# Writers wait in line this many seconds before they are refused.
WAIT_SECONDS_MAX = 60
DUMMY_CACHE = "django.core.cache.backends.dummy.DummyCache"


def kept_secret(name: str) -> str:
    """Return the secret kept in the home folder under `name`, made at the first call and readable by its owner only."""
    path = OCE_HOME / name
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        OCE_HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
    secret = secrets.token_urlsafe(48)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process of ours was first
        return path.read_text(encoding="ascii")
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret)
    return secret


def database(address: str) -> dict[str, Any]:
    """Return Django's description of the database at `address`."""
    if address.startswith(("postgres://", "postgresql://")):
        parts = urlsplit(address)
        # As on SQLite, who has to wait for others longer than this many seconds is refused.
        options = {"options": f"-c lock_timeout={WAIT_SECONDS_MAX}s", **dict(parse_qsl(parts.query))}
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", unquote(parts.hostname or "")),
            "PORT": str(parts.port or options.pop("port", "")),
            "OPTIONS": options,
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": address,
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            # A writer announces itself at once, so that two never deadlock on upgrading a read lock.
            "transaction_mode": "IMMEDIATE",
            "timeout": WAIT_SECONDS_MAX,
            # WAL lets readers read while one writes; FULL makes a granted wish survive a power cut.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;"
            ),
        },
        # A file for the tests' database, where one is to be looked into afterwards; memory otherwise.
        "TEST": {"NAME": os.environ.get("OCE_TEST_DATABASE_FILE")},
    }


DATABASES = {
    "default": understood(
        "OCE_DATABASE", OCE_DATABASE, database, "the path of a file, or postgres://user:password@host:port/name"
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Signs cookies; kept in the home folder unless the environment gives one.
SECRET_KEY = os.environ.get("OCE_SECRET_KEY") or kept_secret("secret-key")

# Pages with details of faults, for developers only.
DEBUG = os.environ.get("OCE_DEBUG") == "1"

# Set by `oce demo` alone: whoever comes may sign in as one of its people, without a password.
OCE_DEMO = os.environ.get("OCE_DEMO") == "1"

# The names under which the house answers, beside the hosts of its addresses.
ALLOWED_HOSTS = [
    host.strip() for host in os.environ.get("OCE_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host.strip()
]
# What follows from the address of the house is set by `oce.site.address` when it is known.
CSRF_TRUSTED_ORIGINS: list[str] = []
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Kept in the database, so that a person can see and end the sessions of other devices.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
# Set to 1 behind a proxy of one's own: its word on where a request came from, and whether encrypted, is believed.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("OCE_BEHIND_PROXY") == "1" else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

OUR_APPS = django_apps()
# Without the app of members nobody has an account; the key of the house still opens it.
HAS_ACCOUNTS = "oce.apps.members.app.Members" in OUR_APPS
ACCOUNT_APPS = ["allauth", "allauth.account", "allauth.mfa", "allauth.usersessions"] if HAS_ACCOUNTS else []
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "oce.kit",
    "oce.kit.pages",
    *OUR_APPS,
    *ACCOUNT_APPS,
    "oce.site",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "oce.site.static_files.CompressedPages",
    "oce.kit.security.ContentSecurityPolicy",
    "oce.kit.pages.bodies.BoundedBody",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    *(["oce.apps.members.languages.AccountLanguage"] if HAS_ACCOUNTS else []),
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    *(["allauth.account.middleware.AccountMiddleware"] if HAS_ACCOUNTS else []),
    "oce.site.keys.ActorMiddleware",
    "oce.kit.onlooking.Onlooking",
    "oce.site.entering.ClosedToStrangers",
    "oce.kit.pages.zones.ViewerZone",
    "oce.kit.pages.scopes.Scoped",
    "oce.kit.pages.answers.RefusalsAsAnswers",
]
ROOT_URLCONF = "oce.site.urls"
WSGI_APPLICATION = "oce.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["oce.kit.pages.templatetags.drawing"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "oce.kit.pages.navigation.context",
            ],
        },
    }
]

STATIC_URL = "/static/"
# Hashed and compressed copies of the static files: made here when the server starts, in the home folder where nothing is said.
# Another program may serve them from there.
STATIC_ROOT = os.environ.get("OCE_STATIC")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "oce.site.static_files.HouseStatics"},
}
WHITENOISE_USE_FINDERS = True

# The language of those whose browser asks for none that the house speaks.
LANGUAGE_CODE = os.environ.get("OCE_LANGUAGE", "en")
LANGUAGES = [("en", "English"), ("es", "Español")]
# Where `make messages` collects the texts of all apps.
LOCALE_PATHS = [HERE.parent / "locale"]
FORMAT_MODULE_PATH = ["oce.site.formats"]
USE_I18N = True
USE_TZ = True
# The zone in which moments without one are read and all are shown.
TIME_ZONE = zone("OCE_TIME_ZONE", os.environ.get("OCE_TIME_ZONE", "UTC"))

# Bounds, each to keep one careless or hostile wish from hurting the rest.
# The largest file that is taken in: it is held in memory as it came, and again as it is read.
OCE_UPLOAD_BYTES_MAX = whole_number(
    "OCE_UPLOAD_BYTES_MAX", os.environ.get("OCE_UPLOAD_BYTES_MAX", str(100 * 1024 * 1024))
)
# The largest photo or other file that is attached to a record.
OCE_DOCUMENT_BYTES_MAX = whole_number(
    "OCE_DOCUMENT_BYTES_MAX", os.environ.get("OCE_DOCUMENT_BYTES_MAX", str(20 * 1024 * 1024))
)
# The most values in one JSON-LD or YAML document, aliases written out: a document is held in memory whole, so that it
# comes in whole; two million (140,000 events, 51 MB) take 0.7 GB. Tables have no such bound.
OCE_DOCUMENT_VALUES_MAX = whole_number("OCE_DOCUMENT_VALUES_MAX", os.environ.get("OCE_DOCUMENT_VALUES_MAX", "2000000"))
# For so many days a wish that comes again with its key gets its first answer, and work that is done can be looked up. Programs
# try again within hours; whoever does it later must look whether the thing is written down.
OCE_ANSWERS_KEPT_DAYS = whole_number("OCE_ANSWERS_KEPT_DAYS", os.environ.get("OCE_ANSWERS_KEPT_DAYS", "30"))
OCE_PAGE_SIZE = 50
OCE_PAGE_SIZE_MAX = 500
OCE_GRAPHQL_DEPTH_MAX = 15
OCE_GRAPHQL_COST_MAX = 50_000
# A query and the files in it are held in memory at once, several times over; larger files come by the pages or the shell.
OCE_GRAPHQL_BYTES_MAX = whole_number("OCE_GRAPHQL_BYTES_MAX", os.environ.get("OCE_GRAPHQL_BYTES_MAX", str(1024 * 1024)))
# Whether GraphQL also serves the names of clients written for older releases of the standard.
OCE_GRAPHQL_COMPATIBLE = os.environ.get("OCE_GRAPHQL_COMPATIBLE", "1") == "1"
OCE_TRACE_NODES_MAX = 250_000
DATA_UPLOAD_MAX_MEMORY_SIZE = max(2 * 1024 * 1024, OCE_GRAPHQL_BYTES_MAX)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Accounts: an e-mail address and a password, a second factor for who wants one, no enumeration, guessing slowed for all
# processes together.
AUTH_USER_MODEL = "members.Account" if HAS_ACCOUNTS else "auth.User"
AUTHENTICATION_BACKENDS = (
    ["allauth.account.auth_backends.AuthenticationBackend"]
    if HAS_ACCOUNTS
    else ["django.contrib.auth.backends.ModelBackend"]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/enter"
LOGIN_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "/"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache" if HAS_ACCOUNTS else DUMMY_CACHE,
        "LOCATION": "members_counted",
        # Whoever tries many addresses must not push out what was counted of one.
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
# The server that sends e-mail, as smtp://name:password@mail.example:587 or smtps://…:465. Without one, letters are kept for an
# administrator, who reads codes out, and addresses are not verified.
OCE_MAIL = understood(
    "OCE_MAIL", os.environ.get("OCE_MAIL", ""), mail_server, "the address of a server, as smtp://mail.example:587"
)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if OCE_MAIL else 'dummy'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = OCE_MAIL.get("host", ""), OCE_MAIL.get("port", 0)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = OCE_MAIL.get("user", ""), OCE_MAIL.get("password", "")
EMAIL_USE_SSL, EMAIL_USE_TLS = OCE_MAIL.get("is_encrypted", False), OCE_MAIL.get("becomes_encrypted", False)
EMAIL_TIMEOUT = 20
# From whom e-mail of the house comes.
DEFAULT_FROM_EMAIL = os.environ.get("OCE_MAIL_FROM", "oce@localhost")
ACCOUNT_ADAPTER = "oce.apps.members.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "oce.apps.members.forms.SignUpName"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if OCE_MAIL else "none"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = bool(OCE_MAIL)
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
# Without a mail server no address is verified; the second factor must not wait for it.
MFA_ALLOW_UNVERIFIED_EMAIL = not OCE_MAIL
MFA_ADAPTER = "oce.apps.members.adapters.SecondFactor"

# How much the log tells: DEBUG, INFO, WARNING, ERROR; no secret at any of them.
LOG_LEVEL = level("OCE_LOG_LEVEL", os.environ.get("OCE_LOG_LEVEL", "WARNING"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "stream": sys.stderr}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
}
