"""The moves between the states, and the five words that cities read."""

from __future__ import annotations

from itertools import product

import pytest
from django.core.exceptions import ValidationError

from exchanges.models import Application
from exchanges.states import CLOSED, DECIDED, FUNDED, MOVES, PUBLIC, State, move


@pytest.mark.parametrize(("start", "to"), list(product(State, State)))
def test_a_move_goes_through_exactly_when_the_table_names_it(start: State, to: State) -> None:
    application = Application(state=start)
    if to in MOVES[start]:
        move(application, to)
        assert application.state == to
        return
    with pytest.raises(ValidationError) as refusal:
        move(application, to)
    assert (refusal.value.code, application.state) == ("not_now", start)


def test_the_refusal_names_the_public_state_in_the_reader_s_language() -> None:
    with pytest.raises(ValidationError) as refusal:
        move(Application(state="declined"), State.CHECKING)
    assert refusal.value.messages == [
        "Das ist gerade nicht möglich: Der Antrag steht auf „entschieden“."
    ]


def reachable(start: State) -> set[State]:
    found, ahead = set(), {start}
    while ahead:
        found |= ahead
        ahead = set().union(*(MOVES[state] for state in ahead)) - found
    return found


def test_every_state_can_be_reached_from_a_draft() -> None:
    assert reachable(State.DRAFT) == set(State)


def test_nothing_decided_or_withdrawn_comes_back_to_the_review() -> None:
    for state in DECIDED | {State.WITHDRAWN}:
        assert reachable(state) & {State.DRAFT, State.CHECKING, State.REVIEWING} == set()


def test_a_draft_never_skips_the_check() -> None:
    assert MOVES[State.DRAFT] == {State.CHECKING, State.WITHDRAWN}


def test_cities_read_five_words_and_every_state_has_one() -> None:
    assert set(PUBLIC) == set(State)
    assert len({str(public.label) for public in PUBLIC.values()}) == 5
    assert all(str(public.who_acts) for public in PUBLIC.values())


def test_funded_cases_are_closed_and_those_on_the_reserve_list_are_not() -> None:
    assert FUNDED < CLOSED
    assert State.RESERVE in DECIDED - CLOSED
