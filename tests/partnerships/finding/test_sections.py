"""The sections of the map: what they show, and where on the drawing."""

from __future__ import annotations

import pytest

from partnerships.finding.basemap import basemap
from partnerships.finding.sections import BY_NAME, SECTIONS, Point, Section, path, placed

BERLIN, LONDON, AUSTIN, TOKYO = (13.4, 52.5), (-0.1, 51.5), (-97.7, 30.3), (139.7, 35.7)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("europe", [True, True, False, False]),
        ("atlantic", [True, True, True, False]),
        ("world", [True, True, True, True]),
    ],
)
def test_a_section_shows_its_part_of_the_earth(name: str, shown: list[bool]) -> None:
    places = (BERLIN, LONDON, AUSTIN, TOKYO)
    assert [placed(BY_NAME[name], *place) is not None for place in places] == shown


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_corners_lie_within_the_frame_and_north_is_up(section: Section) -> None:
    assert all(section.shows(section.place(*corner), 0.5) for corner in section.corners)
    north, south = section.place(0, 55), section.place(0, 45)
    assert north.y < south.y


def test_equal_areas_stay_equal() -> None:
    """A square of ten degrees is smaller in the north by the same share as on the globe."""
    section = BY_NAME["europe"]

    def area(lat: float) -> float:
        corners = [section.place(*c) for c in ((5, lat), (6, lat), (6, lat + 1), (5, lat + 1))]
        turned = [*corners[1:], corners[0]]
        return abs(sum(a.x * b.y - b.x * a.y for a, b in zip(corners, turned, strict=True))) / 2

    assert area(45) / area(58) == pytest.approx(0.7009 / 0.5225, rel=0.01)


@pytest.mark.parametrize(
    ("points", "closed", "expected"),
    [
        ([(1, 2), (4, 2), (4, -2)], False, "M1 2l3 0 0-4"),
        ([(1.4, 2.4), (1.3, 2.2), (9, 9)], True, "M1 2l8 7z"),
        ([(1, 1), (1.2, 1.1)], False, ""),
        ([], True, ""),
    ],
)
def test_a_path_is_written_in_whole_steps(
    points: list[tuple[float, float]], closed: bool, expected: str
) -> None:
    assert path([Point(*point) for point in points], closed=closed) == expected


@pytest.mark.parametrize(
    ("name", "degrees"),
    [
        ("europe", [-5, 0, 5, 10, 15, 20]),
        ("atlantic", [-90, -75, -60, -45, -30, -15]),
        ("world", [-150, -120, -90, -60, -30, 0, 30, 60, 90, 120, 150]),
    ],
)
def test_meridians_are_labelled_once_along_the_lower_edge(name: str, degrees: list[int]) -> None:
    section = BY_NAME[name]
    labels = basemap(section).meridians
    assert [label.degrees for label in labels] == degrees
    assert [label.x for label in labels] == sorted(label.x for label in labels)
    assert {label.y for label in labels} == {section.height - 6}


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_the_basemap_is_light(section: Section) -> None:
    base = basemap(section)
    assert base.land.count("z") == base.land.count("M")
    assert len(base.land) + len(base.borders) + len(base.graticule) < 20_000
    assert min(map(len, (base.land, base.borders, base.graticule))) > 100
