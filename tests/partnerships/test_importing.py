"""Bringing a list from a public source into the directory."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from journal.models import Entry
from partnerships.importing import COLUMNS, Outcome, import_partnerships, understand
from partnerships.models import City, GazetteerPlace, Partnership, Party
from partnerships.registry import Registry
from tests.factories import make_city, make_partner_city, make_partnership

pytestmark = pytest.mark.django_db


@pytest.fixture
def cities() -> None:
    make_city("Köln", slug="koeln", name_en="Cologne")
    make_city("Liverpool", country="GB", region="England")
    make_partner_city("Indianapolis", region="Indiana")
    make_partner_city("Columbus", slug="columbus-ohio", region="Ohio")
    make_partner_city("Columbus", slug="columbus-indiana", region="Indiana")


def row(**cells: str) -> dict[str, str]:
    values = {
        "german_city": "Köln",
        "german_state": "Nordrhein-Westfalen",
        "partner_city": "Indianapolis",
        "partner_region": "Indiana",
        "partner_country": "US",
        "year_established": "1988",
        "kind": "partnership",
        "source": "koeln.de",
    }
    assert set(values) == set(COLUMNS)
    return {**values, **cells}


def bring(*rows: dict[str, str], dry_run: bool = False) -> list[tuple[int, str, str]]:
    lines = import_partnerships(list(enumerate(rows, start=2)), dry_run=dry_run)
    return [(line.number, line.outcome.value, line.reason) for line in lines]


def test_a_row_becomes_a_listed_partnership_with_its_source(cities: None) -> None:
    assert bring(row()) == [(2, "created", "")]
    made = Partnership.objects.get()
    assert (made.state, made.kind, made.year_established, made.source, made.slug) == (
        *("listed", "partnership", 1988, "koeln.de", "koeln-indianapolis"),
    )
    assert (made.title_de, made.title_en) == ("Köln – Indianapolis", "Cologne – Indianapolis")
    assert [party.city.slug for party in made.parties.all()] == ["koeln", "indianapolis"]
    assert list(Entry.objects.values_list("verb", "about_id")) == [("partnerships.listed", made.pk)]


def test_a_second_run_changes_nothing(cities: None) -> None:
    bring(row())
    before = list(Partnership.objects.values()), list(Party.objects.values())
    assert bring(row(year_established="1999", kind="contact")) == [(2, "exists", "")]
    assert before == (list(Partnership.objects.values()), list(Party.objects.values()))
    assert Entry.objects.count() == 1


def test_a_dry_run_reports_the_same_and_writes_nothing(cities: None) -> None:
    rows = (row(), row(kind="x"))
    report = bring(*rows, dry_run=True)
    assert (Partnership.objects.count(), Entry.objects.count()) == (0, 0)
    assert report == bring(*rows)
    assert Partnership.objects.count() == 1


def test_the_same_pair_in_another_spelling_is_entered_once(cities: None) -> None:
    assert [outcome for _, outcome, _ in bring(row(), row(german_city="Cologne"))] == [
        *("created", "exists")
    ]
    assert [outcome for _, outcome, _ in bring(row(german_city="KOELN"))] == ["exists"]


def test_a_trilateral_partnership_does_not_stand_for_a_pair(cities: None) -> None:
    make_partnership(*City.objects.filter(slug__in=["koeln", "indianapolis", "liverpool"]))
    assert bring(row()) == [(2, "created", "")]


def test_a_taken_address_gets_a_number(cities: None) -> None:
    make_partnership(slug="koeln-indianapolis")
    bring(row())
    assert Partnership.objects.filter(slug="koeln-indianapolis-2").exists()


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"german_city": ""}, "Der Name einer Stadt fehlt."),
        (
            {"german_city": "Bonn"},
            "Bonn (Nordrhein-Westfalen, DE) steht nicht in der Liste der Städte.",
        ),
        (
            {"partner_city": "Columbus", "partner_region": ""},
            "Columbus (US) gibt es mehrfach; bitte nennen Sie die Region.",
        ),
        (
            {"partner_region": "Ohio"},
            "Indianapolis (Ohio, US) steht nicht in der Liste der Städte.",
        ),
        ({"partner_country": "USA"}, "„USA“ ist kein Ländercode."),
        ({"kind": ""}, "„“ ist keine Art von Partnerschaft."),
        ({"kind": "Bund"}, "„Bund“ ist keine Art von Partnerschaft."),
        ({"year_established": "1899"}, "„1899“ ist kein Jahr von 1900 bis 2026."),
        ({"year_established": "1977/78"}, "„1977/78“ ist kein Jahr von 1900 bis 2026."),
        ({"year_established": "²"}, "„²“ ist kein Jahr von 1900 bis 2026."),
        (
            {"partner_city": "Köln", "partner_region": "", "partner_country": "DE"},
            "Eine Stadt kann nicht ihre eigene Partnerin sein.",
        ),
    ],
)
def test_a_row_is_refused_with_its_reason(
    cities: None, cells: dict[str, str], reason: str, time_machine: Any
) -> None:
    time_machine.move_to("2026-11-22T12:00:00Z")
    assert bring(row(), row(**cells)) == [(2, "created", ""), (3, "refused", reason)]


def test_the_region_decides_between_cities_of_one_name(cities: None) -> None:
    bring(row(partner_city="Columbus", partner_region="Ohio"))
    assert Partnership.objects.get().slug == "koeln-columbus-ohio"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("cooperation", "project"), ("Freundschaft", "friendship"), ("CONTACT", "contact")],
)
def test_kinds_follow_the_vocabulary_of_the_rgre(cities: None, kind: str, expected: str) -> None:
    bring(row(kind=kind))
    assert Partnership.objects.get().kind == expected


def test_a_patenschaft_becomes_a_friendship_with_a_notice(cities: None) -> None:
    [(_, outcome, notice)] = bring(row(kind="Patenschaft"))
    assert (outcome, Partnership.objects.get().kind) == ("created", "friendship")
    assert notice == "Eine Patenschaft wird als Freundschaft eingetragen; bitte prüfen Sie das."


def test_an_unknown_year_stays_empty(cities: None) -> None:
    bring(row(year_established=""))
    assert Partnership.objects.get().year_established is None


def test_a_city_is_taken_over_from_the_gazetteer(cities: None) -> None:
    place = {"latitude": 42.1, "longitude": -72.5, "population": 155_000}
    GazetteerPlace.objects.create(
        name="Springfield", country="US", region="Ohio", time_zone="America/New_York", **place
    )
    springfield = row(partner_city="Springfield", partner_region="Ohio")
    assert bring(springfield, row(), springfield)[2] == (4, "exists", "")
    city = City.objects.get(name_de="Springfield")
    assert (city.slug, city.region, city.geo_source, city.time_zone, city.search_text) == (
        *("springfield", "Ohio", "GeoNames", "America/New_York", "springfield"),
    )
    assert bring(springfield) == [(2, "exists", "")]


def test_competing_places_of_the_gazetteer_are_refused(cities: None) -> None:
    for region in ("Ohio", "Illinois"):
        GazetteerPlace.objects.create(
            name="Springfield",
            country="US",
            region=region,
            latitude=1,
            longitude=1,
            time_zone="UTC",
        )
    [(_, outcome, reason)] = bring(row(partner_city="Springfield", partner_region=""))
    assert (outcome, "mehrfach" in reason) == ("refused", True)
    assert City.objects.filter(name_de="Springfield").count() == 0


def test_a_new_city_of_a_taken_name_carries_its_region(cities: None) -> None:
    GazetteerPlace.objects.create(
        name="Liverpool", country="US", region="New York", latitude=1, longitude=1, time_zone="UTC"
    )
    bring(row(partner_city="Liverpool", partner_region="New York"))
    assert Partnership.objects.get().slug == "koeln-liverpool-new-york"


def test_understanding_a_row_writes_nothing(cities: None, django_assert_num_queries: Any) -> None:
    registry = Registry()
    with django_assert_num_queries(0):
        entry = understand(row(), registry)
    assert [city.slug for city in entry.cities] == ["koeln", "indianapolis"]
    with pytest.raises(ValidationError) as refusal:
        understand(row(kind="x"), registry)
    assert refusal.value.code == "kind"


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    number: int, django_assert_num_queries: Any
) -> None:
    make_city("Köln", slug="koeln")
    names = [make_partner_city(region="Ohio").name_de for _ in range(number)]
    rows = [row(partner_city=name, partner_region="Ohio") for name in names]
    bring(row(german_city="Nirgendwo"))
    with django_assert_num_queries(8):
        assert {outcome for _, outcome, _ in bring(*rows)} == {Outcome.CREATED}
