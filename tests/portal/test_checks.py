"""System checks that no environment variable can provoke; the others: test_settings.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ude_portal import checks


@pytest.fixture
def production(settings: Any) -> Any:
    settings.TEST, settings.PRODUCTION = False, True
    settings.SECRET_KEY, settings.LINK_KEY = "s" * 50, "l" * 50
    settings.SITE_URL, settings.EMAIL_URL = "https://ude.example", "smtp://mail.example"
    return settings


def numbers(found: list[Any]) -> list[str]:
    return [message.id for message in found]


def test_production_that_is_serious_passes(production: Any) -> None:
    assert numbers(checks.production_is_serious()) == []


def test_the_two_keys_differ(production: Any) -> None:
    production.LINK_KEY = production.SECRET_KEY

    assert numbers(checks.production_is_serious()) == ["ude.E002"]


@pytest.mark.parametrize("address", ["", "mailbox://"])
def test_production_needs_a_mail_server(production: Any, address: str) -> None:
    production.EMAIL_URL = address

    assert numbers(checks.production_is_serious()) == ["ude.E003"]


def test_production_needs_https_and_no_debugging(production: Any) -> None:
    production.SITE_URL, production.DEBUG = "http://ude.example", True

    assert numbers(checks.production_is_serious()) == ["ude.E005", "ude.E006"]


@pytest.mark.parametrize(
    ("engine", "options", "refused"),
    [
        ("sqlite3", {}, True),
        ("sqlite3", {"transaction_mode": "DEFERRED"}, True),
        ("sqlite3", {"transaction_mode": "IMMEDIATE"}, False),
        ("postgresql", {}, False),
    ],
)
def test_sqlite_needs_immediate_transactions(
    engine: str, options: dict[str, str], refused: bool
) -> None:
    database = {"ENGINE": f"django.db.backends.{engine}", "OPTIONS": options}

    assert checks.sqlite_without_immediate(database) is refused


def test_other_modes_are_left_alone(production: Any) -> None:
    production.PRODUCTION, production.SITE_URL = False, "http://localhost:8000"

    assert numbers(checks.production_is_serious()) == []


def test_a_cache_in_each_process_is_a_warning_on_deployment(production: Any) -> None:
    production.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    assert numbers(checks.limits_are_shared()) == ["ude.W002"]

    production.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache"}}
    assert numbers(checks.limits_are_shared()) == []


def test_plain_pages_are_explained(production: Any, tmp_path: Path) -> None:
    production.BASE_DIR = tmp_path
    assert numbers(checks.pages_have_their_look()) == ["ude.W001"]

    checks.vendor_dir(tmp_path).mkdir(parents=True)
    (checks.vendor_dir(tmp_path) / "kern.min.css").touch()
    assert numbers(checks.pages_have_their_look()) == []
