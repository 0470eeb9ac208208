"""Imports and their rows as they stand in the database."""

from __future__ import annotations

from itertools import count
from typing import Any

from partnerships.importing import operations
from partnerships.models import GazetteerPlace, Import, ImportRow
from tests.factories import make_city, make_partner_city

from .files import HEAD, as_csv

_number = count(1)


def make_import(**extra: Any) -> Import:
    values = {"file_name": "liste.csv", "sha256": "0" * 64, "source": "Testliste 2026"}
    return Import.objects.create(**{**values, **extra})


def make_draft(**extra: Any) -> Import:
    """A file of one row that waits, with its dry run."""
    headings, row = ["Stadt", "Partnerstadt", "Land"], ["Köln", "Atlantis", "USA"]
    values = {
        "content": ";".join(headings).encode() + b"\n" + ";".join(row).encode() + b"\n",
        "encoding": "utf-8",
        "separator": ";",
        "headings": headings,
        "columns": {"german_city": 0, "partner_city": 1, "partner_country": 2},
    }
    draft = make_import(**{**values, **extra})
    make_import_row(draft, number=1)
    return draft


def make_import_row(of: Import, **extra: Any) -> ImportRow:
    """A row that needs a person: a German city with a partner nobody knows."""
    number = extra.setdefault("number", next(_number))
    values = {
        "line": number + 1,
        "outcome": "review",
        "facts": {
            "german_city": "Köln",
            "partner_city": "Atlantis",
            "partner_region": "",
            "partner_country": "US",
            "year_established": None,
            "kind": "partnership",
        },
        "written": {"german_city": "Köln", "partner_city": "Atlantis", "partner_country": "USA"},
        "reasons": [["city_unknown", {"city": "Atlantis", "country": "US"}]],
        "fingerprint": f"{number:064d}",
    }
    return ImportRow.objects.create(of=of, **{**values, **extra})


def make_places() -> None:
    """Köln, Indianapolis, two Kansas Citys, and Springfield in the gazetteer."""
    make_city("Köln", slug="koeln", name_en="Cologne")
    make_partner_city("Indianapolis", region="Indiana")
    for region in ("Missouri", "Kansas"):
        make_partner_city("Kansas City", slug=f"kansas-city-{region.lower()}", region=region)
    GazetteerPlace.objects.create(
        name="Springfield",
        country="US",
        region="Ohio",
        latitude=39.9,
        longitude=-83.8,
        population=58_000,
        time_zone="America/New_York",
    )


def listed(*rows: Any) -> bytes:
    """Rows of the usual columns as a file."""
    return as_csv([HEAD, *rows])


def bring(*rows: Any) -> Import:
    operations.bring_in(content=listed(*rows), name="liste.csv", source="Verband 2023")
    return Import.objects.latest("pk")
