"""Reading the environment, with sentences that help whoever installs the portal."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

SECRET_LENGTH = 50
MODES = ("demo", "test", "production")


def mode() -> str:
    """``UDE_MODE``; demo unless set."""
    value = os.environ.get("UDE_MODE", "demo")
    if value not in MODES:
        raise ImproperlyConfigured(
            f"UDE_MODE is “{value}”; it must be demo (try it out), test, or production."
        )
    return value


def value_or_file(name: str) -> str:
    """The value of ``NAME``, or the content of the file that ``NAME_FILE`` points to, or ""."""
    path = os.environ.get(f"{name}_FILE", "")
    if not path:
        return os.environ.get(name, "")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name}_FILE points to {path}, which cannot be read: {error.strerror}."
        ) from error


def secret(name: str, *, production: bool) -> str:
    """A key of its own in production; elsewhere a stand-in that production refuses."""
    value = value_or_file(name)
    if production and (len(value) < SECRET_LENGTH or value.startswith("demo-")):
        state = "is a demo secret or too short" if value else "is not set"
        raise ImproperlyConfigured(
            f"{name} {state}. Production needs a secret of its own: put at least "
            f"{SECRET_LENGTH} random characters into {name}, or into a file and its path into "
            f"{name}_FILE. For example: openssl rand -base64 48"
        )
    return value or f"demo-{name.lower()}-that-production-refuses-{'x' * 20}"


def number(name: str, default: int) -> int:
    value = os.environ.get(name, "")
    if not value:
        return default
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is “{value}”; it must be a whole number.")
    return int(value)


def yes(name: str, *, default: bool) -> bool:
    """Reads 1/0, true/false, yes/no and on/off."""
    value = os.environ.get(name, "").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    if value:
        raise ImproperlyConfigured(f"{name} is “{value}”; it must be yes or no.")
    return default


def folder(name: str, default: Path) -> Path:
    """A folder that can be written to; made when missing."""
    path = Path(os.environ.get(name) or default).resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name} is {path}, which cannot be made: {error.strerror}."
        ) from error
    return path
