"""What lies below the arcs: land, borders, meridians and parallels, drawn once for each section.

Land and borders: Natural Earth, 1:50m (public domain), simplified; see ``land.txt``.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from .sections import WIDTH, Point, Section, path

LAND = Path(__file__).with_name("land.txt")
Line = list[tuple[float, float]]
#: Units of the drawing: what lies beyond is cut off, what is finer is left out.
MARGIN = 8
TOLERANCE = 0.8
SMALLEST = 4.0


class Meridian(NamedTuple):
    """A label at the lower edge; ``degrees`` are positive to the east."""

    degrees: int
    x: int
    y: int


class Basemap(NamedTuple):
    """Paths in SVG's language, and the labels of the meridians."""

    land: str
    borders: str
    graticule: str
    meridians: tuple[Meridian, ...]


@lru_cache(maxsize=8)
def basemap(section: Section) -> Basemap:
    rings, borders = _read()
    cut = (_simplified(_clipped(section, ring)) for ring in _placed_rings(section, rings))
    placed = ([section.place(*point) for point in border] for border in borders)
    return Basemap(
        land="".join(path(ring, closed=True) for ring in cut if _area(ring) >= SMALLEST),
        borders=_drawn(section, placed),
        graticule=_drawn(section, [*_meridians(section), *_parallels(section)]),
        meridians=tuple(_labels(section)),
    )


def _read() -> tuple[list[Line], list[Line]]:
    """Longitudes and latitudes of the rings of land, and of borders."""
    read: list[Line] = []
    land: list[Line] = []
    for line in LAND.read_text(encoding="utf-8").splitlines():
        if line == "borders":
            land, read = read, []
        elif not line.startswith("#"):
            read.append([(float(x), float(y)) for x, y in map(_pair, line.split())])
    return land, read


def _pair(text: str) -> tuple[str, str]:
    longitude, _, latitude = text.partition(",")
    return longitude, latitude


def _placed_rings(section: Section, rings: Iterable[Line]) -> Iterator[list[Point]]:
    """Rings that the section shows; across the 180th meridian they come twice on a world map."""
    for ring in map(_unbroken, rings):
        for turn in (0, -360, 360) if section.is_whole_earth else (0,):
            points = [section.place(lon + turn, lat) for lon, lat in ring]
            if any(section.shows(point, MARGIN) for point in points) or _surrounds(section, points):
                yield points


def _unbroken(ring: Line) -> Line:
    """Longitudes that go on beyond 180 instead of jumping to the other side."""
    found = ring[:1]
    for lon, lat in ring[1:]:
        found.append((lon + 360 * round((found[-1][0] - lon) / 360), lat))
    return found


def _drawn(section: Section, lines: Iterable[list[Point]]) -> str:
    return "".join(path(_simplified(part)) for line in lines for part in _parts(section, line))


def _surrounds(section: Section, points: list[Point]) -> bool:
    """The section lies in the middle of a continent."""
    xs, ys = [point.x for point in points], [point.y for point in points]
    return min(xs) < 0 and max(xs) > WIDTH and min(ys) < 0 and max(ys) > section.height


def _clipped(section: Section, ring: list[Point]) -> list[Point]:
    """The part of a ring inside the frame (Sutherland and Hodgman, one edge after the other)."""
    edges: tuple[Callable[[Point], float], ...] = (
        lambda p: p.x + MARGIN,
        lambda p: WIDTH + MARGIN - p.x,
        lambda p: p.y + MARGIN,
        lambda p: section.height + MARGIN - p.y,
    )
    for inside in edges:
        kept: list[Point] = []
        for last, here in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
            before, now = inside(last), inside(here)
            if (before < 0) != (now < 0):
                share = before / (before - now)
                kept.append(
                    Point(last.x + (here.x - last.x) * share, last.y + (here.y - last.y) * share)
                )
            if now >= 0:
                kept.append(here)
        ring = kept
    return ring


def _simplified(line: list[Point]) -> list[Point]:
    """Without points that lie closer than ``TOLERANCE`` to the line (Douglas and Peucker)."""
    keep = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        distances = [_distance(line[i], line[first], line[last]) for i in range(first + 1, last)]
        farthest = max(distances)
        if farthest > TOLERANCE:
            middle = first + 1 + distances.index(farthest)
            keep.add(middle)
            spans += [(first, middle), (middle, last)]
    return [line[i] for i in sorted(keep)] if line else []


def _distance(point: Point, a: Point, b: Point) -> float:
    length = math.hypot(b.x - a.x, b.y - a.y)
    if not length:
        return math.hypot(point.x - a.x, point.y - a.y)
    return abs((b.x - a.x) * (a.y - point.y) - (a.x - point.x) * (b.y - a.y)) / length


def _area(ring: list[Point]) -> float:
    turned = [*ring[1:], *ring[:1]]
    return abs(sum(a.x * b.y - b.x * a.y for a, b in zip(ring, turned, strict=True))) / 2


def _meridians(section: Section) -> Iterator[list[Point]]:
    for longitude in range(-180, 180, section.step):
        yield [section.place(longitude, latitude) for latitude in range(-60, 86)]


def _parallels(section: Section) -> Iterator[list[Point]]:
    for latitude in range(-60, 86, section.step):
        yield [section.place(longitude, latitude) for longitude in range(-180, 181)]


def _parts(section: Section, line: list[Point]) -> Iterator[list[Point]]:
    """The pieces of a line that the frame shows; jumps at the edge of the world are breaks."""
    part: list[Point] = []
    for point in line:
        jumps = part and math.hypot(point.x - part[-1].x, point.y - part[-1].y) > WIDTH / 4
        if jumps or not section.shows(point, 3 * MARGIN):
            yield part
            part = []
        if section.shows(point, 3 * MARGIN):
            part.append(point)
    yield part


def _labels(section: Section) -> Iterator[Meridian]:
    """Where each meridian meets the lower edge, if it does."""
    for longitude in range(-180, 180, section.step):
        if abs(longitude - section.middle) > section.reach:
            continue
        line = [section.place(longitude, latitude / 4) for latitude in range(-240, 344)]
        for below, above in itertools.pairwise(line):
            if below.y > section.height >= above.y and 30 <= above.x <= WIDTH - 30:
                yield Meridian(longitude, round(above.x), section.height - 6)
                break
