"""The arithmetic of scores: by example, and for any scores there can be."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchanges.models import BEST, WORST
from exchanges.reviewing.scoring import Scores, far_apart, median, rounded, spread, standing, total

#: A busy machine is no reason to fail.
CALMLY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
WEIGHTS = {1: 1, 2: 3}
VALUES = st.one_of(st.none(), st.integers(WORST, BEST))
SCORES = st.dictionaries(st.integers(1, 5), VALUES, max_size=5)
WEIGHING = st.fixed_dictionaries({key: st.integers(1, 10) for key in range(1, 6)})


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ({1: 5, 2: 1}, Fraction(2)),
        ({1: 5, 2: None}, Fraction(5)),
        ({1: 2, 2: 3}, Fraction(11, 4)),
        ({1: None, 2: None}, None),
        ({}, None),
        ({9: 5}, None),
    ],
)
def test_a_total_is_the_mean_by_weight_of_what_was_scored(
    scores: Scores, expected: Fraction | None
) -> None:
    assert total(scores, WEIGHTS) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 5, 2], Fraction(2)),
        ([1, 4], Fraction(5, 2)),
        ([None, 3], Fraction(3)),
        ([None], None),
        ([], None),
    ],
)
def test_the_median_leaves_abstentions_out(
    values: list[int | None], expected: Fraction | None
) -> None:
    assert median([None if v is None else Fraction(v) for v in values]) == expected


def test_the_spread_of_one_or_none_is_nothing() -> None:
    assert (spread([]), spread([None]), spread([Fraction(4)])) == (0, 0, 0)
    assert spread([Fraction(1), None, Fraction(9, 2)]) == Fraction(7, 2)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({1: 3, 2: 3}, {1: 5, 2: 3}, True),  # one criterion
        ({1: 3, 2: 3}, {1: 4, 2: 4}, False),
        ({1: 1}, {2: 5}, True),  # nothing in common but the totals
        ({1: 1}, {1: None}, False),
        ({}, {}, False),
    ],
)
def test_a_difference_of_two_in_a_criterion_or_a_total_is_far_apart(
    one: Scores, other: Scores, expected: bool
) -> None:
    assert standing([one, other], WEIGHTS).far_apart is expected
    assert standing([other, one], WEIGHTS).far_apart is expected


def test_criteria_of_no_call_change_nothing() -> None:
    assert standing([{1: 3, 99: 1}, {1: 3, 99: 5}], WEIGHTS).far_apart is False


@pytest.mark.parametrize(
    ("value", "expected"),
    [(Fraction(1, 3), "0.33"), (Fraction(5), "5"), (Fraction(1, 200), "0"), (None, None)],
)
def test_people_read_two_decimal_places(value: Fraction | None, expected: str | None) -> None:
    assert rounded(value) == (None if expected is None else Decimal(expected))


@CALMLY
@given(SCORES, WEIGHING)
def test_a_total_lies_between_its_lowest_and_its_highest_score(
    scores: Scores, weights: dict[int, int]
) -> None:
    given_scores = [value for value in scores.values() if value is not None]
    found = total(scores, weights)
    assert (found is None) == (not given_scores)
    assert found is None or min(given_scores) <= found <= max(given_scores)


@CALMLY
@given(SCORES, WEIGHING, st.integers(2, 7))
def test_weights_count_by_their_proportion_alone(
    scores: Scores, weights: dict[int, int], factor: int
) -> None:
    larger = {key: weight * factor for key, weight in weights.items()}
    assert total(scores, larger) == total(scores, weights)


@CALMLY
@given(st.lists(SCORES, max_size=6), WEIGHING)
def test_the_order_of_reviews_does_not_matter(
    reviews: list[Scores], weights: dict[int, int]
) -> None:
    one, other = standing(reviews, weights), standing(reviews[::-1], weights)
    assert (one.median, one.spread, one.far_apart, one.count) == (
        other.median,
        other.spread,
        other.far_apart,
        other.count,
    )


@CALMLY
@given(st.lists(SCORES, max_size=6), WEIGHING)
def test_an_abstention_changes_nothing_for_the_others(
    reviews: list[Scores], weights: dict[int, int]
) -> None:
    silent: Scores = {1: None}
    one, other = standing(reviews, weights), standing([*reviews, silent], weights)
    assert (one.median, one.spread, one.far_apart) == (other.median, other.spread, other.far_apart)
    assert other.totals == (*one.totals, None)


@CALMLY
@given(st.lists(st.integers(100, 500).map(lambda n: Fraction(n, 100)), min_size=1, max_size=9))
def test_the_median_lies_in_the_middle(values: list[Fraction]) -> None:
    found = median(values)
    assert found is not None
    assert sum(value < found for value in values) * 2 <= len(values)
    assert sum(value > found for value in values) * 2 <= len(values)
    assert far_apart([], values) == (max(values) - min(values) >= 2)
