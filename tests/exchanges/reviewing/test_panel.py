"""The panel's table: ranks, sums, the line, and who sees what."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from exchanges.models import Application, Call, Review
from exchanges.reviewing import panel
from exchanges.reviewing.panel import Table
from tests.exchanges.scenes import make_application, make_call, make_decision, make_review
from tests.factories import make_staff

from .stage import make_case, make_done, make_open, make_round, signed_in

pytestmark = pytest.mark.django_db


def table(call: Call, cut: int | None = None, order: str = "rank") -> Table:
    return panel.table(call, {}, cut=cut, order=order)


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make_staff())
    return client


def shown(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_cases_are_ranked_by_median_with_a_running_sum() -> None:
    found = table(make_round(3, 2)).rows
    assert [(row.title, row.standing.median, row.rank, row.running) for row in found] == [
        ("Fall 1", Decimal(5), 1, Decimal(2_000)),
        ("Fall 2", Decimal(4), 2, Decimal(4_000)),
        ("Fall 3", Decimal(3), 3, Decimal(6_000)),
    ]
    scores = ("2", "4,00", "0,00", "4,00 · 4,00", "–")
    assert found[1].cells == (*scores, "2.000\xa0€", "4.000\xa0€")


def test_where_the_median_is_equal_the_smaller_spread_comes_first() -> None:
    wide, close, unscored = (make_case(title=t, call=c) for c in [make_call()] for t in "abc")
    make_done(wide, 2, 2)
    make_done(wide, 4, 4)
    make_done(close, 3, 3)
    make_done(unscored, None, None, abstains=True)
    rows = table(wide.call).rows
    assert [row.title for row in rows] == ["b", "a", "c"]
    assert [row.totals for row in rows] == ["3,00", "2,00 · 4,00", "–"]
    assert [row.standing.far_apart for row in rows] == [False, True, False]


@pytest.mark.parametrize(
    ("cut", "line", "above", "missing"),
    [
        (None, 5, 10_000, 0),
        (0, 0, 0, 0),
        (2, 2, 4_000, 0),
        (6, 6, 12_000, 2_000),
        (99, 6, 12_000, 2_000),
    ],
)
def test_the_line_moves_and_the_money_with_it(
    cut: int | None, line: int, above: int, missing: int
) -> None:
    found = table(make_round(6, 1), cut)
    assert (found.cut, found.above, found.missing) == (line, above, missing)
    assert [row.is_above for row in found.rows] == [row.rank <= line for row in found.rows]
    assert (found.left, found.trips_left) == (10_000 - above, 5 - line)


def test_what_is_promised_already_lowers_the_suggested_line() -> None:
    call = make_round(6, 1)
    make_decision(
        make_application(call=call, state="approved"), amount=7_000, released_at=call.opens_at
    )
    found = table(call)
    assert (found.cut, found.budget.committed, found.left) == (1, 7_000, 1_000)


def test_cases_without_a_score_are_never_above_the_suggested_line() -> None:
    call = make_round(2, 1)
    make_application(call=call, state="reviewing", title="Neu")
    assert table(call).cut == 2


@pytest.mark.parametrize(
    ("order", "titles"),
    [
        ("spread", ["Fall 2", "Fall 1", "Fall 3"]),
        ("amount", ["Fall 3", "Fall 1", "Fall 2"]),
        ("ref", ["Fall 1", "Fall 2", "Fall 3"]),
        ("nonsense", ["Fall 1", "Fall 2", "Fall 3"]),
    ],
)
def test_the_table_is_sorted_and_the_line_stays(order: str, titles: list[str]) -> None:
    call = make_round(3, 1)
    two, three = Application.objects.filter(title__in=["Fall 2", "Fall 3"]).order_by("title")
    make_done(two, 4, 5)
    three.lines.update(price=9_000)
    found = table(call, 1, order)
    assert [row.title for row in found.rows] == titles
    assert [row.title for row in found.rows if row.is_above] == ["Fall 1"]


def test_the_own_share_is_not_asked_for_and_no_sum_is_negative() -> None:
    case = make_case()
    Application.objects.filter(pk=case.pk).update(own_share=300)
    assert table(case.call).rows[0].amount == 1_500
    Application.objects.filter(pk=case.pk).update(own_share=9_000)
    assert table(case.call).rows[0].amount == 0


def test_cases_that_answer_a_question_stay_and_decided_ones_go() -> None:
    call = make_call()
    asked = make_application(call=call, state="information", title="gefragt")
    asked.formal_checks.create()
    make_application(call=call, state="information", title="noch nie geprüft")
    for state in ("draft", "checking", "approved", "declined", "withdrawn"):
        make_application(call=call, state=state, title=state)
    make_application(call=call, state="reserve", title="Reserve")
    assert sorted(row.title for row in table(call).rows) == ["Reserve", "gefragt"]


def test_missing_reviews_are_counted() -> None:
    case = make_case()
    make_open(case)
    make_review(case)
    make_review(case, state="recused")
    assert table(case.call).rows[0].waiting == 2


@pytest.mark.parametrize("cut", ["", "x", "-1", "²", "9" * 30, "2.5"])
def test_a_broken_line_is_as_if_nobody_moved_it(staff: Client, cut: str) -> None:
    call = make_round(3, 1)
    html = shown(staff, f"/en/staff/calls/{call.slug}/panel/?cut={cut}&sort=x")
    assert 'name="cut" min="0" max="3" value="3"' in html


def test_a_line_beyond_the_budget_says_what_is_missing(staff: Client) -> None:
    call = make_round(6, 1)
    html = shown(staff, f"/en/staff/calls/{call.slug}/panel/?cut=6")
    assert "The budget does not suffice: €2,000 are missing." in html
    assert "These are more trips than the call has left." in html


@pytest.mark.parametrize(("cases", "reviews"), [(1, 1), (3, 2)])
def test_the_table_takes_ten_statements(
    staff: Client, cases: int, reviews: int, django_assert_num_queries: Any
) -> None:
    call = make_round(cases, reviews)
    with django_assert_num_queries(10):
        shown(staff, f"/en/staff/calls/{call.slug}/panel/")


def test_two_hundred_cases_with_four_reviews_each_take_ten_statements(
    staff: Client, django_assert_num_queries: Any
) -> None:
    call = make_round(200, 4)
    with django_assert_num_queries(10):
        html = shown(staff, f"/en/staff/calls/{call.slug}/panel/")
    assert html.count('<th scope="row">') == 200


def done_in(call: Call) -> User:
    return Review.objects.filter(application__call=call)[0].reviewer


def test_reviewers_see_the_table_once_all_of_theirs_are_handed_in() -> None:
    call = make_round(3, 1)
    person = done_in(call)
    client, address = signed_in(person), f"/en/reviews/calls/{call.slug}/"
    assert "Running sum" in shown(client, address)
    opened = make_open(make_case(call=call), person)
    html = shown(client, address)
    assert "opens once you have handed in your own reviews" in html
    assert "Fall 1" not in html
    Review.objects.filter(pk=opened.pk).update(state="recused")
    html = shown(client, address)
    assert "Running sum" in html
    assert f"<li>{opened.application.title}" in html


def test_who_is_recused_everywhere_sees_no_table() -> None:
    review = make_review(make_case(), state="recused")
    html = shown(signed_in(review.reviewer), f"/en/reviews/calls/{review.application.call.slug}/")
    assert "opens once you have handed in your own reviews" in html


@pytest.mark.parametrize("number", [1, 3])
def test_the_reviewers_table_takes_the_same_statements_for_any_number_of_cases(
    number: int, django_assert_num_queries: Any
) -> None:
    call = make_round(number, 1)
    client = signed_in(done_in(call))
    with django_assert_num_queries(14):
        shown(client, f"/en/reviews/calls/{call.slug}/")


def test_staff_with_an_open_review_see_its_title_only() -> None:
    user = make_staff()
    call = make_round(2, 1)
    best = Application.objects.get(title="Fall 1")
    make_open(best, user)
    html = shown(signed_in(user), f"/en/staff/calls/{call.slug}/panel/")
    assert "<li>Fall 1" in html
    assert html.count('<th scope="row">') == 1
