"""Searching the directory: filters, counts, order, pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from partnerships.directory import search
from partnerships.directory_query import Query
from tests.factories import make_city, make_partner_city, make_partnership, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def three() -> None:
    """Köln with Liverpool and Indianapolis, Aachen with Arlington; two topics."""
    sponge = make_topic("Schwammstadt", goals=(6, 11))
    waste = make_topic("Zero Waste", goals=(12,))
    koeln = make_city("Köln", name_en="Cologne")
    liverpool = make_city("Liverpool", country="GB", region="England")
    make_partnership(koeln, liverpool, year_established=1952, topics=(sponge,))
    make_partnership(
        koeln, make_partner_city("Indianapolis"), year_established=1988, kind="project"
    )
    aachen = make_city("Aachen", region="Hessen")
    make_partnership(aachen, make_partner_city("Arlington"), topics=(sponge, waste))


def titles(**params: str) -> list[str]:
    return [row.title for row in search(Query.from_address(params)).page]


def counts(facet: str, **params: str) -> dict[str, int]:
    return dict(search(Query.from_address(params)).counts[facet])


@pytest.mark.parametrize("words", ["koln", "Koeln", "Cologne", "köln"])
def test_a_city_is_found_in_every_spelling(three: None, words: str) -> None:
    assert titles(q=words) == ["Köln – Indianapolis", "Köln – Liverpool"]


def test_every_word_has_to_fit(three: None) -> None:
    assert titles(q="koeln liverpool") == ["Köln – Liverpool"]
    assert titles(q="koeln arlington") == []


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"country": "GB"}, ["Köln – Liverpool"]),
        ({"land": "Hessen"}, ["Aachen – Arlington"]),
        ({"goal": "11"}, ["Aachen – Arlington", "Köln – Liverpool"]),
        ({"topic": "zero-waste"}, ["Aachen – Arlington"]),
        ({"kind": "project"}, ["Köln – Indianapolis"]),
        ({"country": "US", "goal": "11"}, ["Aachen – Arlington"]),
        ({"country": "DE"}, []),
        ({"goal": "99"}, []),
        ({"land": "Atlantis"}, []),
    ],
)
def test_filters_narrow_the_list(three: None, params: dict[str, str], expected: list[str]) -> None:
    assert titles(**params) == expected


def test_counts_take_the_other_filters_into_account(three: None) -> None:
    assert counts("country") == {"US": 2, "GB": 1}
    assert counts("country", goal="11") == {"US": 1, "GB": 1}
    assert counts("goal", country="US") == {"6": 1, "11": 1, "12": 1}
    assert counts("land", country="GB", kind="project") == {}


def test_a_facets_own_filter_does_not_change_its_counts(three: None) -> None:
    assert counts("country", country="GB") == counts("country")


def test_counts_equal_what_choosing_the_value_brings(three: None) -> None:
    for value, number in counts("topic", country="US").items():
        assert len(titles(country="US", topic=value)) == number


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", ["Aachen – Arlington", "Köln – Indianapolis", "Köln – Liverpool"]),
        ("year", ["Köln – Liverpool", "Köln – Indianapolis", "Aachen – Arlington"]),
        ("partner", ["Aachen – Arlington", "Köln – Indianapolis", "Köln – Liverpool"]),
    ],
)
def test_the_order_can_be_chosen(three: None, sort: str, expected: list[str]) -> None:
    assert titles(sort=sort) == expected


def test_umlauts_sort_as_their_base_letters() -> None:
    for name in ("Zwickau", "Öhringen", "Ahlen", "Ähre", "Ahrweiler"):
        make_partnership(make_city(name), make_partner_city(f"Town of {name}"))
    assert [title.split(" – ")[0] for title in titles()] == [
        *("Ahlen", "Ähre", "Ahrweiler", "Öhringen", "Zwickau")
    ]


def test_english_readers_see_and_sort_english_names(three: None) -> None:
    with translation.override("en"):
        assert titles() == ["Aachen – Arlington", "Cologne – Indianapolis", "Cologne – Liverpool"]
        result = search(Query())
    assert result.labels["topic"] == {"schwammstadt": "Schwammstadt", "zero-waste": "Zero Waste"}
    assert result.labels["goal"]["11"] == "Goal 11"


def test_english_order_follows_the_english_name() -> None:
    make_partnership(make_city("Köln", name_en="Cologne"), make_partner_city())
    make_partnership(make_city("Dresden"), make_partner_city())
    with translation.override("en"):
        assert [title.split(" – ")[0] for title in titles()] == ["Cologne", "Dresden"]
    assert [title.split(" – ")[0] for title in titles()] == ["Dresden", "Köln"]


def test_hidden_entries_are_neither_listed_nor_counted(three: None) -> None:
    make_partnership(in_directory=False)
    assert search(Query()).total == 3
    assert counts("country") == {"US": 2, "GB": 1}


def test_a_trilateral_partnership_is_one_row_with_both_countries() -> None:
    cities = (make_city("Hamm"), make_city("Wolfsburg"), make_partner_city("Chattanooga"))
    make_partnership(*cities)
    row = search(Query()).page[0]
    assert (row.title, len(row.home), [side.name for side in row.partners]) == (
        "Hamm – Wolfsburg – Chattanooga",
        2,
        ["Chattanooga"],
    )


def test_two_german_cities_show_the_second_as_partner() -> None:
    make_partnership(make_city("Hamm"), make_city("Wolfsburg"))
    assert [side.name for side in search(Query()).page[0].partners] == ["Wolfsburg"]


@pytest.mark.parametrize(
    ("page", "number"), [("abc", 1), ("99999", 2), ("-1", 2), ("", 1), ("2", 2)]
)
def test_every_page_number_leads_to_a_page(page: str, number: int) -> None:
    for _ in range(26):
        make_partnership()
    assert search(Query(page=page)).page.number == number


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_the_directory_takes_two_queries(rows: int, django_assert_num_queries: Any) -> None:
    topic = make_topic(goals=(6, 11))
    for _ in range(rows):
        make_partnership(topics=(topic,))
    with django_assert_num_queries(2):
        assert search(Query()).total == rows


def test_a_topic_without_goals_filters_by_itself() -> None:
    make_partnership(topics=(make_topic("Neues Thema", goals=()),))
    assert titles(topic="neues-thema") != []
    assert counts("goal") == {}


def test_topics_of_partnerships_that_the_words_leave_out_are_not_counted(three: None) -> None:
    assert counts("topic", q="indianapolis") == {}
    assert counts("topic", q="liverpool") == {"schwammstadt": 1}
