"""When what the public sees is new, and how soon a large map knows."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache

from partnerships.finding import freshness as module
from partnerships.finding.freshness import freshness, lately
from partnerships.models import Partnership
from tests.factories import make_partnership

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def hide() -> None:
    Partnership.objects.filter(pk=make_partnership().pk).update(in_directory=False)
    Partnership.objects.public().order_by("pk")[0].delete()


def test_the_key_changes_with_every_change_and_with_what_is_asked() -> None:
    make_partnership()
    before = freshness("asked")
    assert freshness("asked") == before
    assert freshness("something else").key != before.key
    hide()
    assert freshness("asked").key != before.key


def test_a_small_directory_knows_at_once() -> None:
    make_partnership()
    before = lately()
    assert before == freshness()
    hide()
    assert lately().key != before.key
    assert lately() == freshness()


def test_a_large_one_is_asked_once_a_minute(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(module, "LARGE", 0)
    make_partnership()
    before = lately("asked")
    hide()
    with django_assert_num_queries(0):
        assert lately("asked") == before
        assert lately("something else").key != before.key
    assert freshness("asked").key != before.key
    cache.clear()
    assert lately("asked") == freshness("asked")
