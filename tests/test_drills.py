"""The plan of the drills: what its quick cut, which CI runs, must not leave out."""

from __future__ import annotations

import pytest

from tests.drills.__main__ import side_by_side
from tests.drills.findings import Finding, Result
from tests.drills.plan import BOTH, DRILLS, Drill, Part
from tests.drills.report import page

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


class Running:
    """A part that is over at the third look."""

    def __init__(self, under_way: set[str], key: str) -> None:
        self._under_way, self._key, self._looks = under_way, key, 0
        under_way.add(key)

    @property
    def is_over(self) -> bool:
        self._looks += 1
        return self._looks > 2

    def result(self) -> str:
        self._under_way.remove(self._key)
        return self._key


def test_so_many_parts_run_at_a_time_with_the_patient_ones_beside_them() -> None:
    wanted = [(drill, name, part) for drill in DRILLS for name in BOTH for part in drill.parts]
    under_way: set[str] = set()
    most: list[int] = []

    def start(drill: Drill, name: str, part: Part) -> tuple[Drill, Part, Running]:
        run = Running(under_way, f"{part.key} {name}")
        most.append(len([key for key in under_way if not key.startswith("smtp.hostile")]))
        return drill, part, run

    done = [str(result) for _drill, _part, result in side_by_side(wanted, start, 2)]
    assert sorted(done) == sorted(f"{part.key} {name}" for _drill, name, part in wanted)
    assert max(most) == 2
    assert {key.partition(" ")[0] for key in done[-10:]} <= {
        part.key for drill in DRILLS for part in drill.parts if part.control
    }


def test_the_page_shows_parts_in_full_size_and_controls_in_any() -> None:
    def run(part: str, *, quick: bool, figure: str) -> Result:
        date, found = "2026-11-22T08:00", [Finding("x", figure, True)]
        return Result("seats", part, "sqlite", date, 1, quick, found)

    shown = page(
        [
            run("seats.exact", quick=False, figure="in full"),
            run("seats.without_lock", quick=True, figure="a small control"),
            run("crashes.outbox", quick=True, figure="a small run"),
        ]
    )
    words = ("in full", "a small control", "a small run")
    assert [word in shown for word in words] == [True, True, False]
