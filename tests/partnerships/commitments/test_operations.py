"""Promising, changing, closing, reopening: what is stored, and what is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from journal.models import Entry
from partnerships.commitments import operations
from partnerships.models import Commitment, Partnership
from tests.factories import (
    make_city,
    make_commitment,
    make_partnership,
    make_position,
    make_user,
)

from .scenes import make_closed, make_pair, party

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Partnership:
    return make_pair()


def unsaved(pair: Partnership, **extra: Any) -> Commitment:
    return Commitment(partnership=pair, party=party(pair), text=" Zwei\nPläne ", **extra)


def refused(operation: Callable[..., Any], commitment: Commitment) -> str:
    with pytest.raises(ValidationError) as refusal:
        operation(commitment=commitment, by=make_user())
    return str(refusal.value.code)


def test_a_promise_is_stored_with_who_entered_it_and_stands_in_the_journal(
    pair: Partnership,
) -> None:
    user = make_user()
    made = operations.promise(commitment=unsaved(pair), by=user)
    assert (made.text, made.state, made.made_by) == ("Zwei Pläne", "open", user)
    entry = Entry.objects.get()
    assert (entry.verb, entry.about, entry.within, entry.by) == (
        "partnerships.commitment_made",
        made,
        made.party.city,
        user,
    )


def test_the_same_promise_sent_twice_is_one(pair: Partnership) -> None:
    first = operations.promise(commitment=unsaved(pair), by=make_user())
    assert operations.promise(commitment=unsaved(pair), by=make_user()) == first
    later = timezone.localdate() + dt.timedelta(days=9)
    assert operations.promise(commitment=unsaved(pair, due_on=later), by=make_user()) != first
    assert Commitment.objects.count() == Entry.objects.count() == 2


def test_a_post_of_another_city_promises_nothing(pair: Partnership) -> None:
    theirs = make_position(party(pair, "Chattanooga").city)
    assert refused(operations.promise, unsaved(pair, position=theirs)) == "foreign_position"
    ours = operations.promise(
        commitment=unsaved(pair, position=make_position(party(pair).city)), by=make_user()
    )
    ours.position = theirs
    assert refused(operations.change, ours) == "foreign_position"


def test_a_city_promises_nothing_in_somebody_else_s_partnership(pair: Partnership) -> None:
    made = unsaved(pair)
    made.partnership = make_pair_of_others()
    assert refused(operations.promise, made) == "foreign_city"


def make_pair_of_others() -> Partnership:
    return make_partnership(make_city("Bonn"), make_city("Oxford"), state="active")


@pytest.mark.parametrize(
    "operation", [operations.promise, operations.change, operations.close, operations.reopen]
)
@pytest.mark.parametrize("state", ["listed", "ended"])
def test_nothing_moves_where_no_city_stands_behind_the_partnership(
    pair: Partnership, operation: Any, state: str
) -> None:
    promise = unsaved(pair) if operation is operations.promise else make_commitment(party(pair))
    Partnership.objects.update(state=state)
    assert refused(operation, promise) == "not_now"
    assert Entry.objects.count() == 0


@pytest.mark.parametrize("operation", [operations.change, operations.close, operations.reopen])
def test_what_was_deleted_meanwhile_is_gone(pair: Partnership, operation: Any) -> None:
    promise = make_commitment(party(pair))
    Commitment.objects.all().delete()
    assert refused(operation, promise) == "gone"


def test_a_change_is_stored_and_journalled(pair: Partnership) -> None:
    promise = make_commitment(party(pair))
    promise.text = "Drei  Pläne"
    operations.change(commitment=promise, by=make_user())
    promise.refresh_from_db()
    assert (promise.text, promise.version) == ("Drei Pläne", 2)
    assert Entry.objects.get().verb == "partnerships.commitment_changed"


@pytest.mark.parametrize("operation", [operations.change, operations.close])
def test_who_saves_second_is_told(pair: Partnership, operation: Any) -> None:
    promise = make_commitment(party(pair))
    seen = Commitment.objects.get()
    operations.change(commitment=promise, by=make_user())
    seen.text, seen.state = "Anders", "done"
    assert refused(operation, seen) == "conflict"
    assert Commitment.objects.get().text == promise.text


@pytest.mark.parametrize("state", ["done", "dropped"])
def test_closing_keeps_the_day_and_the_note(pair: Partnership, state: str) -> None:
    promise = make_commitment(party(pair))
    promise.state, promise.note, promise.text = state, " Im Mai\nerledigt ", "nicht gespeichert"
    operations.close(commitment=promise, by=make_user())
    stored = Commitment.objects.get()
    assert (stored.state, stored.note) == (state, "Im Mai erledigt")
    assert stored.closed_on == timezone.localdate()
    assert stored.text != "nicht gespeichert"
    assert Entry.objects.get().verb == f"partnerships.commitment_{state}"


@pytest.mark.parametrize("operation", [operations.change, operations.close])
def test_a_closed_one_is_opened_before_it_changes(pair: Partnership, operation: Any) -> None:
    assert refused(operation, make_closed(party(pair))) == "closed"


def test_reopening_keeps_the_note_and_twice_is_once(pair: Partnership) -> None:
    closed = make_closed(party(pair), note="Fast fertig")
    for _ in range(2):
        operations.reopen(commitment=closed, by=make_user())
    stored = Commitment.objects.get()
    assert (stored.state, stored.closed_on, stored.note) == ("open", None, "Fast fertig")
    assert Entry.objects.get().verb == "partnerships.commitment_reopened"


def test_the_database_refuses_a_due_day_before_the_promise(pair: Partnership) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_commitment(party(pair), due_on=yesterday)
    assert make_commitment(party(pair), due_on=yesterday, made_on=yesterday).pk
