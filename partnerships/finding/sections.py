"""The sections of the map: which part of the Earth, by which projection, at which scale.

Lambert's azimuthal equal-area projection serves Europe (around 10° E 52° N, as the EU's
statistics do) and the North Atlantic, where it keeps the way between the continents straight;
the world is an equirectangular one. Units are those of the drawing, 1000 wide.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WIDTH = 1000


class Point(NamedTuple):
    """Units of the drawing, from its upper left corner."""

    x: float
    y: float


Projection = Callable[[float, float], tuple[float, float]]


def equal_area(longitude: float, latitude: float) -> Projection:
    """Lambert's projection around a point: degrees to Earth radii, y to the south."""
    lat0 = math.radians(latitude)

    def project(lon: float, lat: float) -> tuple[float, float]:
        turn, lat = math.radians(lon - longitude), math.radians(lat)
        cos_c = math.sin(lat0) * math.sin(lat) + math.cos(lat0) * math.cos(lat) * math.cos(turn)
        k = math.sqrt(2 / max(1 + cos_c, 1e-6))
        x = k * math.cos(lat) * math.sin(turn)
        y = math.cos(lat0) * math.sin(lat) - math.sin(lat0) * math.cos(lat) * math.cos(turn)
        return x, -k * y

    return project


def equirectangular(parallel: float) -> Projection:
    """True to scale along a parallel."""
    narrow = math.cos(math.radians(parallel))
    return lambda lon, lat: (math.radians(lon) * narrow, -math.radians(lat))


@dataclass(frozen=True, eq=False)
class Section:
    """A part of the Earth; its frame holds all ``corners`` (longitude, latitude).

    ``step`` is the distance of meridians and parallels in degrees. Meridians farther than
    ``reach`` degrees from ``middle`` get no label; one that reaches around the Earth repeats
    at its edges.
    """

    name: str
    label: str | Promise
    projection: Projection
    corners: tuple[tuple[float, float], ...]
    step: int
    middle: int
    reach: int = 90

    def __reduce__(self) -> tuple[Callable[[str], Section], tuple[str]]:
        """In a cache it is its name."""
        return named, (self.name,)

    @cached_property
    def _frame(self) -> tuple[float, float, float, float]:
        """Left, top, width and height before scaling."""
        points = [self.projection(*corner) for corner in self.corners]
        left, top = min(x for x, _ in points), min(y for _, y in points)
        width, height = max(x for x, _ in points) - left, max(y for _, y in points) - top
        return left, top, width, height

    @cached_property
    def height(self) -> int:
        _left, _top, width, height = self._frame
        return round(WIDTH * height / width)

    def place(self, longitude: float, latitude: float) -> Point:
        """Where a place lies on the drawing, perhaps outside of it."""
        left, top, width, _height = self._frame
        x, y = self.projection(longitude, latitude)
        return Point((x - left) / width * WIDTH, (y - top) / width * WIDTH)

    @property
    def is_whole_earth(self) -> bool:
        return self.reach >= 180

    def shows(self, point: Point, margin: float = 0) -> bool:
        return -margin <= point.x <= WIDTH + margin and -margin <= point.y <= self.height + margin


_EUROPE = ((-11, 50), (-9, 58), (-2, 60.5), (24, 60.5), (25, 47), (19, 41), (-4, 42))
_ATLANTIC = ((-126, 47), (-119, 31), (-98, 25), (-80, 24), (31, 46), (29, 61))
_WORLD = ((-170, 74), (180, -50))

#: From the smallest to the largest.
SECTIONS = (
    Section("europe", _("Europe"), equal_area(10, 52), _EUROPE, 5, 10),
    Section("atlantic", _("Europe and North America"), equal_area(-45, 50), _ATLANTIC, 15, -45),
    Section("world", _("World"), equirectangular(35), _WORLD, 30, 0, 180),
)
BY_NAME = {section.name: section for section in SECTIONS}


def named(name: str) -> Section:
    return BY_NAME[name]


@lru_cache(maxsize=32_768)
def placed(section: Section, longitude: float, latitude: float) -> Point | None:
    """Where a place lies on the section's drawing; ``None`` outside of it."""
    point = section.place(longitude, latitude)
    return point if section.shows(point) else None


def path(points: Iterable[Point], *, closed: bool = False) -> str:
    """A line in SVG's path language, in whole units; empty for fewer than two points."""
    whole = [(round(point.x), round(point.y)) for point in points]
    steps = [whole[0]] if whole else []
    steps += [here for last, here in itertools.pairwise(whole) if here != last]
    if len(steps) < 2:
        return ""
    moves = [f"M{steps[0][0]} {steps[0][1]}l"]
    for (x0, y0), (x, y) in itertools.pairwise(steps):
        separator = "" if y - y0 < 0 else " "
        moves.append(f"{x - x0}{separator}{y - y0}")
    line = moves[0] + " ".join(moves[1:])
    return f"{line}z" if closed else line
