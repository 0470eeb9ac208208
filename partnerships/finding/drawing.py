"""Partnerships as arcs between cities: gathered until they are few enough to draw.

Two queries: which cities belong to which partnership, and where the cities lie. Where there are
too many arcs, neighbouring cities share a dot, in ever larger cells of a grid, until there
are at most ``MOST_ARCS``; arcs and dots grow with the partnerships they stand for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby
from operator import itemgetter
from typing import NamedTuple

from django.utils.translation import get_language

from ..models import HOME_COUNTRY, City, Party
from ..models.links import PartnershipQuerySet
from .sections import SECTIONS, WIDTH, Point, Section, placed

MOST_ARCS = 600
MOST_LABELS = 14
#: Sizes of cells, in units of the drawing; 0 leaves every city its own dot.
CELLS = (0, 8, 16, 32, 64, 128)
#: From how many partnerships on an arc or a dot gets the next width.
STEPS = (2, 5, 20)
#: A section is large enough when it shows so many of the partnerships.
ENOUGH = 0.9
#: Height of an arc above its chord, as a share of its length.
BULGE = 0.12


class Spot(NamedTuple):
    """A city that takes part: its name for the reader, where it lies (degrees), inhabitants."""

    name: str
    is_home: bool
    longitude: float
    latitude: float
    population: int


class Dot(NamedTuple):
    """A city, or several close together; named after the largest."""

    x: int
    y: int
    label: str
    number: int
    is_home: bool
    population: int


class Label(NamedTuple):
    text: str
    x: int
    y: int
    anchor: str


class Layer(NamedTuple):
    """All arcs, or all dots of one sort, of the same width as one path."""

    width: int
    path: str


@dataclass(frozen=True)
class Drawing:
    """What one section shows: ``left_out`` partnerships have a city outside of it or nowhere.

    ``arcs`` counts lines; ``is_gathered`` says that cities share dots, ``not_drawn`` how many
    lines fell away because even the largest cells leave too many.
    """

    section: Section
    shown: int
    left_out: int
    arcs: int
    cities: int
    is_gathered: bool
    not_drawn: int
    arc_layers: tuple[Layer, ...]
    home_dots: tuple[Layer, ...]
    partner_dots: tuple[Layer, ...]
    labels: tuple[Label, ...]


Links = list[tuple[int, ...]]


def draw(found: PartnershipQuerySet, *, section: Section | None = None) -> Drawing:
    """Draw these partnerships; without a section, on the smallest that shows most of them."""
    links, spots = _links(found), _spots()
    section = section or smallest(links, spots)
    points = {pk: point for pk, spot in spots.items() if (point := _placed(section, spot))}
    drawn = [cities for cities in links if all(city in points for city in cities)]
    dots, arcs, cell = _gathered(drawn, points, spots)
    strongest = arcs.most_common(MOST_ARCS)
    return Drawing(
        section=section,
        shown=len(drawn),
        left_out=len(links) - len(drawn),
        arcs=len(strongest),
        cities=len({city for cities in drawn for city in cities}),
        is_gathered=cell > 0,
        not_drawn=len(arcs) - len(strongest),
        arc_layers=_arc_layers(strongest, dots),
        home_dots=_dot_layers(dot for dot in dots.values() if dot.is_home),
        partner_dots=_dot_layers(dot for dot in dots.values() if not dot.is_home),
        labels=labels(list(dots.values()), section),
    )


def smallest(links: Links, spots: dict[int, Spot]) -> Section:
    """The smallest section that shows nearly all partnerships; the largest if none does."""
    known = [cities for cities in links if all(city in spots for city in cities)]
    for section in SECTIONS:
        inside = {pk for pk, spot in spots.items() if _placed(section, spot)}
        if sum(inside.issuperset(cities) for cities in known) >= ENOUGH * len(known):
            return section
    return SECTIONS[-1]


def _links(found: PartnershipQuerySet) -> Links:
    rows = Party.objects.filter(partnership__in=found.values("pk"))
    ordered = rows.order_by("partnership", "order", "pk").values_list("partnership", "city")
    return [
        tuple(city for _, city in parties)
        for _, parties in groupby(ordered.iterator(chunk_size=5_000), key=itemgetter(0))
    ]


def _spots() -> dict[int, Spot]:
    language = "en" if get_language() == "en" else "de"
    rows = City.objects.exclude(latitude=None).exclude(longitude=None).order_by()
    names = ("name_en", "name_de") if language == "en" else ("name_de", "name_en")
    columns = ("pk", *names, "country", "longitude", "latitude", "population")
    return {
        pk: Spot(name or other, country == HOME_COUNTRY, longitude, latitude, population or 0)
        for pk, name, other, country, longitude, latitude, population in rows.values_list(*columns)
    }


def _placed(section: Section, spot: Spot) -> Point | None:
    return placed(section, spot.longitude, spot.latitude)


Cell = tuple[bool, int, int]


def _gathered(
    links: Links, points: dict[int, Point], spots: dict[int, Spot]
) -> tuple[dict[Cell, Dot], Counter[tuple[Cell, Cell]], int]:
    """Dots and arcs of the smallest cells that leave few enough arcs; cities of both sides
    of a border never share a dot with those abroad.
    """
    numbers = Counter(city for cities in links for city in cities)
    pairs = Counter(pair for cities in links for pair in combinations(cities, 2))

    def gathered(size: int) -> tuple[dict[int, Cell], Counter[tuple[Cell, Cell]]]:
        cells = {city: _cell(city, points[city], spots[city], size) for city in numbers}
        return cells, _arcs(pairs, cells)

    fine, coarse = 0, len(CELLS) - 1
    while fine < coarse:
        middle = (fine + coarse) // 2 if len(pairs) > MOST_ARCS else 0
        if len(gathered(CELLS[middle])[1]) <= MOST_ARCS:
            coarse = middle
        else:
            fine = middle + 1
    cells, arcs = gathered(CELLS[fine])
    return _dots(cells, numbers, points, spots), arcs, CELLS[fine]


def _arcs(pairs: Counter[tuple[int, int]], cells: dict[int, Cell]) -> Counter[tuple[Cell, Cell]]:
    """Partnerships between each two cells, the German one first; inside of one there is no arc."""
    order = {cell: number for number, cell in enumerate(sorted(set(cells.values()), reverse=True))}
    places = {city: order[cell] for city, cell in cells.items()}
    found: dict[int, int] = {}
    for (a, b), number in pairs.items():
        x, y = places[a], places[b]
        if x != y:
            key = x * len(order) + y if x < y else y * len(order) + x
            found[key] = found.get(key, 0) + number
    known = list(order)
    return Counter({(known[k // len(known)], known[k % len(known)]): n for k, n in found.items()})


def _cell(city: int, point: Point, spot: Spot, size: int) -> Cell:
    if not size:
        return spot.is_home, city, 0
    return spot.is_home, int(point.x // size), int(point.y // size)


def _dots(
    cells: dict[int, Cell],
    numbers: Counter[int],
    points: dict[int, Point],
    spots: dict[int, Spot],
) -> dict[Cell, Dot]:
    members: dict[Cell, list[int]] = defaultdict(list)
    for city, cell in cells.items():
        members[cell].append(city)
    dots = {}
    for cell, cities in members.items():
        number = sum(numbers[city] for city in cities)
        x = sum(points[city].x * numbers[city] for city in cities) / number
        y = sum(points[city].y * numbers[city] for city in cities) / number
        first = max((spots[city] for city in cities), key=lambda spot: spot.population)
        dots[cell] = Dot(round(x), round(y), first.name, number, cell[0], first.population)
    return dots


def _width(number: int) -> int:
    return 1 + sum(number >= step for step in STEPS)


def _arc_layers(
    arcs: Sequence[tuple[tuple[Cell, Cell], int]], dots: dict[Cell, Dot]
) -> tuple[Layer, ...]:
    layers: dict[int, list[str]] = defaultdict(list)
    for (a, b), number in arcs:
        layers[_width(number)].append(arc(dots[a], dots[b]))
    return tuple(Layer(width, "".join(layers[width])) for width in sorted(layers))


def arc(a: Dot, b: Dot) -> str:
    """A curve that rises above its chord, as the way over the globe does; upwards on the page."""
    dx, dy = b.x - a.x, b.y - a.y
    side = -1 if dx > 0 or (dx == 0 and dy > 0) else 1
    x = round((a.x + b.x) / 2 - side * dy * 2 * BULGE)
    y = round((a.y + b.y) / 2 + side * dx * 2 * BULGE)
    return f"M{a.x} {a.y}Q{x} {y} {b.x} {b.y}"


def _dot_layers(dots: Iterable[Dot]) -> tuple[Layer, ...]:
    """Lines without length, which round ends make to dots."""
    layers: dict[int, list[str]] = defaultdict(list)
    for dot in dots:
        layers[_width(dot.number)].append(f"M{dot.x} {dot.y}h0")
    return tuple(Layer(width, "".join(layers[width])) for width in sorted(layers))


#: Height of a line, width of a letter, gap to the dot; units of the drawing.
LINE, LETTER, GAP = 18, 8.4, 9
#: Free room between two names, beside and above: crowded regions show few, the rest gets some.
SPACE = (16, 9)
#: How many dots are looked at for a name; beyond them nothing important follows.
CANDIDATES = 120
Box = tuple[float, float, float, float]


def labels(dots: list[Dot], section: Section) -> tuple[Label, ...]:
    """Names of the dots with the most partnerships and people, each with room around it.

    They stand over no dot of the other side of the border and where they hide the fewest of
    their own; of equal places the one away from the lines comes first.
    """
    taken: list[Box] = []
    found: list[Label] = []
    home, abroad = ([dot for dot in dots if dot.is_home is side] for side in (True, False))
    home_is_east = _middle(home) >= _middle(abroad)
    ordered = sorted(dots, key=lambda dot: (-dot.number, -dot.population, dot.label))
    for dot in ordered[:CANDIDATES]:
        if len(found) == MOST_LABELS:
            break
        own, others = (home, abroad) if dot.is_home else (abroad, home)
        places = [
            (label, box)
            for label, box in _sides(dot, right_first=dot.is_home == home_is_east)
            if _is_free(box, taken, section) and not _covered(box, others)
        ]
        if places:
            label, box = min(places, key=lambda place: _covered(place[1], own))
            taken.append(box)
            found.append(label)
    return tuple(found)


def _middle(dots: list[Dot]) -> float:
    return sum(dot.x for dot in dots) / len(dots) if dots else 0


def _sides(dot: Dot, *, right_first: bool) -> list[tuple[Label, Box]]:
    """To the right of the dot and to its left, the better side first."""
    length, top = len(dot.label) * LETTER, dot.y - LINE / 2
    right, left = dot.x + GAP, dot.x - GAP
    sides = [
        (Label(dot.label, right, dot.y + 5, "start"), (right, top, right + length, top + LINE)),
        (Label(dot.label, left, dot.y + 5, "end"), (left - length, top, left, top + LINE)),
    ]
    return sides if right_first else sides[::-1]


def _covered(box: Box, dots: list[Dot]) -> int:
    x0, y0, x1, y1 = box
    return sum(x0 < dot.x < x1 and y0 < dot.y < y1 for dot in dots)


def _is_free(box: Box, taken: list[Box], section: Section) -> bool:
    x0, y0, x1, y1 = box
    if x0 < 0 or x1 > WIDTH or y0 < 0 or y1 > section.height:
        return False
    near, close = SPACE
    return all(
        x1 + near < a or c + near < x0 or y1 + close < b or d + close < y0 for a, b, c, d in taken
    )
