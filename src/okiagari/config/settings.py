"""Django's settings, all of them drawn from `environment`."""

import os
import secrets
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from okiagari.config import environment
from okiagari.problems import EXIT_CODE, Problem

try:
    ENVIRONMENT = environment.read(os.environ)
except Problem as problem:
    sys.stderr.write(f"okiagari: {problem.message} {problem.hint}\n")
    sys.exit(EXIT_CODE[problem.kind])


def kept_secret(name: str, given: str) -> str:
    """The key given from outside, or one made once and kept in the data folder."""
    if given:
        return given
    path = ENVIRONMENT.data / "secrets" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()


def database() -> dict[str, object]:
    if not ENVIRONMENT.database_url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": ENVIRONMENT.data / "okiagari.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
            },
            "TEST": {"NAME": ENVIRONMENT.data / "test.sqlite3"},
        }
    parts = urlsplit(ENVIRONMENT.database_url)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.pop("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
    }


PACKAGE = Path(__file__).resolve().parent.parent
WEB_STAGES = sorted(path.name for path in (PACKAGE / "web").iterdir() if (path / "templates").is_dir())

DEBUG = ENVIRONMENT.debug
SECRET_KEY = kept_secret("django.key", ENVIRONMENT.secret_key)
ANCHOR_KEY = kept_secret("anchor.key", ENVIRONMENT.anchor_key)
ALLOWED_HOSTS = [*ENVIRONMENT.hosts]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "ninja",
    "okiagari.plumbing",
    "okiagari.desk",
    "okiagari.catalog",
    "okiagari.cases",
    "okiagari.intake",
    "okiagari.triage",
    "okiagari.remedy",
    "okiagari.disclose",
    "okiagari.reach",
    "okiagari.learn",
    "okiagari.flow",
    "okiagari.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "okiagari.web.middleware.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "okiagari.web.middleware.OneReading",
    "okiagari.web.middleware.Person",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "okiagari.web.middleware.LeadsOn",
    "okiagari.web.middleware.Problems",
]
ROOT_URLCONF = "okiagari.config.urls"
WSGI_APPLICATION = "okiagari.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "DIRS": [
            *(PACKAGE / "web" / stage / "templates" for stage in WEB_STAGES),
            PACKAGE / "disclose" / "templates",
        ],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "okiagari.web.context.frame",
            ],
            "libraries": {"okiagari": "okiagari.web.frame.templatetags.okiagari"},
            "builtins": ["django.templatetags.i18n"],
        },
    }
]
DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "desk.Person"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "okiagari.web.account.adapter.ClosedAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "login": "30/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = 0
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
USE_TZ = True
TIME_ZONE = ENVIRONMENT.zone
USE_I18N = True
LANGUAGE_CODE = ENVIRONMENT.language
LANGUAGES = [("ja", "日本語"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "okiagari_language"
STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.data / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_MAX_AGE = 30 * 86400  # addresses change with the files
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "okiagari.config.statics.BundledStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a grid of 200 products and 10 vulnerabilities is 2,000 boxes
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.base_url.startswith("https://")
SESSION_COOKIE_AGE = 12 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.base_url]
SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
