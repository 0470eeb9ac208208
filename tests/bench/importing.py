"""A long list in which every row is clean and new, brought in as the command does it."""

from __future__ import annotations

import csv
import io
import time
from collections import Counter
from itertools import islice, product

from partnerships.importing.operations import bring_in
from partnerships.models import HOME_COUNTRY, City, Partnership, Party

COLUMNS = (
    "german_city",
    "german_state",
    "partner_city",
    "partner_region",
    "partner_country",
    "year_established",
    "kind",
    "source",
)


class Import:
    """Seconds for a file of so many rows, and how many of them this process computed.

    All rows have to become partnerships.
    """

    def __init__(self, rows: int) -> None:
        self._rows = rows

    def run(self) -> dict[str, float]:
        content, before = clean_list(self._rows), Partnership.objects.count()
        began, computed = time.perf_counter(), time.process_time()
        bring_in(content=content, name="liste.csv", source="Figures")
        seconds, busy = time.perf_counter() - began, time.process_time() - computed
        made = Partnership.objects.count() - before
        if made != self._rows:
            raise SystemExit(f"{made} of {self._rows} rows became partnerships.")
        return {"seconds": seconds, "busy": busy, "rows": made}


def clean_list(rows: int) -> bytes:
    """Pairs of a German and another city that are no partners yet."""
    home, away = _cities(is_home=True), _cities(is_home=False)
    partners = _partners()
    pairs = ((a, b) for b, a in product(away, home) if (a.pk, b.pk) not in partners)
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(COLUMNS)
    for number, (a, b) in enumerate(islice(pairs, rows)):
        year = 1950 + number % 70
        place = (b.name_de, b.region, b.country.code)
        lines.writerow([a.name_de, a.region, *place, year, "partnership", "stadt.example"])
    return out.getvalue().encode()


def _cities(*, is_home: bool) -> list[City]:
    """Cities that no other one is called like."""
    cities = City.objects.order_by("pk")
    names = Counter(city.name_de for city in cities)
    return [
        city
        for city in cities
        if names[city.name_de] == 1 and (city.country.code == HOME_COUNTRY) == is_home
    ]


def _partners() -> set[tuple[int, int]]:
    """The cities of each pair, both ways round."""
    found: dict[int, list[int]] = {}
    for partnership, city in Party.objects.values_list("partnership", "city"):
        found.setdefault(partnership, []).append(city)
    return {pair for cities in found.values() for pair in product(cities, cities)}
