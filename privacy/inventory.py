"""Which personal data the portal holds, what for, and until when.

Each app says it in its ``personal_data.py``: ``PERSONAL`` maps ``Model.field`` to a
``Personal``, ``NOT_PERSONAL`` lists the other fields of each model, and ``OTHER_TABLES`` does
both for tables of libraries. ``tests/privacy/test_inventory.py`` fails for a field in neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import models


@dataclass(frozen=True, eq=False)
class Personal:
    """Why a field is kept and until when, in words people understand (lazy texts)."""

    purpose: Any
    until: Any


@dataclass(frozen=True)
class Row:
    """A line of the public inventory: fields of one model with one purpose and period."""

    thing: str
    fields: tuple[str, ...]
    purpose: str
    until: str


def own_apps() -> list[AppConfig]:
    """The apps whose folder stands in the project's root."""
    return [app for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]


def declarations(app: AppConfig) -> Any:
    """The app's ``personal_data`` module; ``None`` where there is none."""
    name = f"{app.name}.personal_data"
    return import_module(name) if find_spec(name) else None


def fields_of(model: type[models.Model]) -> dict[str, Any]:
    """Fields to classify by name; a translated field counts once, a running number never."""
    fields = [getattr(field, "translated_field", field) for field in model._meta.concrete_fields]
    return {field.name: field for field in fields if not isinstance(field, models.AutoField)}


def names_people(model: type[models.Model]) -> bool:
    """Whether a field of the model was declared personal."""
    said = declarations(apps.get_app_config(model._meta.app_label))
    return any(field.startswith(f"{model.__name__}.") for field in (said.PERSONAL if said else ()))


def unclassified(app: AppConfig) -> list[str]:
    """``Model.field`` of the app that nobody declared personal or not personal."""
    said = declarations(app)
    personal, not_personal = said.PERSONAL if said else {}, said.NOT_PERSONAL if said else {}
    return [
        f"{model.__name__}.{name}"
        for model in app.get_models()
        for name in fields_of(model)
        if f"{model.__name__}.{name}" not in personal
        and name not in not_personal.get(model.__name__, ())
    ]


def rows() -> Iterator[Row]:
    """The inventory as people read it, in the active language."""
    for app in own_apps():
        said = declarations(app)
        if said is None:
            continue
        for model in app.get_models():
            yield from _rows_of(model, said.PERSONAL)
        for label, personal in getattr(said, "OTHER_TABLES", {}).items():
            if isinstance(personal, Personal):
                thing = str(apps.get_model(label)._meta.verbose_name)
                yield Row(thing, (), str(personal.purpose), str(personal.until))


def _rows_of(model: type[models.Model], personal: dict[str, Personal]) -> Iterator[Row]:
    groups: dict[Personal, list[str]] = {}
    for name, field in fields_of(model).items():
        entry = personal.get(f"{model.__name__}.{name}")
        if entry is not None:
            groups.setdefault(entry, []).append(str(field.verbose_name))
    for entry, names in groups.items():
        thing = str(model._meta.verbose_name)
        yield Row(thing, tuple(names), str(entry.purpose), str(entry.until))
