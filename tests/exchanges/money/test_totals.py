"""Sums of a budget and the caps of the call."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from exchanges.models import Application, BudgetLine, Traveller
from exchanges.money.totals import facts, too_much, totals
from tests.exchanges.scenes import make_application, make_call

pytestmark = pytest.mark.django_db


def budget(*prices: int, travellers: int = 2, own_share: int = 0, **rules: Any) -> Application:
    application = make_application(
        call=make_call(**{"most_per_trip": None, **rules}), own_share=own_share
    )
    party = application.parties.all()[0]
    for number in range(travellers):
        Traveller.objects.create(application=application, party=party, function=f"{number}")
    for price in prices:
        BudgetLine.objects.create(application=application, kind="other", price=price, persons=2)
    return Application.objects.select_related("call").get(pk=application.pk)


def test_what_is_asked_is_the_costs_without_the_own_share() -> None:
    found = totals(budget(100, 50, own_share=60))
    assert (found.costs, found.asked, found.per_person) == (300, 240, Decimal("120.00"))


def test_a_share_above_the_costs_asks_for_nothing_and_is_said() -> None:
    application = budget(10, own_share=50)
    found = totals(application)
    assert found.asked == 0
    with translation.override("en"):
        assert list(too_much(application, found)) == ["Your own share is larger than all costs."]


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        ({"most_per_trip": 399}, "You ask for €400; the call funds €399 for a trip at most."),
        ({"most_per_trip": 400}, None),
        ({"most_per_person": 199}, "That is €200 for each person; the call funds €199 at most."),
        ({"most_per_person": 200}, None),
    ],
)
def test_each_cap_says_its_sentence(rules: dict[str, Any], sentence: str | None) -> None:
    application = budget(200, **rules)
    with translation.override("en"):
        found = list(too_much(application, totals(application)))
    assert found == ([sentence] if sentence else [])


def test_while_nobody_is_named_all_of_it_is_for_one() -> None:
    assert totals(budget(200, travellers=0)).per_person == Decimal("400.00")


def test_the_sums_have_words() -> None:
    with translation.override("de"):
        assert [value for _label, value in facts(totals(budget(1234, own_share=1)))] == [
            *("2.468\xa0€", "1\xa0€", "2.467\xa0€", "1.233,50\xa0€")
        ]


@pytest.mark.parametrize("wrong", [{"price": -1}, {"price": 1, "persons": 0}])
def test_the_database_refuses_absurd_lines(wrong: dict[str, int]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetLine.objects.create(application=make_application(), kind="travel", **wrong)
