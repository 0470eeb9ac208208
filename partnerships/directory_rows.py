"""What both ways of searching the directory speak about: conditions, groups and rows."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from .models import HOME_COUNTRY


@dataclass(frozen=True)
class Condition:
    """One filter: the rows of a kind, at a place, or with at least one of some topics."""

    name: str
    kind: str = ""
    place: str = ""
    topics: set[str] | None = None


class Group(NamedTuple):
    """How many rows share these facet values; ``failed`` names the one filter they do not pass."""

    failed: str
    kind: str
    places: str
    topics: str
    number: int


@dataclass(frozen=True)
class Side:
    """A city's part in a row."""

    name: str
    country: str
    region: str

    @property
    def is_home(self) -> bool:
        return self.country == HOME_COUNTRY


@dataclass(frozen=True)
class Row:
    """A partnership as the directory shows it; ``stored`` is the column ``sides``."""

    slug: str
    kind: str
    state: str
    year: int | None
    year_is_uncertain: bool
    stored: str
    language: str

    @cached_property
    def sides(self) -> list[Side]:
        sides = json.loads(self.stored)
        return [
            Side(english if self.language == "en" else german, country, region)
            for german, english, country, region in sides
        ]

    @property
    def title(self) -> str:
        return " – ".join(side.name for side in self.sides)

    @property
    def home(self) -> list[Side]:
        return [side for side in self.sides if side.is_home]

    @property
    def partners(self) -> list[Side]:
        """The cities abroad; where all are German, the ones after the first."""
        return [side for side in self.sides if not side.is_home] or self.sides[1:]


@dataclass
class Found:
    """One page of rows, the number of all, and the groups for the counts."""

    rows: list[Row]
    total: int
    groups: list[Group] = field(default_factory=list)


#: Columns of a row, in the order of ``Row``.
COLUMNS = ("slug", "kind", "state", "year_established", "year_is_uncertain", "sides")
#: Columns that sort, for each order and language; the name comes last in every one.
ORDERS = {
    ("name", "de"): ("sort_key",),
    ("name", "en"): ("sort_key_en",),
    ("year", "de"): ("year_established", "sort_key"),
    ("year", "en"): ("year_established", "sort_key_en"),
    ("partner", "de"): ("partner_key", "sort_key"),
    ("partner", "en"): ("partner_key_en", "sort_key_en"),
}


def first_row(page: str, per_page: int) -> int:
    """Offset of a page's first row; far beyond the end for numbers that no page has."""
    try:
        number = int(page)
    except ValueError:
        return 0
    return (number - 1) * per_page if 0 < number < 10**9 else 10**12
