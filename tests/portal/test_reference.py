"""The reference data: complete, found, loaded once, never over what staff edited."""

from __future__ import annotations

import datetime as dt
import time
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.utils import translation

from events.models import Delegation, Event
from exchanges.models import DailyRate, TravelFactor
from pages.models import Page
from partnerships.models import (
    City,
    Department,
    GazetteerPlace,
    Office,
    Organisation,
    Partnership,
    Party,
)
from sdg.models import Goal, Target, Topic
from ude_portal.reference import load_reference
from ude_portal.reference.history import moment
from ude_portal.reference.rows import DATA, read

pytestmark = pytest.mark.django_db
COMPLETE = {
    Goal: 17,
    Target: 169,
    Topic: 26,
    Department: 24,
    Office: 31,
    Organisation: 23,
    City: 1081,
    GazetteerPlace: 4286,
    Partnership: 374,
    Event: 11,
    DailyRate: 9,
    TravelFactor: 6,
}


@pytest.fixture(scope="module")
def loaded(django_db_setup: Any, django_db_blocker: Any) -> Any:
    """Loaded once for the module; each test's own changes are rolled back."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        started = time.monotonic()
        load_reference()
        yield time.monotonic() - started
        transaction.set_rollback(True)


def snapshot() -> dict[Any, list[Any]]:
    models = (*COMPLETE, Delegation, Party, Page, Topic.goals.through)
    return {model: list(model._base_manager.order_by("pk").values()) for model in models}


def test_everything_is_there(loaded: float) -> None:
    assert {model: model._base_manager.count() for model in COMPLETE} == COMPLETE
    assert Page.objects.exists()


def test_loading_is_quick(loaded: float) -> None:
    assert loaded < 15


def test_a_second_run_changes_nothing(loaded: float) -> None:
    before = snapshot()
    counts = load_reference()
    assert snapshot() == before
    assert {(count.created, count.updated) for count in counts} == {(0, 0)}


@pytest.mark.parametrize("words", ["koln", "Koeln", "Cologne", "Köln"])
def test_koeln_is_found(loaded: float, words: str) -> None:
    assert [city.slug for city in City.objects.search(words)] == ["koeln"]
    assert Partnership.objects.search(words).count() == 2


@pytest.mark.parametrize(
    ("slug", "in_german", "in_english"),
    [
        ("koeln", "Köln", "Cologne"),
        ("muenchen", "München", "Munich"),
        ("alfeld-leine", "Alfeld (Leine)", "Alfeld (Leine)"),
        ("warsaw", "Warschau", "Warsaw"),
        ("columbus-ohio", "Columbus", "Columbus"),
        ("manchester-england", "Manchester", "Manchester"),
    ],
)
def test_cities_have_names_in_both_languages(
    loaded: float, slug: str, in_german: str, in_english: str
) -> None:
    city = City.objects.get(slug=slug)
    assert (city.name_de, city.name_en) == (in_german, in_english)


def test_what_staff_edited_stays(loaded: float) -> None:
    city = City.objects.get(slug="koeln")
    city.population = 7
    city.save()
    event = Event.objects.get(slug="leeds-2023")
    event.report_de = "Neu geschrieben."
    event.save()
    Office.objects.filter(slug="landrat").update(may_speak="no")
    Partnership.objects.filter(slug="koeln-indianapolis").update(kind="contact")
    before = snapshot()
    load_reference()
    assert snapshot() == before


def test_rows_that_nobody_saved_follow_the_files(loaded: float) -> None:
    City.objects.filter(slug="koeln").update(population=7, name_en="Koeln")
    Event.objects.filter(slug="leeds-2023").update(report_html_de="")
    load_reference()
    city = City.objects.get(slug="koeln")
    assert (city.population, city.name_en, city.version) == (1_024_621, "Cologne", 1)
    assert "Leeds" in Event.objects.get(slug="leeds-2023").report_html_de


@pytest.mark.parametrize("changed", [{"slug": "cologne"}, {"name_de": "Köln am Rhein"}])
def test_a_city_with_a_new_address_or_a_new_name_is_not_entered_twice(
    loaded: float, changed: dict[str, str]
) -> None:
    City.objects.filter(name_de="Köln").update(version=2, **changed)
    load_reference()
    assert City.objects.count() == 1081


def test_what_was_deleted_comes_back(loaded: float) -> None:
    Partnership.objects.get(slug="koeln-liverpool").delete()
    load_reference()
    assert Partnership.objects.filter(slug="koeln-liverpool").exists()


def test_sources_of_rates_and_factors_are_read_in_the_reader_s_language(loaded: float) -> None:
    shown = [DailyRate.objects.filter(country="GB")[0], TravelFactor.objects.all()[0]]
    assert all(one.source.startswith("Allgemeinwissen") for one in shown)
    with translation.override("en"):
        assert all(one.source.startswith("general knowledge") for one in shown)


def test_all_partnerships_are_listed_with_a_source_and_two_cities(loaded: float) -> None:
    assert set(Partnership.objects.values_list("state", flat=True)) == {"listed"}
    assert not Partnership.objects.filter(source="").exists()
    assert Party.objects.count() == 748


def test_stated_participations_stand_with_their_evidence(loaded: float) -> None:
    assert sorted(
        Delegation.objects.values_list("event__slug", "partnership__title_de", "evidence")
    ) == [
        ("washington-2022", "Darmstadt – San Antonio", "darmstadt.de"),
        ("washington-2022", "Wolfsburg – Chattanooga", "rundblick-hamm.de (selected June 2022)"),
    ]


def test_every_salutation_has_a_place_for_the_name(loaded: float) -> None:
    patterns = Office.objects.values_list("salutation_de", "salutation_en")
    assert all("{name}" in pattern for pair in patterns for pattern in pair)


@pytest.mark.parametrize("country", ["DE", "US", "GB"])
def test_heads_of_cities_come_first_among_the_offices(loaded: float, country: str) -> None:
    first = Office.objects.filter(country=country).order_by("rank").first()
    assert first is not None
    assert (first.kind, first.may_speak) == ("head of city", "yes")


def test_the_goals_of_a_topic_are_linked_in_both_directions(loaded: float) -> None:
    sponge = Topic.objects.get(slug="sponge-city")
    assert [goal.number for goal in sponge.goals.all()] == [6, 11, 13, 15]


def test_reports_are_there_in_both_languages(loaded: float) -> None:
    told = Event.objects.exclude(report_de="").exclude(report_en="").values_list("slug", flat=True)
    assert sorted(told) == [
        *("edinburgh-2024", "leeds-2023", "mayors-roundtable-2023"),
        *("mayors-roundtable-bremen-2025", "washington-2022"),
    ]


BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022-05", (2022, 5, 1, 0, 0), (2022, 5, 31, 23, 59)),
        ("2024-02", (2024, 2, 1, 0, 0), (2024, 2, 29, 23, 59)),
        ("2022-10-18", (2022, 10, 18, 0, 0), (2022, 10, 18, 23, 59)),
        ("2023-02-22T11:00", (2023, 2, 22, 11, 0), (2023, 2, 22, 11, 0)),
    ],
)
def test_inexact_dates_span_their_day_or_month(
    text: str, first: tuple[int, ...], last: tuple[int, ...]
) -> None:
    assert moment(text, BERLIN, last=False) == dt.datetime(*first, tzinfo=BERLIN)
    assert moment(text, BERLIN, last=True) == dt.datetime(*last, tzinfo=BERLIN)


def test_every_report_belongs_to_an_event() -> None:
    slugs = {row["slug"] for row in read("events.csv")}
    assert {path.name.split(".")[0] for path in (DATA / "reports").iterdir()} <= slugs


def test_the_command_reports_each_kind_of_rows(loaded: float) -> None:
    out = StringIO()
    call_command("load_reference", stdout=out)
    assert "Städte: 0 angelegt, 0 aktualisiert, 1081 unverändert" in out.getvalue()
