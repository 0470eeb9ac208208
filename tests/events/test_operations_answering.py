from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from events.models import Answer, Event, Invitation, SeatPool
from events.operations import answer
from events.policies import CONSENT_VERSION
from journal.models import Entry
from mailing.models import Mail
from tests.factories import make_event, make_invitation, make_pool, make_staff

pytestmark = pytest.mark.django_db


def say(invitation: Invitation, choice: str, **extra: object):
    return answer(invitation=invitation, choice=choice, consented=True, **extra)


def small_event(room: int = 1, online: int = 1) -> Event:
    event = make_event()
    make_pool(event, "speak", "room", room)
    make_pool(event, "speak", "online", online)
    return event


def refusal(invitation: Invitation, choice: str, **extra: object) -> str:
    with pytest.raises(ValidationError) as refused:
        answer(invitation=invitation, choice=choice, **extra)
    return refused.value.code


def taken(event: Event) -> dict[str, int]:
    return dict(SeatPool.objects.filter(event=event).values_list("mode", "taken"))


def test_a_yes_takes_a_seat_and_is_confirmed_by_mail() -> None:
    invitation = make_invitation(small_event())
    outcome = say(invitation, "room")
    assert (outcome.changed, outcome.seat, outcome.position) == (True, "confirmed", None)
    assert taken(invitation.event) == {"room": 1, "online": 0}
    mail = Mail.objects.get()
    assert (mail.key, mail.to) == (f"events.answer:{invitation.pk}:1", invitation.email)
    assert mail.calendar_method == "REQUEST"


def test_a_no_takes_no_seat_and_sends_no_calendar() -> None:
    invitation = make_invitation(small_event())
    outcome = say(invitation, "no")
    assert (outcome.seat, taken(invitation.event)) == ("", {"room": 0, "online": 0})
    assert Mail.objects.get().calendar_method == ""


def test_the_answer_is_kept_with_who_gave_it_and_what_they_wrote() -> None:
    invitation = make_invitation(small_event())
    say(invitation, "room", answered_by_name=" Kim Vorzimmer ", message=" Bitte Rampe ")
    row = Answer.objects.get()
    assert (row.number, row.choice, row.seat, row.mode) == (1, "room", "confirmed", "room")
    assert (row.answered_by_name, row.message) == ("Kim Vorzimmer", "Bitte Rampe")
    assert (row.channel, row.consent_version, row.by) == ("web", CONSENT_VERSION, None)


def test_the_same_answer_again_changes_nothing() -> None:
    invitation = make_invitation(small_event())
    say(invitation, "room")
    again = say(invitation, "room")
    assert (again.changed, again.seat) == (False, "confirmed")
    assert (Answer.objects.count(), Mail.objects.count()) == (1, 1)


def test_a_changed_message_keeps_the_seat_and_is_recorded() -> None:
    invitation = make_invitation(small_event())
    say(invitation, "room")
    outcome = say(invitation, "room", message="Ich komme später.")
    assert (outcome.changed, outcome.seat) == (True, "confirmed")
    assert taken(invitation.event) == {"room": 1, "online": 0}
    assert list(Answer.objects.values_list("number", flat=True)) == [2, 1]


def test_a_full_pool_leads_to_the_waitlist_with_a_position() -> None:
    event = small_event(room=1)
    say(make_invitation(event), "room")
    second, third = (say(make_invitation(event), "room") for _ in range(2))
    assert (second.seat, second.position) == ("waitlisted", 1)
    assert (third.seat, third.position) == ("waitlisted", 2)
    assert Mail.objects.filter(calendar_method="REQUEST").count() == 1


def test_seats_kept_back_are_not_given_out() -> None:
    event = small_event(room=2)
    event.pools.filter(mode="room").update(held=1)
    assert [say(make_invitation(event), "room").seat for _ in range(2)] == [
        "confirmed",
        "waitlisted",
    ]


def test_a_freed_seat_promotes_the_first_who_waits_and_tells_them() -> None:
    event = small_event(room=1)
    first, second, third = (make_invitation(event) for _ in range(3))
    for guest in (first, second, third):
        say(guest, "room")
    say(first, "no")
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.seat, second.waitlist_number) == ("confirmed", None)
    assert third.seat == "waitlisted"
    assert taken(event) == {"room": 1, "online": 0}
    promotion = Mail.objects.get(kind="events.promotion")
    assert (promotion.to, promotion.calendar_method) == (second.email, "REQUEST")


