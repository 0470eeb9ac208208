"""Image and compose file fit the code; no engine is needed to see that."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands, load_command_class

from ude_portal import pieces

ROOT = settings.BASE_DIR
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service.get("build")}
DOCKERFILE = (ROOT / "Dockerfile").read_text()
OPERATING = (ROOT / "docs" / "operating.md").read_text()
READERS = ("settings.py", "environment.py", "webserver.py", "probe.py", "pieces.py")


def documented() -> set[str]:
    """Variables with a row in the operators' tables."""
    return {
        name
        for row in re.findall(r"^\| (`[^|]+) \|", OPERATING, re.MULTILINE)
        for name in re.findall(r"`([A-Z_]+)`", row)
    }


def read_by_code() -> set[str]:
    """Variables that the code reads, with the files that may hold secrets."""
    source = "".join((ROOT / "ude_portal" / name).read_text() for name in READERS)
    call = r'(?:env(?:\.\w+)?|environment\.\w+|environ\.get)\(\s*"([A-Z_]+)"'
    names = set(re.findall(call, source))
    secrets = re.findall(r'(?:value_or_file|secret)\(\s*"([A-Z_]+)"', source)
    return names | {f"{name}_FILE" for name in secrets}


def test_every_variable_that_the_code_reads_is_documented() -> None:
    assert read_by_code() == documented()


def test_every_variable_of_the_image_and_compose_file_is_known() -> None:
    named = {name for service in OURS.values() for name in service["environment"]}
    named |= set(re.findall(r"\b([A-Z][A-Z_]+)=", DOCKERFILE)) - {"PATH", "PYTHONUNBUFFERED"}

    assert named - documented() == set()


@pytest.mark.parametrize("name", sorted(OURS))
def test_commands_are_ones_that_manage_py_knows(name: str) -> None:
    python, script, command, *options = OURS[name]["command"]

    assert (python, script) == ("python", "manage.py")
    loaded = load_command_class(get_commands()[command], command)
    assert loaded.create_parser("manage.py", command).parse_args(options)


def test_each_process_runs_once_and_beat_exactly_once() -> None:
    started = [
        service["command"][-1] for service in OURS.values() if "--only" in service["command"]
    ]

    assert sorted(started) == sorted(pieces.PIECES)
    assert "replicas" not in str(OURS["beat"].get("deploy", {}))


def test_everybody_waits_for_the_migrations() -> None:
    waiting = {
        name: service["depends_on"]["migrate"]["condition"]
        for name, service in OURS.items()
        if name != "migrate"
    }

    assert waiting == dict.fromkeys(pieces.PIECES, "service_completed_successfully")


def test_images_have_tags_with_a_version() -> None:
    images = [service["image"] for service in SERVICES.values()]
    images += re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)

    assert [image for image in images if not re.search(r":\d+(\.\d+)*(-|$)", image)] == []


def test_the_image_in_use_is_the_version_of_the_project() -> None:
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)

    assert version
    assert {service["image"] for service in OURS.values()} == {f"ude-portal:{version[1]}"}


def test_secrets_come_from_files_and_nothing_has_a_default_password() -> None:
    values: dict[str, Any] = {}
    for service in SERVICES.values():
        values |= service.get("environment", {})
    secret = {name: value for name, value in values.items() if re.search("KEY|PASSWORD", name)}

    assert [name for name in secret if not name.endswith("_FILE")] == []
    assert all(value.startswith("/run/secrets/") for value in secret.values())
    assert re.findall(r"(?:KEY|PASSWORD|SECRET)=(?!/tmp/)\S+", DOCKERFILE) == []
    assert re.findall(r":[^/@\s]+@", str(values["DATABASE_URL"])) == []


def test_processes_run_without_rights() -> None:
    assert re.search(r"^USER 10001$", DOCKERFILE, re.MULTILINE)
    for service in OURS.values():
        assert service["cap_drop"] == ["ALL"]
        assert service["read_only"] is True
        assert "privileged" not in service


def test_services_that_stay_have_a_health_check() -> None:
    checked = {name for name, service in SERVICES.items() if service.get("healthcheck")}

    assert "HEALTHCHECK" in DOCKERFILE
    assert set(SERVICES) - checked == {"web"}


def test_only_the_web_is_reachable_and_only_from_this_machine() -> None:
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}

    assert ports == {"web": ["127.0.0.1:8000:8000"]}


def test_the_image_holds_what_git_holds_of_the_program() -> None:
    allowed = re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}

    assert packages | {"templates", "static", "locale", "manage.py"} <= set(allowed)
    assert [name for name in allowed if not (ROOT / name).exists()] == []


def test_locks_hold_hashes_and_no_addresses() -> None:
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        text = lock.read_text()
        assert "://" not in text, lock.name
        assert len(re.findall(r"^\S+==", text, re.MULTILINE)) <= text.count("--hash="), lock.name
