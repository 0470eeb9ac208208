"""The plan of the drills: what its quick cut, which CI runs, must not leave out."""

from __future__ import annotations

import pytest

from tests.drills.plan import BOTH, DRILLS, Drill

EACH = pytest.mark.parametrize("drill", DRILLS, ids=lambda drill: drill.name)


@EACH
def test_quick_cut_runs_every_drill_with_a_negative_control(drill: Drill) -> None:
    assert {part.control for part in drill.parts if part.quick} == {False, True}


@EACH
def test_quick_cut_runs_parts_on_known_databases(drill: Drill) -> None:
    assert {name for part in drill.parts for name in part.quick} <= set(BOTH)


@EACH
def test_every_part_of_a_drill_has_its_function(drill: Drill) -> None:
    assert all(callable(part.load()) for part in drill.parts)
