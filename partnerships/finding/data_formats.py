"""Open data as CSV, JSON and GeoJSON, written piece by piece.

CSV follows RFC 4180: commas, CRLF, UTF-8. Several values stand in one cell with `` | ``
between them; text that a spreadsheet program would compute gets an apostrophe (OWASP).
GeoJSON follows RFC 7946: longitude before latitude, WGS 84.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, islice
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..workbooks import neutral
from .open_data import Record

BETWEEN = " | "
_PIECE = 200

#: Facts about the whole file.
About = dict[str, Any]


class Field(NamedTuple):
    """A field as the documentation explains it, and what its cell in a CSV file holds."""

    name: str
    meaning: str | Promise
    cell: Callable[[Record], Any]


def _plain(name: str) -> Callable[[Record], Any]:
    return lambda record: record[name]


def _of_cities(name: str) -> Callable[[Record], str]:
    return lambda record: BETWEEN.join(str(city[name] or "") for city in record["cities"])


def _listed(name: str) -> Callable[[Record], str]:
    return lambda record: BETWEEN.join(map(str, record[name]))


def wkt(record: Record) -> str:
    """The cities as well-known text, which geographic programs read; empty without any."""
    points = [f"{x} {y}" for x, y in positions(record)]
    return f"MULTIPOINT ({', '.join(points)})" if points else ""


FIELDS = (
    Field("id", _("number of the entry; never given twice, never changed"), _plain("id")),
    Field("url", _("page of the entry"), _plain("url")),
    Field("title_de", _("names of the cities in German"), _plain("title_de")),
    Field("title_en", _("names of the cities in English"), _plain("title_en")),
    Field(
        "kind",
        _("kind of link by the RGRE: partnership, friendship, contact or project"),
        _plain("kind"),
    ),
    Field(
        "state",
        _("“listed” comes from public sources and is confirmed by no city; see the entry's page"),
        _plain("state"),
    ),
    Field("since", _("year; empty where it is not known"), _plain("since")),
    Field("since_is_uncertain", _("true where sources disagree"), _plain("since_is_uncertain")),
    Field("city_ids", _("numbers of the cities"), _of_cities("id")),
    Field("city_names_de", _("each city in German"), _of_cities("name_de")),
    Field("city_names_en", _("each city in English"), _of_cities("name_en")),
    Field("countries", _("each city's country (ISO 3166-1)"), _of_cities("country")),
    Field("regions", _("each city's Land, state or nation"), _of_cities("region")),
    Field("ags", _("official municipality key of German cities"), _of_cities("ags")),
    Field("confirmed", _("when each city confirmed the entry"), _of_cities("confirmed")),
    Field("geometry", _("the cities' coordinates, WGS 84, as well-known text"), wkt),
    Field("topics", _("short names of the topics, as in their addresses"), _listed("topics")),
    Field("goals", _("goals of the 2030 Agenda behind the topics"), _listed("goals")),
    Field("note_de", _("public note in German"), _plain("note_de")),
    Field("note_en", _("public note in English"), _plain("note_en")),
    Field("source", _("where the entry comes from"), _plain("source")),
    Field("changed", _("last change, with time zone"), _plain("changed")),
)


def as_csv(records: Iterable[Record], about: About) -> Iterator[bytes]:
    """One row for each partnership; what is said about the file stands in its HTTP headers."""
    yield _rows([[field.name for field in FIELDS]])
    for piece in _pieces(records):
        yield _rows([[_cell(field.cell(record)) for field in FIELDS] for record in piece])


def as_json(records: Iterable[Record], about: About) -> Iterator[bytes]:
    """``{…, "partnerships": […], "count": n}``."""
    return _object({**about}, "partnerships", records, lambda record: record)


def as_geojson(records: Iterable[Record], about: About) -> Iterator[bytes]:
    """A feature for each partnership: a line between its cities."""
    return _object({"type": "FeatureCollection", **about}, "features", records, feature)


def feature(record: Record) -> Record:
    properties = {name: value for name, value in record.items() if name != "id"}
    return {
        "type": "Feature",
        "id": record["id"],
        "geometry": geometry(record),
        "properties": properties,
    }


def geometry(record: Record) -> Record | None:
    """A line between two cities, one for each pair of three or more; ``None`` if one is unknown."""
    found = positions(record)
    if len(found) < 2 or len(found) < len(record["cities"]):
        return None
    if len(found) == 2:
        return {"type": "LineString", "coordinates": found}
    lines = [list(pair) for pair in combinations(found, 2)]
    return {"type": "MultiLineString", "coordinates": lines}


def positions(record: Record) -> list[list[float]]:
    """Longitude and latitude of each city that has them."""
    return [
        [city["longitude"], city["latitude"]]
        for city in record["cities"]
        if city["longitude"] is not None and city["latitude"] is not None
    ]


class Format(NamedTuple):
    label: str
    content_type: str
    write: Callable[[Iterable[Record], About], Iterator[bytes]]


FORMATS = {
    "csv": Format("CSV", "text/csv; charset=utf-8", as_csv),
    "json": Format("JSON", "application/json", as_json),
    "geojson": Format("GeoJSON", "application/geo+json", as_geojson),
}


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else neutral(str(value))


def _rows(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _object(
    about: About, name: str, records: Iterable[Record], shape: Callable[[Record], Record]
) -> Iterator[bytes]:
    head = json.dumps(about, ensure_ascii=False)
    yield f'{head[:-1]}, "{name}": [\n'.encode()
    number = 0
    for piece in _pieces(records):
        lines = ",\n".join(json.dumps(shape(record), ensure_ascii=False) for record in piece)
        yield f"{',' if number else ''}{lines}\n".encode()
        number += len(piece)
    yield f'], "count": {number}}}\n'.encode()


def _pieces(records: Iterable[Record]) -> Iterator[list[Record]]:
    going = iter(records)
    while piece := list(islice(going, _PIECE)):
        yield piece
