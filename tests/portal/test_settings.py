"""Starting with a real environment: what each mode accepts and refuses."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

PRODUCTION = {
    "UDE_MODE": "production",
    "SITE_URL": "https://ude.example",
    "SECRET_KEY": "s3cret-" + "aB9-" * 20,
    "LINK_KEY": "l1nk-" + "cD8_" * 20,
    "DATABASE_URL": "postgres://ude@127.0.0.1:1/ude",
    "CELERY_BROKER_URL": "redis://127.0.0.1:1/0",
    "CACHE_URL": "redis://127.0.0.1:1/1",
    "EMAIL_URL": "smtp+tls://ude@mail.example:587",
}
OURS = (*PRODUCTION, "DEBUG", "PORT", "DATA_DIR", "DJANGO_SETTINGS_MODULE", "LOG_LEVEL")


@pytest.fixture
def manage(tmp_path: Path) -> Any:
    """Run manage.py with exactly the given portal variables."""
    base = {name: value for name, value in os.environ.items() if name not in OURS}

    def run(*args: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *args],
            cwd=settings.BASE_DIR,
            env=base | {"DATA_DIR": str(tmp_path)} | environment,
            capture_output=True,
            text=True,
        )

    return run


def values(manage: Any, *names: str, **environment: str) -> list[Any]:
    """Values of settings in a fresh process."""
    listed = ", ".join(f"s.{name}" for name in names)
    code = f"import json; from django.conf import settings as s; print(json.dumps([{listed}]))"
    done = manage("shell", "--verbosity", "0", "--command", code, **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_production_with_a_proper_environment_is_clean(manage: Any) -> None:
    done = manage("check", "--deploy", **PRODUCTION)

    named = set(re.findall(r"\((\w+\.[EWC]\d+)\)", done.stderr))
    assert named - {"ude.W001"} == set(), done.stderr


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"LINK_KEY": PRODUCTION["SECRET_KEY"]}, "SECRET_KEY and LINK_KEY are the same"),
        ({"PORT": "http"}, "PORT is “http”; it must be a whole number"),
    ],
)
def test_production_refuses_what_would_hurt(
    manage: Any, change: dict[str, str], sentence: str
) -> None:
    done = manage("portal", "--only", "web", **PRODUCTION | change)

    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_production_says_that_its_database_does_not_answer(manage: Any) -> None:
    done = manage("portal", **PRODUCTION)

    assert done.returncode == 1
    assert "The database cannot be opened" in done.stderr
    assert "Traceback" not in done.stderr


def test_demo_mode_needs_no_environment_and_no_service(manage: Any) -> None:
    names = ("UDE_MODE", "SITE_URL", "CELERY_BROKER_URL", "EMAIL_URL", "STAFF_SECOND_FACTOR")
    options = "DATABASES['default']['OPTIONS']"

    mode, site, broker, mail, second_factor, sqlite = values(manage, *names, options, PORT="8123")

    assert (mode, site) == ("demo", "http://localhost:8123")
    assert (broker, mail, second_factor) == ("filesystem://", "mailbox://", False)
    assert sqlite["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in sqlite["init_command"]


def test_production_reads_passwords_from_files_and_wants_a_second_factor(
    manage: Any, tmp_path: Path
) -> None:
    (tmp_path / "password").write_text("p@ss:word/\n")
    file = str(tmp_path / "password")
    names = ("DATABASES['default']['PASSWORD']", "EMAIL_HOST_PASSWORD", "STAFF_SECOND_FACTOR")

    found = values(
        manage, *names, **PRODUCTION, DATABASE_PASSWORD_FILE=file, EMAIL_PASSWORD_FILE=file
    )

    assert found == ["p@ss:word/", "p@ss:word/", True]
