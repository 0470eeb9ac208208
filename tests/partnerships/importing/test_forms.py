"""The same rows come out of every form of file: no encoding, separator or workbook differs."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerships.importing.columns import layout_of
from partnerships.importing.planning import plan
from partnerships.importing.reading import read
from partnerships.registry import Registry

from .files import HEAD, as_csv, as_xlsx, typed

pytestmark = pytest.mark.usefixtures("reference")

HOMES = [
    "Köln",
    "koeln",
    "Cologne",
    "HANNOVER",
    "Frankfurt",
    "Halle/Saale",
    "Stuttgart\u00a0",
    "",
    "Ulm",
]
PARTNERS = ["Liverpool", "St. Louis", "Saint Louis", " Kansas City", "Rochester", "Springfield", ""]
STATES = ["", "NRW", "Nordrhein-Westfalen", "Hessen", "Freistaat Bayern", "BW", "Entenhausen"]
REGIONS = ["", "NY", "Missouri", "England", "Schottland", "Kalifornien", "Kent"]
COUNTRIES = ["USA", "U.S.A.", "UK", "Großbritannien", "England", "Frankreich", "", "Absurdistan"]
YEARS = ["", "1964", "seit 1964", "28.11.1988", "Okt. 2017", "ca. 1967", "1977/78", "90", "1850"]
KINDS = ["Städtepartnerschaft", "Patenschaft", "Städtefreundschaft", "", "Bund"]
REMARKS = [
    "",
    "„sehr“ – alt",
    '=HYPERLINK("http://x.example";"a")',
    "+1+1",
    "zwei\nZeilen",
    "a;b,c",
]

ROW = st.tuples(
    st.just("7"),
    *(st.sampled_from(pool) for pool in (HOMES, STATES, PARTNERS, REGIONS, COUNTRIES, YEARS)),
    st.sampled_from(KINDS),
    st.just("amt@stadt.example"),
    st.sampled_from(REMARKS),
)


def decided(content: bytes, name: str, registry: Registry) -> list[Any]:
    table = read(content, name)
    return [
        (d.row, d.outcome_text, d.facts, [str(reason) for reason in d.reasons], d.written)
        for d in plan(table.rows, layout_of(table.rows), registry).decisions
    ]


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=st.lists(ROW, min_size=1, max_size=6))
def test_every_form_gives_the_same_decisions(registry: Registry, rows: list[Any]) -> None:
    table = [HEAD, *rows]
    as_typed = [HEAD, *([typed(cell) for cell in row] for row in rows)]
    first = decided(as_csv(table), "a.csv", registry)
    assert len(first) == len(rows)
    for encoding in ("utf-8", "utf-8-sig", "cp1252"):
        for separator in (";", ","):
            assert decided(as_csv(table, encoding, separator), "a.csv", registry) == first
    assert decided(as_xlsx(table), "a.xlsx", registry) == first
    with_dates = decided(as_xlsx(as_typed), "a.xlsx", registry)
    assert [row[:4] for row in with_dates] == [row[:4] for row in first]
