"""What the words of a search stand for: letters in names of cities, or topics."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from partnerships.directory import search
from partnerships.directory_query import Query
from partnerships.finding.words import Word, understood
from tests.factories import make_city, make_partner_city, make_partnership, make_topic
from ude_portal.reference.catalogues import load_catalogues

SPELLINGS = {
    "1": ["Schwammstadt", "Sponge city", "Starkregen", "green infrastructure"],
    "2": ["Soziale Stadt", "Social city"],
    "3": ["Wasser- und Gewässermanagement", "Water and river management", "Hochwasser"],
    "4": ["Smart City", "KI", "Künstliche Intelligenz"],
    "5": ["Urban green", "Biodiversity"],
}


def meant(words: str) -> list[tuple[str, list[str]]]:
    return [(word.term, sorted(word.topics)) for word in understood(words, SPELLINGS)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Schwammstadt", [("schwammstadt", ["1"])]),
        ("schwamm", [("schwamm", ["1"])]),
        ("STARKREGEN", [("starkregen", ["1"])]),
        ("Gewässer", [("gewaesser", ["3"])]),
        ("gewasser", [("gewasser", ["3"])]),
        ("sponge city", [("sponge", ["1"]), ("city", ["1"])]),
        ("smart sponge city", [("smart", ["4"]), ("sponge", ["1"]), ("city", ["1", "4"])]),
        ("green infrastructure", [("green", ["1"]), ("infrastructure", ["1"])]),
        ("Köln Hochwasser", [("koeln", []), ("hochwasser", ["3"])]),
        ("ki", [("ki", ["4"])]),
        ("so", [("so", [])]),
        ("kiel", [("kiel", [])]),
        ("", []),
    ],
)
def test_words_mean_the_topics_whose_names_they_begin(
    words: str, expected: list[tuple[str, list[str]]]
) -> None:
    assert meant(words) == expected


def test_a_word_that_no_topic_has_asks_for_cities_alone() -> None:
    assert understood("Köln", {}) == [Word("koeln")]


@pytest.fixture
def two() -> None:
    """Köln with Leeds works on the sponge city, Hamm with Chattanooga on nothing yet."""
    sponge = make_topic(
        "Schwammstadt", name_en="Sponge city", other_names="Starkregen\nheavy rain\nGründach"
    )
    make_partnership(make_city("Köln"), make_city("Leeds", country="GB"), topics=(sponge,))
    make_partnership(make_city("Hamm"), make_partner_city("Chattanooga"))


def titles(words: str) -> list[str]:
    return [row.title for row in search(Query(words=words)).page]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words",
    [
        *("Schwammstadt", "sponge city", "Sponge", "Starkregen", "starkregen köln", "heavy rain"),
        *("Gründach", "Grundach", "gruendach leeds"),
    ],
)
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_topic_is_found_by_every_spelling_in_both_languages(
    two: None, words: str, language: str
) -> None:
    with translation.override(language):
        assert titles(words) == ["Köln – Leeds"]


@pytest.mark.django_db
def test_a_topic_of_other_cities_is_no_hit(two: None) -> None:
    assert titles("Chattanooga Starkregen") == []


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["Starkregen", "Starkregen Köln Leeds", "heavy rain"])
def test_topics_cost_no_further_query(
    two: None, words: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        assert titles(words) == ["Köln – Leeds"]


@pytest.mark.django_db
def test_the_page_says_which_topic_was_understood(two: None, client: Client) -> None:
    page = client.get("/partnerships/?q=Starkregen").content.decode()
    assert '<a href="/partnerships/?topic=schwammstadt">Schwammstadt</a>' in page
    assert "topic=schwammstadt" not in client.get("/partnerships/?q=Leeds").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Schwammstadt", "sponge-city"),
        ("sponge city", "sponge-city"),
        ("Starkregen", "sponge-city"),
        ("CO2-neutral", "climate-neutral-planning"),
        ("Fußverkehr", "sustainable-transport"),
        ("digital divide", "digital-inclusion"),
        ("rough sleeping", "homelessness"),
        ("Hitze", "climate-adaptation"),
    ],
)
def test_the_shipped_spellings_lead_to_their_topic(words: str, slug: str) -> None:
    load_catalogues()
    assert search(Query(words=words)).meant == [slug]
