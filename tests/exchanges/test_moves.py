"""Every (state × action × role) triple: what the table does not allow changes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from exchanges import policies
from exchanges.actors import Actor
from exchanges.models import Application
from exchanges.policies import TABLE, Action, Who
from exchanges.states import State

from .moves import ELSEWHERE, MOVES, WITHOUT_OPERATION, Scene, everything, make_scene

pytestmark = pytest.mark.django_db


class Undo(Exception):
    """Leaves a transaction without a trace."""


def outcome(scene: Scene, action: Action, who: Who) -> str:
    """``done``, or the code of the refusal, with ``, but something changed`` if so."""
    found = ""
    try:
        with transaction.atomic():
            attempt = MOVES[action](scene, scene.people[who])
            before = everything()
            try:
                attempt()
            except ValidationError as refusal:
                found = ",".join(error.code or "" for error in refusal.error_list)
                if everything() != before:
                    found += ", but something changed"
            else:
                found = "done" if everything() != before else "nothing done"
            raise Undo
    except Undo:
        return found


def expected(action: Action, state: State, who: Who) -> str:
    states, allowed = TABLE[action]
    if who not in allowed:
        return "not_yours"
    return "done" if state in states else "not_now"


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("action", list(MOVES), ids=lambda action: action.name.lower())
def test_what_the_table_does_not_allow_is_refused_and_changes_nothing(
    action: Action, state: State
) -> None:
    scene = make_scene(state)
    found = {who: outcome(scene, action, who) for who in Who}
    assert found == {who: expected(action, state, who) for who in Who}


def test_every_action_has_a_call_or_stands_on_the_list() -> None:
    assert set(Action) - set(MOVES) == WITHOUT_OPERATION | ELSEWHERE


def test_every_action_has_a_row_in_the_table() -> None:
    assert set(TABLE) == set(Action)


def test_an_allowed_triple_that_is_refused_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: with an emptier table the same triple comes out differently."""
    scene = make_scene("draft")
    assert outcome(scene, Action.SIGN, Who.LEAD_SIGN) == "done"
    monkeypatch.setitem(TABLE, Action.SIGN, (frozenset(), TABLE[Action.SIGN][1]))
    assert outcome(scene, Action.SIGN, Who.LEAD_SIGN) == "not_now"


def test_a_refusal_that_leaves_a_trace_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: an operation that writes before it checks."""

    def write_first(scene: Scene, by: Actor) -> Any:
        def attempt() -> None:
            Application.objects.update(title="Spur")
            raise ValidationError("zu spät", code="not_now")

        return attempt

    monkeypatch.setitem(MOVES, Action.SIGN, write_first)
    found = outcome(make_scene("draft"), Action.SIGN, Who.LEAD_SIGN)
    assert found == "not_now, but something changed"


@pytest.mark.parametrize("who", list(Who))
def test_nobody_may_do_what_needs_another_role_at_the_same_time(who: Who) -> None:
    """A table without a row that lets the recused or the readers change anything."""
    harmless = {Who.LEAD_READ, Who.PARTNER_READ, Who.RECUSED}
    allowed = {action for action, (_states, people) in TABLE.items() if who in people}
    if who in harmless:
        assert allowed <= {Action.READ}
    else:
        assert allowed - {Action.READ} != set()


def test_somebody_of_two_kinds_may_what_either_may() -> None:
    application = Application(state="draft")
    both = {Who.LEAD_READ, Who.LEAD_SIGN}
    assert policies.may(Action.SIGN, application, both)
    assert policies.may(Action.READ, application, both)
    assert not policies.may(Action.EDIT, application, both)
