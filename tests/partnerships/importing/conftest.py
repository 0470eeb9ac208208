"""The reference data's cities and gazetteer, and no partnership: what the rules assume."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from django.db import transaction

from partnerships.importing.columns import Layout, fields_in
from partnerships.importing.planning import Decision, plan
from partnerships.registry import Registry
from ude_portal.reference.places import load_places

from .files import HEAD, row


@pytest.fixture(scope="module")
def loaded_places(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    """Loaded once for the module; each test's own changes are rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_places()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def reference(loaded_places: None, db: None) -> None:
    """Real cities."""


@pytest.fixture(scope="module")
def registry(loaded_places: None, django_db_blocker: Any) -> Registry:
    """Made once for the module, since planning writes nothing."""
    with django_db_blocker.unblock():
        return Registry()


@pytest.fixture
def decide(registry: Registry) -> Callable[..., list[Decision]]:
    """What becomes of rows of the usual columns."""

    def decided(*rows: Sequence[str]) -> list[Decision]:
        numbered = [(number, list(cells)) for number, cells in enumerate((HEAD, *rows), start=1)]
        return plan(numbered, Layout(1, fields_in(HEAD)), registry).decisions

    return decided


@pytest.fixture
def outcome(decide: Callable[..., list[Decision]]) -> Callable[..., tuple[str, ...]]:
    """Outcome and codes of the reasons of one row, most of whose cells are as usual."""

    def found(**cells: str) -> tuple[str, ...]:
        decision = decide(row(**cells))[0]
        return (decision.outcome_text, *(reason.code for reason in decision.reasons))

    return found
