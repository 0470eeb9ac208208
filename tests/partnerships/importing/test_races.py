"""Two people import at the same moment, in real threads on both databases."""

from __future__ import annotations

import contextlib
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import IntegrityError, connection

from partnerships.importing import looking, operations
from partnerships.importing.operations import entries
from partnerships.models import Import, Partnership
from tests.events.test_races import at_once

from .files import row
from .stored import listed, make_places

pytestmark = pytest.mark.django_db(transaction=True)


def bring_in_twice() -> list[str]:
    """What became of two imports of one file that start together."""
    make_places()

    def bring_in() -> str:
        try:
            operations.bring_in(content=listed(row()), name="a.csv", source="Verband")
        except IntegrityError:
            return "broken"
        return "done"

    return sorted(at_once([bring_in, bring_in]))


def test_one_file_imported_twice_at_once_makes_no_twins() -> None:
    assert bring_in_twice() == ["done", "done"]
    assert (Partnership.objects.count(), Import.objects.count()) == (1, 1)


def test_without_the_lock_both_plan_the_same_partnership(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: PostgreSQL lets both in; SQLite has one writer at a time anyway."""
    together, broken = Barrier(2), connection.vendor == "postgresql"

    def look(*args: Any) -> looking.Look:
        found = looking.look(*args)
        with contextlib.suppress(BrokenBarrierError):
            together.wait(timeout=30 if broken else 2)
        return found

    monkeypatch.setattr(entries, "one_at_a_time", lambda: None)
    monkeypatch.setattr(entries, "look", look)
    assert bring_in_twice() == ["broken" if broken else "done", "done"]