def test_changing_from_room_to_online_moves_the_seat() -> None:
    invitation = make_invitation(small_event())
    say(invitation, "room")
    say(invitation, "online")
    assert taken(invitation.event) == {"room": 0, "online": 1}


def test_a_no_after_a_yes_cancels_the_calendar_entry_with_a_higher_sequence() -> None:
    invitation = make_invitation(small_event())
    say(invitation, "room")
    say(invitation, "no")
    invitation.refresh_from_db()
    assert (invitation.has_calendar, invitation.calendar_sequence) == (False, 1)
    methods = Mail.objects.order_by("pk").values_list("calendar_method", flat=True)
    assert list(methods) == ["REQUEST", "CANCEL"]
    assert "SEQUENCE:1" in Mail.objects.get(calendar_method="CANCEL").calendar


def test_a_second_yes_after_a_no_raises_the_sequence_again() -> None:
    invitation = make_invitation(small_event())
    for choice in ("room", "no", "online"):
        say(invitation, choice)
    invitation.refresh_from_db()
    assert (invitation.has_calendar, invitation.calendar_sequence) == (True, 2)


def test_answering_after_the_deadline_is_refused() -> None:
    invitation = make_invitation(small_event())
    late = invitation.event.answer_by + dt.timedelta(seconds=1)
    assert refusal(invitation, "no", at=late) == "closed"
    assert Answer.objects.count() == 0


def test_answering_a_withdrawn_invitation_is_refused() -> None:
    invitation = make_invitation(small_event())
    Invitation.objects.update(withdrawn_at=invitation.created_at)
    assert refusal(invitation, "no") == "withdrawn"


def test_a_choice_without_a_pool_is_refused() -> None:
    event = make_event()
    make_pool(event, "speak", "room")
    invitation = make_invitation(event)
    assert refusal(invitation, "online", consented=True) == "not_offered"
    assert refusal(invitation, "maybe", consented=True) == "not_offered"


def test_a_yes_without_consent_is_refused_and_a_no_needs_none() -> None:
    invitation = make_invitation(small_event())
    assert refusal(invitation, "room") == "consent"
    assert answer(invitation=invitation, choice="no").changed is True


def test_staff_record_a_call_after_the_deadline_with_a_note() -> None:
    invitation = make_invitation(small_event())
    staff = make_staff()
    late = invitation.event.answer_by + dt.timedelta(days=1)
    answer(invitation=invitation, choice="room", by=staff, channel="phone", note="Anruf", at=late)
    row = Answer.objects.get()
    assert (row.by, row.channel, row.note, row.consented) == (staff, "phone", "Anruf", False)


def test_staff_on_the_web_channel_are_bound_by_the_deadline() -> None:
    invitation = make_invitation(small_event())
    late = invitation.event.answer_by + dt.timedelta(days=1)
    assert refusal(invitation, "no", by=make_staff(), at=late) == "closed"


def test_an_answer_stands_in_the_timeline_of_invitation_and_event() -> None:
    invitation = make_invitation(small_event())
    say(invitation, "room")
    assert [e.verb for e in Entry.objects.about(invitation)] == ["events.answered.room"]
    entry = Entry.objects.about(invitation.event).get()
    assert (entry.actor, entry.facts) == ("guest", {"channel": "web"})


def test_a_seat_freed_after_the_start_is_not_given_away() -> None:
    event = small_event(room=1)
    first, second = make_invitation(event), make_invitation(event)
    say(first, "room")
    say(second, "room")
    started = event.starts_at + dt.timedelta(minutes=5)
    answer(invitation=first, choice="no", by=make_staff(), channel="phone", at=started)
    second.refresh_from_db()
    assert second.seat == "waitlisted"


def test_seats_added_meanwhile_go_to_those_who_wait_before_a_newcomer() -> None:
    event = small_event(room=1)
    first, waiting, newcomer = (make_invitation(event) for _ in range(3))
    say(first, "room")
    say(waiting, "room")
    event.pools.filter(mode="room").update(capacity=2)
    assert say(newcomer, "room").seat == "waitlisted"
    waiting.refresh_from_db()
    assert waiting.seat == "confirmed"
