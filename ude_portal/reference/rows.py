"""Reading the shipped files, and bringing them into tables in bulk."""

from __future__ import annotations

import csv
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from django.db import models

from journal.versions import VersionedModel

DATA = Path(__file__).resolve().parent.parent / "data"
Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Count:
    """What became of one kind of rows."""

    label: str
    created: int = 0
    updated: int = 0
    kept: int = 0


def read(name: str) -> list[dict[str, str]]:
    """The rows of a shipped CSV file."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def bring_in(
    wanted: list[Row], *, keys: Callable[[Row], tuple[Hashable, ...]], fields: tuple[str, ...] = ()
) -> tuple[list[Row], Count]:
    """Create the rows that are missing; return those and what was done.

    A stored row is the same as a wanted one when they share any of ``keys``. ``fields`` are
    brought up to date on stored rows that nobody has saved since they were created.
    """
    model = type(wanted[0])
    stored: dict[Hashable, Row] = {}
    for row in model._base_manager.all():  # merged ones are there, too
        stored.update(dict.fromkeys(keys(row), row))
    missing, stale, kept = [], [], 0
    for row in wanted:
        known = next((stored[key] for key in keys(row) if key in stored), None)
        if known is None:
            missing.append(row)
        elif _follow(known, row, fields):
            stale.append(known)
        else:
            kept += 1
    model._default_manager.bulk_create(missing, batch_size=500)
    if stale:
        model._default_manager.bulk_update(stale, fields, batch_size=200)
    label = str(model._meta.verbose_name_plural)
    return missing, Count(label, created=len(missing), updated=len(stale), kept=kept)


def _follow(known: Row, row: Row, fields: tuple[str, ...]) -> bool:
    """Take over the fields that differ, if nobody has saved ``known`` yet; say if any did."""
    if not isinstance(known, VersionedModel) or known.version != 1:
        return False
    differing = [name for name in fields if getattr(known, name) != getattr(row, name)]
    for name in differing:
        setattr(known, name, getattr(row, name))
    return bool(differing)
