"""The shape of the house: who may import whom, and where things stand (docs, DESIGN §2)."""

from __future__ import annotations

import re
from functools import cache

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from .source_files import APPS, ROOT, imports, module_name, python_files, text

BELOW_ALL = {"journal", "privacy"}
LEAVES = {"sdg", "accounts", "mailing", "pages"}
#: What each app may import besides itself.
MAY_IMPORT = {
    "ude_portal": set(APPS),
    "events": {"partnerships"} | LEAVES | BELOW_ALL,
    "exchanges": {"partnerships"} | LEAVES | BELOW_ALL,
    "partnerships": LEAVES | BELOW_ALL,
    **dict.fromkeys(LEAVES, BELOW_ALL),
    "journal": {"privacy"},
    "privacy": set(),
}
#: Rooms of an app from the ground up; a room imports nothing from above it.
FLOORS = (
    {"models"},
    {"policies", "mails", "tokens"},
    {"operations"},
    {"tasks", "forms", "views", "admin"},
    {"urls"},
)
ROOT_ENTRIES = {
    *APPS,
    *("manage.py", "pyproject.toml", "Makefile", "README.md", "CHANGELOG.md", "LICENSE"),
    *("docker-compose.yml", "Dockerfile", "package.json", "package-lock.json"),
    *("requirements", "templates", "static", "locale", "tests", "docs"),
    *(".ci", ".git", ".gitignore", ".dockerignore", ".npmrc"),
}


def foreign_imports(app: str, source: str, module: str, *, is_package: bool = False) -> set[str]:
    """Apps the source imports although it may not."""
    targets = {name.split(".")[0] for name in imports(source, module, is_package=is_package)}
    return (targets & set(APPS)) - MAY_IMPORT[app] - {app}


def floor(module: str) -> int | None:
    """The floor of ``app.room…``; ``personal_views`` counts as views, others have none."""
    room = module.split(".")[1] if "." in module else ""
    last = room.rpartition("_")[2]
    return next((number for number, rooms in enumerate(FLOORS) if {room, last} & rooms), None)


@cache
def imports_within_apps() -> dict[str, set[str]]:
    """Module → modules of the same app that it imports."""
    files = {module_name(path): path for path in python_files(*APPS)}
    return {
        module: {
            target
            for target in imports(text(path), module, is_package=path.name == "__init__.py")
            if target in files and target.split(".")[0] == module.split(".")[0]
        }
        for module, path in files.items()
    }


def climbs(graph: dict[str, set[str]], module: str) -> list[str]:
    """Modules on a higher floor that ``module`` reaches, also by detours."""
    own = floor(module)
    if own is None or module.endswith(".apps"):
        return []
    seen, waiting = {module}, [module]
    while waiting:
        for target in graph.get(waiting.pop(), set()) - seen:
            seen.add(target)
            waiting.append(target)
    return sorted(target for target in seen if (floor(target) or 0) > own)


def receives_signals(source: str, module: str = "x") -> bool:
    """Whether a module takes part in Django's or a library's signals."""
    return any(
        re.search(r"^django\.dispatch|(^django|^allauth)\..*signals", name)
        for name in imports(source, module)
    )


@pytest.mark.parametrize("app", APPS)
def test_imports_point_downwards_only(app: str) -> None:
    wrong = {
        module_name(path): found
        for path in python_files(app)
        if (
            found := foreign_imports(
                app, text(path), module_name(path), is_package=path.name == "__init__.py"
            )
        )
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("app", "source", "found"),
    [
        ("sdg", "from accounts.models import User", {"accounts"}),
        ("sdg", "def f():\n    import mailing.operations", {"mailing"}),
        ("events", "import ude_portal.urls", {"ude_portal"}),
        ("partnerships", "from events import seats", {"events"}),
        ("events", "from partnerships.models import City", set()),
        ("sdg", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import mailing", set()),
        ("events", "from . import seats\nfrom ..x import y", set()),
    ],
)
def test_a_wrong_import_is_noticed(app: str, source: str, found: set[str]) -> None:
    """Negative control."""
    assert foreign_imports(app, source, f"{app}.views.list") == found


def test_inside_an_app_imports_point_downwards_only() -> None:
    graph = imports_within_apps()
    wrong = {module: found for module in graph if (found := climbs(graph, module))}
    assert wrong == {}


def test_a_climb_is_noticed_even_by_a_detour() -> None:
    """Negative control."""
    graph = {
        "events.operations.inviting": {"events.helpers"},
        "events.helpers": {"events.staff_views"},
        "events.views": {"events.operations.inviting"},
    }
    assert climbs(graph, "events.operations.inviting") == ["events.staff_views"]
    assert climbs(graph, "events.views") == []
    assert climbs(graph, "events.helpers") == []


@pytest.mark.parametrize("app", APPS)
def test_foreign_keys_point_downwards_only(app: str) -> None:
    config = next(c for c in apps.get_app_configs() if c.name == app)
    targets = {
        field.related_model._meta.app_label
        for model in config.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and field.related_model._meta.label != settings.AUTH_USER_MODEL
    }
    assert targets - MAY_IMPORT[app] - {config.label, "contenttypes", "auth"} == set()


def test_nothing_stands_on_signals() -> None:
    assert [module_name(p) for p in python_files(*APPS) if receives_signals(text(p))] == []


@pytest.mark.parametrize(
    "source",
    [
        "from django.dispatch import receiver",
        "from django.db.models.signals import post_save",
        "from django.db.models import signals",
        "from allauth.account.signals import user_logged_in",
    ],
)
def test_a_signal_is_noticed(source: str) -> None:
    """Negative control."""
    assert receives_signals(source)


def test_there_is_no_junk_drawer() -> None:
    junk = {"common", "utils", "util", "helpers", "misc", "core"}
    assert [str(p) for p in python_files(*APPS) if junk & {*p.parts, p.stem}] == []


def test_the_root_folder_stays_small() -> None:
    lines = (ROOT / ".gitignore").read_text().splitlines()
    ignored = [line.strip("/") for line in lines if line and not line.startswith("#")]
    surplus = [
        path.name
        for path in ROOT.iterdir()
        if path.name not in ROOT_ENTRIES and not any(path.match(one) for one in ignored)
    ]
    assert surplus == []


def test_every_app_is_installed() -> None:
    assert set(APPS) <= {config.name for config in apps.get_app_configs()}
