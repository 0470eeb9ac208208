"""Imports and their rows as they stand in the database."""

from __future__ import annotations

from itertools import count
from typing import Any

from partnerships.models import Import, ImportRow

_number = count(1)


def make_import(**extra: Any) -> Import:
    """A draft, unless told otherwise."""
    values = {"file_name": "liste.csv", "sha256": "0" * 64, "source": "Testliste 2026"}
    return Import.objects.create(**{**values, **extra})


def make_import_row(of: Import, **extra: Any) -> ImportRow:
    number = next(_number)
    return ImportRow.objects.create(
        of=of, **{"number": number, "line": number + 1, "outcome": "review", **extra}
    )
