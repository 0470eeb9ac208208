"""Five questions before anybody signs in."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict

from exchanges.calls.self_check import SelfCheckForm, answers_from, findings, query
from exchanges.models import Call
from tests.exchanges.scenes import make_call
from tests.factories import make_partner_city, make_partnership

pytestmark = pytest.mark.django_db
GOOD = {
    "country": "DE",
    "partner": "yes",
    "format": "in_person",
    "days": 3,
    "departments": 2,
}


def passed(call: Call, **answers: Any) -> list[bool | None]:
    return [one.passed for one in findings(call, {**GOOD, **answers})]


def test_what_fits_fits_everywhere() -> None:
    assert passed(make_call()) == [True, True, True, True]


@pytest.mark.parametrize(
    ("rules", "answers", "place", "verdict"),
    [
        ({}, {"country": "US"}, 0, False),
        ({"submitter_countries": "DE,US"}, {"country": "US"}, 0, True),
        ({}, {"partner": "no"}, 1, False),
        ({}, {"partner": "later"}, 1, None),
        ({"needs_partner": False}, {"partner": "no"}, 1, True),
        ({}, {"partner": "no", "format": "virtual"}, 1, True),
        ({"allows_virtual": False}, {"format": "virtual"}, 2, False),
        ({"min_days": 4}, {"days": 3}, 2, None),
        ({"max_days": 2}, {"days": 3}, 2, None),
        ({"min_departments": 2}, {"departments": 1}, 3, None),
        ({"needs_youth": True}, {"youth": "no"}, 4, None),
        ({"needs_youth": True}, {"youth": "yes"}, 4, True),
    ],
)
def test_each_rule_says_what_it_thinks(
    rules: dict[str, Any], answers: dict[str, Any], place: int, verdict: bool | None
) -> None:
    assert passed(make_call(**rules), **answers)[place] is verdict


def test_a_virtual_exchange_is_not_asked_for_its_days() -> None:
    assert len(passed(make_call(max_days=1), format="virtual")) == 3


def test_answers_survive_the_way_through_an_address() -> None:
    call = make_call()
    assert answers_from(QueryDict(query(GOOD)), call) == GOOD


@pytest.mark.parametrize(
    "wrong", [{}, {**GOOD, "days": "many"}, {**GOOD, "country": "XX"}, {**GOOD, "days": 10**9}]
)
def test_answers_that_are_none_are_dropped(wrong: dict[str, Any]) -> None:
    assert answers_from(QueryDict(query(wrong)), make_call()) == {}


def test_the_countries_of_the_registry_can_be_chosen_once_each() -> None:
    make_partnership()
    make_partnership()
    make_partnership(make_partner_city(), in_directory=False)
    field: Any = SelfCheckForm(call=make_call()).fields["country"]
    assert [code for code, _name in field.choices] == ["", "DE", "US"]


def test_only_a_call_for_youth_asks_about_it() -> None:
    assert "youth" not in SelfCheckForm(call=make_call()).fields
    assert "youth" in SelfCheckForm(call=make_call(needs_youth=True)).fields
