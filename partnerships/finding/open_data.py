"""The registry as open data: public facts of each partnership, one after the other.

Five queries whatever the size: rows and their cities are read side by side, in the order of
their numbers, and never all held at once. No persons, no addresses.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from ..derived import SEPARATOR
from ..directory import Catalogue
from ..models import City, Party
from ..models.links import PartnershipQuerySet

Record = dict[str, Any]
_CHUNK = 2_000


class Licence(NamedTuple):
    name: str
    url: str


class Source(NamedTuple):
    """Where facts come from, which ones, and under which terms."""

    name: str
    url: str
    what: str | Promise
    licence: Licence


CC_BY = Licence("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
CC_BY_SA = Licence("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/")
CC0 = Licence("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/")
DL_DE_BY = Licence("dl-de/by-2-0", "https://www.govdata.de/dl-de/by-2-0")

#: Terms of the compilation itself; those of its sources apply besides.
LICENCE = CC_BY
SOURCES = (
    Source(
        "GeoNames", "https://www.geonames.org/", _("coordinates, unless named otherwise"), CC_BY
    ),
    Source(
        "Statistisches Bundesamt (Destatis), Gemeindeverzeichnis",
        "https://www.destatis.de/",
        _("municipality keys (AGS)"),
        DL_DE_BY,
    ),
    Source("Wikidata", "https://www.wikidata.org/", _("single facts: partnerships and years"), CC0),
    Source(
        "Wikipedia",
        "https://www.wikipedia.org/",
        _("single facts from lists of twin towns, no texts"),
        CC_BY_SA,
    ),
)


def records(found: PartnershipQuerySet, known: Catalogue) -> Iterator[Record]:
    """Each partnership with its cities and topics, by number; three queries."""
    with override("de"):
        base = settings.SITE_URL + reverse("partnerships:partnership", args=["-"])
        city_base = settings.SITE_URL + reverse("partnerships:city", args=["-"])
    cities = {city["id"]: city for city in _cities(city_base)}
    parties = _parties(found)
    number, members = next(parties, (0, []))
    for row in _rows(found):
        while number < row["pk"] and number:
            number, members = next(parties, (0, []))
        own = [
            {**cities[pk], "confirmed": at.isoformat(timespec="seconds") if at else None}
            for pk, at in (members if number == row["pk"] else [])
            if pk in cities
        ]
        yield _record(row, own, known, base)


def _rows(found: PartnershipQuerySet) -> Iterator[dict[str, Any]]:
    columns = (
        *("pk", "slug", "title_de", "title_en", "kind", "state", "year_established"),
        *("year_is_uncertain", "facet_topics", "note_de", "note_en", "source", "changed_at"),
    )
    return found.order_by("pk").values(*columns).iterator(chunk_size=_CHUNK)


def _parties(
    found: PartnershipQuerySet,
) -> Iterator[tuple[int, list[tuple[int, dt.datetime | None]]]]:
    """Each partnership's cities, and when each of them confirmed it."""
    rows = Party.objects.filter(partnership__in=found.values("pk"))
    ordered = rows.order_by("partnership", "order", "pk").values_list(
        "partnership", "city", "confirmed_at"
    )
    for pk, parties in groupby(ordered.iterator(chunk_size=_CHUNK), key=itemgetter(0)):
        yield pk, [(city, at) for _pk, city, at in parties]


def _cities(base: str) -> Iterator[Record]:
    columns = ("pk", "slug", "name_de", "name_en", "country", "region", "ags")
    for pk, slug, german, english, country, region, ags, longitude, latitude in (
        City.objects.with_partnerships().order_by().values_list(*columns, "longitude", "latitude")
    ):
        yield {
            "id": pk,
            "url": base.replace("/-/", f"/{slug}/"),
            "name_de": german,
            "name_en": english or german,
            "country": country,
            "region": region,
            "ags": ags or None,
            "longitude": longitude,
            "latitude": latitude,
        }


def _record(row: dict[str, Any], cities: list[Record], known: Catalogue, base: str) -> Record:
    keys = [key for key in row["facet_topics"].split(SEPARATOR)[1:-1] if key in known.slugs]
    goals = {int(number) for key in keys for number in known.goals.get(key, ())}
    return {
        "id": row["pk"],
        "url": base.replace("/-/", f"/{row['slug']}/"),
        "title_de": row["title_de"],
        "title_en": row["title_en"],
        "kind": row["kind"],
        "state": row["state"],
        "since": row["year_established"],
        "since_is_uncertain": row["year_is_uncertain"],
        "cities": cities,
        "topics": sorted(slug for key in keys for slug in known.slugs[key]),
        "goals": sorted(goals),
        "note_de": row["note_de"] or "",
        "note_en": row["note_en"] or "",
        "source": row["source"],
        "changed": row["changed_at"].isoformat(timespec="seconds"),
    }
