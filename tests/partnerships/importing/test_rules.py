"""What becomes of a row, rule by rule, over the real cities and gazetteer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest
import time_machine

from partnerships.importing.planning import Decision

from .files import HEAD, row

pytestmark = pytest.mark.usefixtures("reference")
Decide = Callable[..., list[Decision]]
Found = Callable[..., tuple[str, ...]]


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel("2026-11-22T12:00:00Z"):
        yield


def facts(decision: Decision) -> tuple[Any, ...]:
    return tuple(asdict(decision.facts).values())


def test_a_clean_row_is_created_with_what_is_certain(decide: Decide) -> None:
    decision = decide(row())[0]
    assert (decision.outcome_text, decision.reasons) == ("create", [])
    assert facts(decision) == ("Köln", "Indianapolis", "Indiana", "US", 1988, "partnership")


@pytest.mark.parametrize(
    ("name", "city"),
    [
        *((name, "Köln") for name in ("KÖLN", "koeln", "Koln", "Cologne", "Stadt Köln")),
        *((name, "München") for name in ("Munich", "Muenchen", "Landeshauptstadt München")),
        ("Hanover", "Hannover"),
        ("Frankfurt am Main", "Frankfurt am Main"),
        ("Frankfurt a. M.", "Frankfurt am Main"),
        ("Frankfurt a.M.", "Frankfurt am Main"),
        ("Frankfurt/Main", "Frankfurt am Main"),
        ("Frankfurt (Main)", "Frankfurt am Main"),
        ("Frankfurt/Oder", "Frankfurt (Oder)"),
        ("Frankfurt an der Oder", "Frankfurt (Oder)"),
        ("Frankfurt, Hessen", "Frankfurt am Main"),
        ("Halle/Saale", "Halle (Saale)"),
        ("Halle (Westfalen)", "Halle (Westf.)"),
        ("Freiburg", "Freiburg im Breisgau"),
        ("Freiburg i. Br.", "Freiburg im Breisgau"),
        ("Ludwigshafen a. Rh.", "Ludwigshafen am Rhein"),
        ("Kempten", "Kempten (Allgäu)"),
        ("Brandenburg/Havel", "Brandenburg an der Havel"),
        ("Wittenberg", "Lutherstadt Wittenberg"),
        ("St. Augustin", "Sankt Augustin"),
    ],
)
def test_spellings_of_a_german_city_are_one_city(decide: Decide, name: str, city: str) -> None:
    decision = decide(row(german_city=name))[0]
    assert (decision.outcome_text, decision.facts.german_city) == ("create", city)


@pytest.mark.parametrize(
    ("cells", "city", "region"),
    [
        ({"partner_city": "Saint Louis", "partner_region": "MO"}, "St. Louis", "Missouri"),
        ({"partner_city": "St Paul", "partner_region": "MN"}, "Saint Paul", "Minnesota"),
        ({"partner_city": "Rochester, NY"}, "Rochester", "New York"),
        ({"partner_city": "Rochester (MN)"}, "Rochester", "Minnesota"),
        ({"partner_city": "Palo Alto", "partner_region": "Kalifornien"}, "Palo Alto", "California"),
        (
            {"partner_city": "Saint Helens", "partner_country": "England"},
            *("St Helens", "England"),
        ),
        ({"partner_city": "Birmingham", "partner_country": "UK"}, "Birmingham", "England"),
        ({"partner_city": "Newport", "partner_country": "Wales"}, "Newport", "Wales"),
        ({"partner_city": "Warschau", "partner_country": "Polen"}, "Warsaw", ""),
    ],
)
def test_the_partner_is_found_by_name_region_and_country(
    decide: Decide, cells: dict[str, str], city: str, region: str
) -> None:
    decision = decide(row(**cells))[0]
    assert (decision.outcome_text, decision.facts.partner_city, decision.facts.partner_region) == (
        *("create", city, region),
    )


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        ({"german_city": "Frankfurt"}, ["ambiguous"]),
        ({"german_city": "Halle"}, ["ambiguous"]),
        ({"german_city": "Neustadt"}, ["ambiguous"]),
        ({"german_city": "Weimar"}, ["ambiguous"]),
        ({"german_city": "Senden"}, ["ambiguous"]),
        ({"partner_city": "Springfield"}, ["ambiguous"]),
        ({"partner_city": "Kansas City"}, ["ambiguous"]),
        ({"partner_city": "Rochester"}, ["ambiguous"]),
        ({"partner_city": "Newport", "partner_country": "UK"}, ["ambiguous"]),
        ({"german_city": "Halle", "partner_city": "Springfield"}, ["ambiguous", "ambiguous"]),
        ({"german_city": "Entenhausen"}, ["city_unknown"]),
        ({"partner_city": "Atlantis"}, ["city_unknown"]),
        ({"partner_region": "Ohio"}, ["elsewhere_region"]),
        ({"german_state": "Bayern"}, ["elsewhere_region"]),
        ({"partner_region": "England"}, ["region_elsewhere"]),
        ({"partner_country": ""}, ["country_missing"]),
        ({"partner_country": "Absurdistan"}, ["country_unknown"]),
        (
            {"partner_city": "Newport", "partner_region": "Wales", "partner_country": "England"},
            ["regions_differ"],
        ),
        ({"kind": "Bund"}, ["kind_unknown"]),
        ({"german_city": "=1+1"}, ["city_unknown", "formula"]),
    ],
)
def test_what_needs_a_person_is_never_guessed(
    outcome: Found, cells: dict[str, str], codes: list[str]
) -> None:
    assert outcome(**cells) == ("review", *codes)


@pytest.mark.parametrize(
    ("cells", "german_city", "partner_city"),
    [
        ({"german_city": "Frankfurt"}, "", "Indianapolis"),
        ({"german_city": "Senden"}, "Senden", "Indianapolis"),
        ({"partner_city": "Kansas City"}, "Köln", "Kansas City"),
        ({"partner_city": "Atlantis"}, "Köln", "Atlantis"),
        ({"german_city": "Entenhausen"}, "Entenhausen", "Indianapolis"),
        ({"partner_country": ""}, "Köln", "Indianapolis"),
    ],
)
def test_a_row_for_a_person_shows_only_the_name_that_is_certain(
    decide: Decide, cells: dict[str, str], german_city: str, partner_city: str
) -> None:
    found = decide(row(**cells))[0].facts
    assert (found.german_city, found.partner_city) == (german_city, partner_city)


@pytest.mark.parametrize(
    ("cells", "city"),
    [
        ({"german_city": "Frankfurt", "german_state": "Hessen"}, "Frankfurt am Main"),
        ({"german_city": "Frankfurt", "german_state": "BB"}, "Frankfurt (Oder)"),
        ({"german_city": "Halle", "german_state": "LSA"}, "Halle (Saale)"),
        ({"german_city": "Halle", "german_state": "NRW"}, "Halle (Westf.)"),
        ({"german_city": "Senden", "german_state": "Freistaat Bayern"}, "Senden"),
    ],
)
def test_the_state_decides_between_cities_of_one_name(
    decide: Decide, cells: dict[str, str], city: str
) -> None:
    decision = decide(row(**cells))[0]
    assert (decision.outcome_text, decision.facts.german_city) == ("create", city)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"german_city": ""}, "home_missing"),
        ({"german_city": "k. A."}, "home_missing"),
        ({"partner_city": " "}, "partner_missing"),
        ({"year_established": "1899"}, "year_impossible"),
        ({"year_established": "seit 2027"}, "year_impossible"),
        ({"german_city": "x" * 3000}, "too_long"),
        ({"partner_region": "x" * 121}, "too_long"),
        ({"partner_city": "Köln", "partner_country": "Deutschland"}, "same_city"),
        ({"partner_city": "Bonn", "partner_country": "DE"}, "partner_at_home"),
        ({"partner_country": "UK"}, "elsewhere_country"),
        ({"german_city": "Indianapolis"}, "elsewhere_country"),
    ],
)
def test_what_cannot_be_is_rejected(outcome: Found, cells: dict[str, str], code: str) -> None:
    assert outcome(**cells)[:2] == ("reject", code)


def test_a_rejected_year_is_named_even_where_a_city_is_ambiguous(outcome: Found) -> None:
    assert outcome(german_city="Halle", year_established="1850")[0] == "reject"


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        ({"kind": "Patenschaft"}, ["kind_patenschaft"]),
        ({"kind": ""}, ["kind_missing"]),
        ({"year_established": "1977/78"}, ["two_years"]),
        ({"year_established": "90"}, ["year_unclear"]),
        ({"year_established": "ca. 1967"}, ["year_uncertain"]),
        ({"partner_region": "Hoosier State"}, ["region_unknown"]),
        ({"remark": "=1+1"}, ["formula"]),
        ({"remark": "\t=1+1"}, ["formula"]),
        ({"remark": "@SUM(A1)"}, ["formula"]),
        ({"kind": "Patenschaft", "year_established": "90"}, ["kind_patenschaft", "year_unclear"]),
    ],
)
def test_a_doubt_is_a_notice_beside_the_new_partnership(
    outcome: Found, cells: dict[str, str], codes: list[str]
) -> None:
    assert outcome(**cells) == ("create + warning", *codes)


@pytest.mark.parametrize(
    "cells",
    [
        {"year_established": ""},
        {"year_established": "unbekannt"},
        {"remark": "-"},
        {"remark": "+49 221 12345"},
        {"german_state": ""},
        {"partner_city": "Florenz", "partner_region": "Toskana", "partner_country": "Italien"},
    ],
)
def test_what_is_merely_missing_is_no_doubt(outcome: Found, cells: dict[str, str]) -> None:
    assert outcome(**cells) == ("create",)


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ([""] * 10, "empty"),
        (["", " ", "\t", "\u00a0"], "empty"),
        ([], "empty"),
        (["42"], "empty"),
        (["Summe", "41 Partnerschaften"], "total"),
        (["", "Gesamt:", "41"], "total"),
        (["Summe", "", "", "41 Partnerstädte"], "total"),
        (["Stand: 31.12.2023"], "total"),
        (["* vorläufig"], "total"),
        (HEAD, "heading"),
    ],
)
def test_lines_that_are_no_rows_are_skipped_and_counted(
    decide: Decide, texts: list[str], code: str
) -> None:
    _before, skipped, after = decide(row(), texts, row(partner_city="Palo Alto"))
    assert (skipped.outcome_text, skipped.reasons[0].code, skipped.row) == ("skip", code, 2)
    assert facts(skipped) == ("", "", "", "", None, "")
    assert (after.row, after.outcome_text) == (3, "create")


def test_a_remark_before_a_partnership_makes_it_no_total(decide: Decide) -> None:
    """Negative control."""
    [decision] = decide(["Quelle: RGRE", *row()[1:]])
    assert decision.outcome_text == "create"


def test_a_city_called_like_a_total_is_still_a_row(outcome: Found) -> None:
    assert outcome(german_city="Stand") == ("review", "city_unknown")


def test_the_same_pair_in_another_spelling_is_merged(decide: Decide) -> None:
    rows = decide(
        row(),
        row(german_city="Cologne", partner_region="IN"),
        row(german_city="KOELN", partner_country="U.S.A."),
    )
    assert [d.outcome_text for d in rows] == ["create", "merge with 1", "merge with 1"]


def test_an_empty_cell_never_overwrites_and_a_filled_one_fills(decide: Decide) -> None:
    rows = decide(row(year_established=""), row(kind=""), row(year_established=""))
    assert [(d.facts.year_established, d.facts.kind) for d in rows] == [
        *((None, "partnership"), (1988, "partnership"), (1988, "partnership")),
    ]
    assert [r.code for r in rows[1].reasons] == ["same_as_row", "fills_year"]
    assert rows[0].entry is not None
    assert rows[0].entry.year == 1988


def test_what_a_second_row_says_differently_is_told_and_not_taken(decide: Decide) -> None:
    rows = decide(row(), row(year_established="1989", kind="Freundschaft"))
    assert [r.code for r in rows[1].reasons] == ["same_as_row", "other_year", "other_kind"]
    assert (rows[1].facts.year_established, rows[1].facts.kind) == (1988, "partnership")


def test_a_rejected_row_is_no_partner_for_a_merge(decide: Decide) -> None:
    rows = decide(row(year_established="1850"), row())
    assert [d.outcome_text for d in rows] == ["reject", "create"]


def test_short_rows_are_read_as_far_as_they_go(decide: Decide) -> None:
    assert decide(["1", "Köln"])[0].reasons[0].code == "partner_missing"
    assert decide(row()[:6])[0].outcome_text == "create + warning"
