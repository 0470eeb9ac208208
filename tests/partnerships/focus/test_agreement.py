from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.focus.agreement import Near, focus, interests, nearest

RANKINGS = st.dictionaries(
    st.integers(1, 4),
    st.lists(st.integers(1, 8), max_size=5, unique=True),
    min_size=2,
    max_size=4,
)


@pytest.mark.parametrize(
    ("rankings", "expected"),
    [
        ({1: [10, 20, 30], 2: [20, 30]}, [20, 30]),
        ({1: [10, 20], 2: [20, 10]}, [10, 20]),
        ({1: [10, 20, 30], 2: [30, 20, 10]}, [20, 10, 30]),
        ({1: [10, 20], 2: [30]}, []),
        ({1: [10, 20], 2: [20, 10], 3: [20]}, [20]),
        ({1: [10], 2: [10], 3: []}, []),
        ({}, []),
    ],
    ids=["sums", "equal", "nobody placed it low", "apart", "three cities", "one is empty", "none"],
)
def test_the_focus_is_what_all_chose_in_their_common_order(
    rankings: dict[int, list[int]], expected: list[int]
) -> None:
    assert focus(rankings) == expected


def test_what_not_all_chose_is_the_interest_of_those_who_did() -> None:
    rankings = {1: [10, 20], 2: [10, 30, 20], 3: [10, 40]}
    assert interests(rankings) == {20: [1, 2], 40: [3], 30: [2]}


@given(RANKINGS)
def test_every_chosen_topic_is_either_agreed_or_of_one_side(
    rankings: dict[int, list[int]],
) -> None:
    agreed, one_sided = focus(rankings), interests(rankings)
    assert sorted([*agreed, *one_sided]) == sorted(
        {t for ranked in rankings.values() for t in ranked}
    )
    assert all(set(agreed) <= set(ranked) for ranked in rankings.values())


@given(RANKINGS)
def test_the_focus_does_not_depend_on_who_is_named_first(rankings: dict[int, list[int]]) -> None:
    backwards = dict(reversed(rankings.items()))
    assert set(focus(rankings)) == set(focus(backwards))


def test_topics_that_share_most_goals_are_nearest_and_each_is_named_once() -> None:
    goals = {10: {6, 11, 13}, 20: {6, 13}, 30: {11}, 40: {1}}
    found = nearest({1: [10, 40], 2: [30, 20]}, goals)
    assert found == [Near(1, 10, 2, 20, (6, 13))]


def test_no_more_than_three_pairs_are_named() -> None:
    goals = {topic: {11} for topic in range(1, 11)}
    assert len(nearest({1: [1, 2, 3, 4, 5], 2: [6, 7, 8, 9, 10]}, goals)) == 3


def test_topics_without_common_goals_are_not_near() -> None:
    assert nearest({1: [10], 2: [20]}, {10: {1}, 20: {2}}) == []
