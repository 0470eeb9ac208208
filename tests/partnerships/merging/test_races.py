"""Two of the staff merge at the same moment, in real threads on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from partnerships.merging import operations
from partnerships.merging.planning import plan
from partnerships.models import City, Merge
from tests import factories as make
from tests.events.test_races import at_once

from .doubled import merged, two_cities

pytestmark = pytest.mark.django_db(transaction=True)


def told(what: Any, **how: Any) -> str:
    try:
        what(**how, by=make.make_staff())
    except ValidationError as refusal:
        return str(refusal.code)
    return "done"


def test_two_opposite_merges_at_once_are_one() -> None:
    one, other = two_cities()
    pairs = [(one, other), (other, one)]
    seen = {pair: plan(*pair).digest for pair in pairs}
    found = at_once(
        [
            lambda pair=pair: told(  # type: ignore[misc]
                operations.merge, kept=pair[0], merged=pair[1], seen=seen[pair]
            )
            for pair in pairs
        ]
    )
    assert sorted(found) == ["done", "merged"]
    assert (Merge.objects.count(), City.objects.count()) == (1, 1)


def test_the_same_merge_at_once_is_one() -> None:
    kept, other = two_cities()
    make.make_position(other)
    seen = plan(kept, other).digest

    def merge() -> str:
        return told(operations.merge, kept=kept, merged=other, seen=seen)

    assert at_once([merge, merge]) == ["done", "done"]
    assert (Merge.objects.count(), kept.positions.count()) == (1, 1)


def test_a_merge_taken_back_twice_at_once_is_taken_back_once() -> None:
    made = merged(*two_cities())

    def undo() -> str:
        return told(operations.undo, merge=made)

    assert sorted(at_once([undo, undo])) == ["done", "undone"]
    assert City.objects.count() == 2
