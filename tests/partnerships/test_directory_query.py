"""The address of the directory: whatever stands in it becomes a query."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.directory_query import Query


def test_an_empty_address_asks_for_everything() -> None:
    assert Query.from_address({}) == Query(words="", filters={}, sort="name", per_page=25, page="1")


def test_words_and_filters_are_trimmed() -> None:
    query = Query.from_address({"q": "  Bad   Honnef ", "country": " US ", "land": "  "})
    assert (query.words, query.filters) == ("Bad Honnef", {"country": "US"})


@pytest.mark.parametrize("size", ["", "abc", "-1", "26", "0", "1000000", "２５"])
def test_an_unknown_page_size_falls_back(size: str) -> None:
    assert Query.from_address({"per_page": size}).per_page == 25


@pytest.mark.parametrize("size", [25, 50, 200])
def test_offered_page_sizes_are_taken(size: int) -> None:
    assert Query.from_address({"per_page": str(size)}).per_page == size


def test_an_unknown_order_falls_back_to_names() -> None:
    assert Query.from_address({"sort": "-pk"}).sort == "name"


def test_long_input_is_cut() -> None:
    query = Query.from_address({"q": "x" * 10_000, "topic": "y" * 10_000})
    assert (len(query.words), len(query.filters["topic"])) == (100, 100)


def test_the_address_repeats_what_was_asked_without_the_page() -> None:
    params = {"q": "köln", "goal": "11", "sort": "year", "per_page": "50", "page": "3"}
    address = Query.from_address(params).address()
    assert address == "q=k%C3%B6ln&goal=11&sort=year&per_page=50"


def test_one_part_can_be_left_out_of_the_address() -> None:
    query = Query.from_address({"q": "köln", "goal": "11"})
    assert (query.address(without="goal"), query.address(without="q")) == (
        "q=k%C3%B6ln",
        "goal=11",
    )


@given(st.dictionaries(st.sampled_from(["q", "country", "goal", "sort", "per_page"]), st.text()))
def test_any_input_becomes_a_query_that_its_own_address_repeats(params: dict[str, str]) -> None:
    from django.http import QueryDict

    query = Query.from_address(params)
    if "\ud800" <= max("".join(params.values()), default="") <= "\udfff":
        return
    again = Query.from_address(QueryDict(query.address()).dict())
    assert again.address() == query.address()
