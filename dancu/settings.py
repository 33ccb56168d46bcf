"""Settings, all from the environment. `dancu.cli` and the tests' conftest start the embedded database
first where none is named.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict

from dancu import modules
from dancu.environment import flag, numbers, words
from dancu.logs import is_ours

ROOT = Path(__file__).resolve().parent.parent
DEMO = flag("DANCU_DEMO")  # shows second factors and messages on a page; never set it in a country
DEBUG = flag("DANCU_DEBUG")
SECRET_KEY = os.environ.get("DANCU_SECRET_KEY", "")  # Django refuses to start with an empty one
ALLOWED_HOSTS = os.environ.get("DANCU_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("DANCU_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "dancu.web",  # before the libraries whose templates it corrects
    "crispy_forms",
    "crispy_forms_gds",
    "django_otp",
    "django_otp.plugins.otp_totp",
    *(name for name in modules.names() if name != "dancu.web"),
]

MIDDLEWARE = [
    "dancu.web.security.SecurityHeaders",
    "dancu.web.security.Utf8",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "dancu.web.compressing.CompressPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "dancu.web.faults.AskAgain",
]

ROOT_URLCONF = "dancu.urls"
WSGI_APPLICATION = "dancu.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dancu.web.context.page",
            ],
            "libraries": {"crispy_forms_gds": "dancu.web.templatetags.gds"},  # whose back link it corrects
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["gds"]
CRISPY_TEMPLATE_PACK = "gds"


def _database(url: str) -> dict[str, object]:
    parts = conninfo_to_dict(url) if url else {}
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    database: dict[str, object] = {name: str(parts.pop(part, "") or "") for part, name in known.items()}
    options = f"{parts.pop('options', '') or ''} {os.environ.get('DANCU_DATABASE_LIMITS', '')}".strip()
    return database | {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**parts, "options": options, "server_side_binding": False, "prepare_threshold": 5},
        "TEST": {"NAME": f"test_{database['NAME']}"},
    }


# Bodies are bounded and whole before a page reads them (dancu.serving.bodies); so no picture of a card
# touches the disk.
DATA_UPLOAD_MAX_MEMORY_SIZE, FILE_UPLOAD_MAX_MEMORY_SIZE = 1 << 20, 16 << 20

DATABASES = {"default": _database(os.environ.get("DANCU_DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Official"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name")},
    },
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "office:sign-in"
OTP_TOTP_ISSUER = "dancu"
OTP_TOTP_SYNC = False  # a clock that drifts is mended, not followed
SESSION_ENGINE = "dancu.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 3600  # a long shift
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "dancu"
HTTPS = flag("DANCU_HTTPS")
if DEMO and HTTPS:
    raise ImproperlyConfigured(
        "DANCU_DEMO=1 shows everybody's codes and messages: it is for one machine, never with DANCU_HTTPS=1."
    )
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# For instance HTTP_X_REAL_IP; only behind a proxy that sets it.
CLIENT_ADDRESS_HEADER = os.environ.get("DANCU_CLIENT_ADDRESS_HEADER", "")

# Whom a reader may call; every page names them. The values are those of Vietnam in 2021, for the demo: the
# Ministry of Health's hotline, and the help line for electronic declarations. A country sets its own.
HEALTH_HOTLINE = os.environ.get("DANCU_HEALTH_HOTLINE", "1900 9095")
HELP_HOTLINE = os.environ.get("DANCU_HELP_HOTLINE", "1800 1119")
# Who answers for the data, in the privacy notice: the body that runs this system, and where to write to it.
CONTROLLER = os.environ.get(
    "DANCU_CONTROLLER", "Cục Cảnh sát quản lý hành chính về trật tự xã hội (C06), Bộ Công an"
)
CONTROLLER_ADDRESS = os.environ.get("DANCU_CONTROLLER_ADDRESS", "47 Phạm Văn Đồng, Hà Nội")

AREAS_KEPT_SECONDS = float(
    os.environ.get("DANCU_AREAS_KEPT_SECONDS", "5")
)  # how soon a new list of areas is seen
# How soon a signed rule is seen by every process; "never": only by the one that signed it, as in tests
_kept = os.environ.get("DANCU_RULES_KEPT_SECONDS", "5")
RULES_KEPT_SECONDS = None if _kept == "never" else float(_kept)

# What the system behind a token may ask for in a day: numbers, and numbers that nobody holds
# (dancu.accounts.quotas).
TOKEN_NUMBERS_A_DAY = int(os.environ.get("DANCU_TOKEN_NUMBERS_A_DAY", "200000"))
TOKEN_MISSES_A_DAY = int(os.environ.get("DANCU_TOKEN_MISSES_A_DAY", "5000"))

# Kinds of cases (matching.review.cases.KINDS) on which two officials have to agree, or "all".
FOUR_EYES = words("DANCU_FOUR_EYES", ("record", "declaration", "duplicate", "all"))

# For how many months after its end a month of a table is kept, where the operator sets it (db/retention.py).
KEPT_MONTHS = numbers(
    "DANCU_KEPT_MONTHS",
    {
        table: said.least
        for table, said in modules.brought(lambda module: module.monthly_tables).items()
        if said.least
    },
)

# With what the operator's Prometheus is let in to /metrics; without it there is nothing.
METRICS_TOKEN = os.environ.get("DANCU_METRICS_TOKEN", "").strip()
if METRICS_TOKEN and len(METRICS_TOKEN) < 20:
    raise ImproperlyConfigured("DANCU_METRICS_TOKEN: give a random one of 20 letters at least.")

KEY_PASSPHRASE = os.environ.get("DANCU_KEY_PASSPHRASE", "")  # encrypts the signing keys at rest

CSRF_FAILURE_VIEW = "dancu.web.about.pages.form_expired"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [ROOT / "dancu" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "dancu.web.static_files.BuiltFiles"},
}
WHITENOISE_USE_FINDERS = (
    True  # no collecting step: what is built is served, compressed where it was compressed
)
WHITENOISE_IMMUTABLE_FILE_TEST = (
    r"/built/.+\.[0-9a-f]{12}\.\w+$"  # what bears a hash of its content in its name
)
WHITENOISE_AUTOREFRESH = DEBUG

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"ours": {"()": "django.utils.log.CallbackFilter", "callback": is_ours}},
    "formatters": {"discreet": {"()": "dancu.logs.Discreet"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["ours"], "formatter": "discreet"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("DANCU_LOG_LEVEL", "WARNING")},
}
