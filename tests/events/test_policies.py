from __future__ import annotations

import datetime as dt

import pytest

from events import policies
from events.models import Event
from tests.factories import make_event, make_invitation, make_office, make_pool

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("may_speak", "expected"),
    [("yes", ("speak", True)), ("no", ("listen", True)), ("staff decide", ("listen", False))],
)
def test_right_at_a_roundtable_follows_the_office(may_speak: str, expected: tuple) -> None:
    office = make_office(may_speak=may_speak)
    assert policies.right_for(office, make_event(kind="roundtable")) == expected


def test_somebody_without_an_office_listens_at_a_roundtable() -> None:
    assert policies.right_for(None, make_event(kind="roundtable")) == ("listen", True)


def test_everybody_speaks_at_a_conference() -> None:
    office = make_office(may_speak="no")
    assert policies.right_for(office, make_event(kind="conference")) == ("speak", True)


def test_only_choices_with_a_pool_of_the_right_are_offered() -> None:
    event = make_event()
    make_pool(event, "speak", "room")
    make_pool(event, "listen", "online")
    speaker = make_invitation(event, right="speak")
    listener = make_invitation(event, right="listen")
    assert policies.offered_choices(speaker) == ["room", "no"]
    assert policies.offered_choices(listener) == ["online", "no"]


def test_room_comes_before_online_comes_before_no() -> None:
    event = make_event()
    make_pool(event, "speak", "online")
    make_pool(event, "speak", "room")
    assert policies.offered_choices(make_invitation(event)) == ["room", "online", "no"]


@pytest.mark.parametrize(("offset", "expected"), [(-HOUR, True), (0 * HOUR, True), (HOUR, False)])
def test_answers_close_at_the_deadline(offset: dt.timedelta, expected: bool) -> None:
    invitation = make_invitation()
    assert policies.may_answer(invitation, invitation.event.answer_by + offset) is expected


def test_answers_close_at_the_start_where_no_deadline_is_set() -> None:
    event = make_event(answer_by=None)
    invitation = make_invitation(event)
    assert policies.may_answer(invitation, event.starts_at) is True
    assert policies.may_answer(invitation, event.starts_at + HOUR) is False


@pytest.mark.parametrize("state", [Event.State.DRAFT, Event.State.CANCELLED])
def test_an_event_that_is_not_published_takes_no_answers(state: str) -> None:
    invitation = make_invitation(make_event(state=state))
    now = invitation.created_at
    assert policies.may_answer(invitation, now) is False
    assert policies.may_record(invitation, now) is False


def test_a_withdrawn_invitation_is_neither_answered_nor_recorded_nor_read() -> None:
    invitation = make_invitation()
    now = invitation.withdrawn_at = invitation.created_at
    checks = (policies.may_answer, policies.may_record, policies.may_read)
    assert [check(invitation, now) for check in checks] == [False, False, False]


def test_staff_record_answers_after_the_deadline_until_the_end() -> None:
    invitation = make_invitation()
    event = invitation.event
    assert policies.may_record(invitation, event.answer_by + HOUR) is True
    assert policies.may_record(invitation, event.ends_at + HOUR) is False


def test_the_page_is_readable_until_14_days_after_the_end() -> None:
    invitation = make_invitation()
    last = invitation.event.ends_at + dt.timedelta(days=14)
    assert policies.may_read(invitation, last) is True
    assert policies.may_read(invitation, last + HOUR) is False


def test_seats_are_given_to_the_waitlist_until_the_start() -> None:
    event = make_event()
    assert policies.may_promote(event, event.starts_at - HOUR) is True
    assert policies.may_promote(event, event.starts_at) is False
    event.state = Event.State.CANCELLED
    assert policies.may_promote(event, event.starts_at - HOUR) is False


@pytest.mark.parametrize(
    ("hours_before", "choice", "seat", "expected"),
    [
        (24, "online", "confirmed", True),
        (25, "online", "confirmed", False),
        (1, "room", "confirmed", False),
        (1, "online", "waitlisted", False),
        (-3, "online", "confirmed", False),
    ],
)
def test_who_sees_the_meeting_link_and_when(
    hours_before: int, choice: str, seat: str, expected: bool
) -> None:
    event = make_event(online_url="https://treffen.example/runde")
    invitation = make_invitation(event)
    invitation.choice, invitation.seat = choice, seat
    at = event.starts_at - hours_before * HOUR
    assert policies.sees_meeting_link(invitation, at) is expected


def test_without_a_meeting_link_nobody_sees_one() -> None:
    invitation = make_invitation()
    invitation.choice, invitation.seat = "online", "confirmed"
    assert policies.sees_meeting_link(invitation, invitation.event.starts_at) is False
