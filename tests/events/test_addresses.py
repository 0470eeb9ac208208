from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.addresses import Line, fold, is_address, parse


def test_an_address_stands_alone() -> None:
    assert parse("e@stadt.example") == [Line(1, "e@stadt.example", email="e@stadt.example")]


def test_a_name_stands_before_the_address_in_angle_brackets() -> None:
    (line,) = parse('"Beispiel, Erika" <e@stadt.example>')
    assert (line.name, line.email, line.query) == ("Beispiel, Erika", "e@stadt.example", "")


def test_words_without_an_address_are_a_search() -> None:
    (line,) = parse("  Oberbürgermeisterin   Köln ")
    assert (line.query, line.email, line.is_broken) == ("Oberbürgermeisterin Köln", "", False)


@pytest.mark.parametrize("suffix", ["; en", ";EN", " ; en "])
def test_a_language_after_a_semicolon_belongs_to_the_line(suffix: str) -> None:
    (line,) = parse(f"Jo Sample <jo@city.example>{suffix}")
    assert (line.name, line.email, line.language) == ("Jo Sample", "jo@city.example", "en")


def test_another_word_after_a_semicolon_is_a_person_of_its_own() -> None:
    assert [line.query for line in parse("Köln; fr")] == ["Köln", "fr"]


def test_several_addresses_in_a_line_are_several_people_of_that_line() -> None:
    lines = parse("\na@x.example; B <b@x.example>; de\nc@x.example, D <d@x.example>")
    assert [(line.number, line.email, line.language) for line in lines] == [
        (2, "a@x.example", ""),
        (2, "b@x.example", "de"),
        (3, "c@x.example", ""),
        (3, "d@x.example", ""),
    ]


def test_empty_lines_are_left_out_but_counted() -> None:
    assert [line.number for line in parse("\n\na@x.example\n   \nKöln\n;;\n")] == [3, 5]


@pytest.mark.parametrize(
    "text",
    [
        "erika@",
        "@stadt.example",
        "Erika <>",
        "Erika <erika>",
        "Erika e@stadt.example",
        "a@x.example b@x.example",
        "<script>@x",
        "a" * 250 + "@stadt.example",
        "\u212aontakt@stadt.example",
    ],
)
def test_what_is_meant_as_an_address_and_is_none_is_broken(text: str) -> None:
    (line,) = parse(text)
    assert line.is_broken is True


def test_a_search_is_never_broken() -> None:
    assert parse("Erika Beispiel")[0].is_broken is False


def test_folding_ignores_case_and_blanks() -> None:
    assert fold(" Erika@Stadt.Example ") == "erika@stadt.example"


def test_is_address_limits_the_length() -> None:
    domain = ".".join(["a" * 60] * 4) + ".example"
    assert is_address("e@stadt.example") is True
    assert is_address(f"{'x' * 10}@{domain}") is False


@given(st.text(max_size=200))
def test_any_text_can_be_pasted(text: str) -> None:
    for line in parse(text):
        assert bool(line.email) != bool(line.query)
        assert line.number <= len(text.splitlines())
