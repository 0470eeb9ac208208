"""Open data: files that others read, always as new as the registry."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from typing import Any

import pytest
from django.test import Client

from partnerships.finding.data_formats import FIELDS, geometry, wkt
from partnerships.models import City, Partnership
from partnerships.operations import renamed
from tests.factories import (
    make_city,
    make_mayor,
    make_partner_city,
    make_partnership,
    make_topic,
)

pytestmark = pytest.mark.django_db
FORMATS = ["csv", "json", "geojson"]


@pytest.fixture
def two() -> tuple[Partnership, Partnership]:
    """Köln with Austin on a topic, Hamm with Wolfsburg and Chattanooga."""
    koeln = make_city("Köln", name_en="Cologne", longitude=6.96, latitude=50.94, ags="05315000")
    austin = make_partner_city("Austin", region="Texas", longitude=-97.7, latitude=30.3)
    sponge = make_topic("Schwammstadt", goals=(6, 11))
    first = make_partnership(
        koeln, austin, topics=(sponge,), slug="koeln-austin", year_established=1990
    )
    cities = (make_city("Hamm"), make_city("Wolfsburg"), make_partner_city("Chattanooga"))
    return first, make_partnership(*cities, slug="three", year_is_uncertain=True)


def body(client: Client, path: str, **headers: str) -> bytes:
    response = client.get(path, headers=headers)
    assert response.status_code == 200
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def rows(client: Client, query: str = "") -> list[dict[str, str]]:
    text = body(client, f"/open-data/partnerships.csv{query}").decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def loaded(client: Client, form: str, query: str = "") -> Any:
    return json.loads(body(client, f"/open-data/partnerships.{form}{query}"))


def test_csv_has_a_row_for_each_partnership(two: Any, client: Client, settings: Any) -> None:
    settings.SITE_URL = "https://ude.example"
    first, second = rows(client)
    assert list(first) == [field.name for field in FIELDS]
    assert first == {
        **first,
        "id": str(two[0].pk),
        "url": "https://ude.example/partnerships/koeln-austin/",
        "title_de": "Köln – Austin",
        "title_en": "Cologne – Austin",
        "kind": "partnership",
        "state": "listed",
        "since": "1990",
        "since_is_uncertain": "false",
        "city_names_en": "Cologne | Austin",
        "countries": "DE | US",
        "regions": "Nordrhein-Westfalen | Texas",
        "ags": "05315000 | ",
        "geometry": "MULTIPOINT (6.96 50.94, -97.7 30.3)",
        "topics": "schwammstadt",
        "goals": "6 | 11",
        "source": "Testliste 2026",
    }
    assert (second["since"], second["since_is_uncertain"], second["goals"]) == ("", "true", "")


def test_json_says_what_it_is_and_under_which_terms(two: Any, client: Client) -> None:
    found = loaded(client, "json")
    assert (found["count"], found["licence"]["name"], found["query"]) == (2, "CC BY 4.0", "")
    assert {source["licence"]["name"] for source in found["sources"]} == {
        *("CC BY 4.0", "dl-de/by-2-0", "CC0 1.0", "CC BY-SA 4.0")
    }
    changed = max(one["changed"] for one in found["partnerships"])
    assert found["as_of"] == changed
    first = found["partnerships"][0]
    assert (first["goals"], first["topics"]) == ([6, 11], ["schwammstadt"])
    assert [(city["name_de"], city["country"]) for city in first["cities"]] == [
        ("Köln", "DE"),
        ("Austin", "US"),
    ]


def test_geojson_has_a_line_between_the_cities(two: Any, client: Client) -> None:
    found = loaded(client, "geojson")
    assert (found["type"], found["count"]) == ("FeatureCollection", 2)
    first, second = found["features"]
    assert (first["type"], first["id"]) == ("Feature", two[0].pk)
    assert first["geometry"] == {
        "type": "LineString",
        "coordinates": [[6.96, 50.94], [-97.7, 30.3]],
    }
    assert first["properties"]["title_en"] == "Cologne – Austin"
    assert (second["geometry"]["type"], len(second["geometry"]["coordinates"])) == (
        "MultiLineString",
        3,
    )


def test_without_all_coordinates_there_is_no_line() -> None:
    here, nowhere = {"longitude": 1.0, "latitude": 2.0}, {"longitude": None, "latitude": None}
    assert geometry({"cities": [here, nowhere]}) is None
    assert wkt({"cities": [here, nowhere]}) == "MULTIPOINT (1.0 2.0)"
    assert wkt({"cities": [nowhere]}) == ""


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_registry_is_a_valid_file(client: Client, form: str) -> None:
    if form == "csv":
        assert rows(client) == []
    else:
        assert loaded(client, form)["count"] == 0


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("?q=cologne", 1),
        ("?goal=11", 1),
        ("?q=schwammstadt", 1),
        ("?country=US", 2),
        ("?land=X", 0),
    ],
)
def test_filters_are_those_of_the_directory(
    two: Any, client: Client, query: str, number: int
) -> None:
    assert len(rows(client, query)) == number
    assert loaded(client, "json", query)["query"] == query.removeprefix("?")


def test_hidden_entries_and_persons_are_in_no_file(two: Any, client: Client) -> None:
    secret = make_partnership(slug="secret", in_directory=False)
    make_mayor(secret.cities.first(), email="ob@geheim.example", holder="Vera Verborgen")
    make_mayor(two[0].cities.first(), email="ob@geheim.example", holder="Vera Verborgen")
    for form in FORMATS:
        text = body(client, f"/open-data/partnerships.{form}").decode()
        assert [word in text for word in ("secret", "geheim", "Verborgen")] == [False] * 3


@pytest.mark.parametrize("note", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "\t=1", "-2+3"])
def test_what_a_program_would_compute_is_neutral_in_csv(client: Client, note: str) -> None:
    make_partnership(note_de=note, source=note)
    (row,) = rows(client)
    assert (row["note_de"], row["source"]) == (f"'{note}", f"'{note}")
    assert loaded(client, "json")["partnerships"][0]["note_de"] == note


@pytest.mark.parametrize("form", FORMATS)
def test_who_has_the_newest_file_gets_no_other(two: Any, client: Client, form: str) -> None:
    path = f"/open-data/partnerships.{form}"
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again["ETag"]) == (304, first["ETag"])
    since = client.get(path, headers={"If-Modified-Since": first["Last-Modified"]})
    assert since.status_code == 304
    assert (
        client.get(f"{path}?goal=11", headers={"If-None-Match": first["ETag"]}).status_code == 200
    )


def test_confirmations_are_open_and_who_confirmed_is_not(two: Any, client: Client) -> None:
    at = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)
    party = two[0].parties.get(city__slug="austin")
    party.confirmed_at, party.confirmed_office = at, "Bürochefin Geheim"
    party.save()
    assert rows(client)[0]["confirmed"] == " | 2027-03-01T09:00:00+00:00"
    first = loaded(client, "json")["partnerships"][0]
    assert [city["confirmed"] for city in first["cities"]] == [None, "2027-03-01T09:00:00+00:00"]
    assert "Geheim" not in body(client, "/open-data/partnerships.geojson").decode()


def edit(partnership: Partnership) -> None:
    partnership.note_en = "New"
    partnership.save()


def edit_by_fields(partnership: Partnership) -> None:
    before = partnership.changed_at
    partnership.state = Partnership.State.ACTIVE
    partnership.save(update_fields=["state"])
    partnership.refresh_from_db()
    assert partnership.changed_at > before


def hide(partnership: Partnership) -> None:
    Partnership.objects.filter(pk=partnership.pk).update(in_directory=False)


def rename(partnership: Partnership) -> None:
    city = City.objects.get(slug="koln")
    city.name_de = "Colonia"
    city.save()
    renamed(city=city)


def rename_topic(partnership: Partnership) -> None:
    topic = partnership.topics.get()
    topic.slug = "sponge"
    topic.save()


def delete(partnership: Partnership) -> None:
    partnership.delete()


@pytest.mark.parametrize("change", [edit, edit_by_fields, hide, rename, rename_topic, delete])
def test_every_change_makes_a_new_file(two: Any, client: Client, change: Any) -> None:
    path = "/open-data/partnerships.json"
    etag = client.get(path)["ETag"]
    change(two[0])
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("number", [1, 3, 30])
def test_a_file_takes_five_queries_and_an_unchanged_one_two(
    client: Client, form: str, number: int, django_assert_num_queries: Any
) -> None:
    for _ in range(number):
        make_partnership(topics=(make_topic(goals=(6, 11)),))
    path = f"/open-data/partnerships.{form}?goal=11"
    with django_assert_num_queries(5):
        response = client.get(path)
        content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert content.count(b"Testliste 2026") == number
    with django_assert_num_queries(2):
        client.get(path, headers={"If-None-Match": response["ETag"]})


def test_the_file_is_a_download_that_names_its_licence(client: Client) -> None:
    response = client.get("/open-data/partnerships.geojson")
    assert response["Content-Type"] == "application/geo+json"
    assert response["Link"] == '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Content-Disposition"].endswith('.geojson"')
    assert client.head("/open-data/partnerships.csv").status_code == 200
    assert client.get("/open-data/partnerships.xml").status_code == 404


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/open-data/", ("Offene Daten", "Nummer des Eintrags", "dl-de/by-2-0")),
        ("/en/open-data/", ("Open data", "number of the entry", "GeoNames (CC BY 4.0)")),
    ],
)
def test_the_page_explains_fields_and_terms(
    client: Client, path: str, shown: tuple[str, ...]
) -> None:
    page = client.get(path).content.decode()
    assert [words for words in shown if words not in page] == []
    assert [field.name for field in FIELDS if f"<code>{field.name}</code>" not in page] == []


def test_list_and_map_offer_the_files_with_their_filters(two: Any, client: Client) -> None:
    for path in ("/partnerships/?goal=11", "/en/partnerships/map/?goal=11&section=world"):
        page = client.get(path).content.decode()
        for form in FORMATS:
            assert f'href="/open-data/partnerships.{form}?goal=11"' in page
