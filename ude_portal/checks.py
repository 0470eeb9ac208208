"""System checks: production refuses to start with settings that would hurt."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import Error, Warning, register

from .assets import vendor_dir


@register()
def production_is_serious(**kwargs: Any) -> list[Error]:
    """What production must not start with; demo secrets are refused by the settings themselves."""
    if not settings.PRODUCTION:
        return []
    faults = {
        "E002": (
            settings.SECRET_KEY == settings.LINK_KEY,
            "SECRET_KEY and LINK_KEY are the same.",
            "Use two, so that one can be changed without the other.",
        ),
        "E003": (
            not settings.EMAIL_URL or settings.EMAIL_URL.startswith("mailbox:"),
            "EMAIL_URL names no mail server.",
            "For example smtp+tls://user@mail.example:587, and the password in EMAIL_PASSWORD.",
        ),
        "E004": (
            sqlite_without_immediate(settings.DATABASES["default"]),
            "SQLite without IMMEDIATE transactions loses requests under load.",
            "Use PostgreSQL, or transaction_mode=IMMEDIATE.",
        ),
        "E005": (
            not settings.SITE_URL.startswith("https://"),
            f"SITE_URL is {settings.SITE_URL}: links in mails would not be protected.",
            "Set it to the address people use, for example https://ude.example",
        ),
        "E006": (settings.DEBUG, "DEBUG shows settings to strangers.", "Leave DEBUG unset."),
    }
    return [
        Error(message, hint=hint, id=f"ude.{number}")
        for number, (wrong, message, hint) in faults.items()
        if wrong
    ]


def sqlite_without_immediate(database: dict[str, Any]) -> bool:
    if not database["ENGINE"].endswith("sqlite3"):
        return False
    return database.get("OPTIONS", {}).get("transaction_mode") != "IMMEDIATE"


@register(deploy=True)
def limits_are_shared(**kwargs: Any) -> list[Warning]:
    """Limits on sign-in attempts live in the cache; in-process caches each count for themselves."""
    if not settings.CACHES["default"]["BACKEND"].endswith("LocMemCache"):
        return []
    return [
        Warning(
            "The cache lives in each process: with several, limits on sign-in count apart.",
            hint="Set CACHE_URL, for example redis://127.0.0.1:6379/1",
            id="ude.W002",
        )
    ]


@register()
def pages_have_their_look(**kwargs: Any) -> list[Warning]:
    """Pages work without the design system, but nobody should wonder why they are plain."""
    if settings.TEST or (vendor_dir(settings.BASE_DIR) / "kern.min.css").exists():
        return []
    return [
        Warning(
            "The design system is missing: pages are plain.",
            hint="Run manage.py assets.",
            id="ude.W001",
        )
    ]
