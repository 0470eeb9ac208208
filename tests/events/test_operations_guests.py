from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from events.models import Event, Invitation, SeatPool
from events.operations import (
    answer,
    change_right,
    correct_address,
    fill_seats,
    opt_out,
    resend,
    withdraw,
)
from events.tokens import invitation_for, token_for
from journal.models import Entry
from mailing.models import BlockedAddress, Mail
from tests.factories import (
    make_event,
    make_invitation,
    make_mayor,
    make_pool,
    make_staff,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return make_staff()


def event_with_room(seats: int = 1) -> Event:
    event = make_event()
    make_pool(event, "speak", "room", seats)
    return event


def coming(event: Event, **extra: object) -> Invitation:
    guest = make_invitation(event, **extra)
    return answer(invitation=guest, choice="room", consented=True).invitation


def refused(operation: object, **arguments: object) -> str:
    with pytest.raises(ValidationError) as error:
        operation(**arguments)  # type: ignore[operator]
    return error.value.code


def test_withdrawing_closes_the_link_and_frees_the_seat(staff) -> None:
    guest = coming(event_with_room())
    token = token_for(guest)
    withdraw(invitation=guest, by=staff)
    guest.refresh_from_db()
    assert (guest.is_withdrawn, guest.seat, invitation_for(token)) == (True, "", None)
    assert SeatPool.objects.get().taken == 0


def test_withdrawing_a_confirmed_guest_sends_a_cancel(staff) -> None:
    guest = coming(event_with_room())
    withdraw(invitation=guest, by=staff)
    mail = Mail.objects.get(kind="events.withdrawn")
    assert (mail.to, mail.calendar_method, "SEQUENCE:1" in mail.calendar) == (
        guest.email,
        "CANCEL",
        True,
    )


def test_withdrawing_a_silent_guest_sends_nothing_and_stops_what_is_queued(staff) -> None:
    guest = make_invitation(event_with_room())
    resend(invitation=guest, by=staff)
    withdraw(invitation=guest, by=staff)
    assert list(Mail.objects.values_list("kind", "state")) == [("events.invitation", "cancelled")]


def test_withdrawing_promotes_the_first_who_waits(staff) -> None:
    event = event_with_room()
    first, second = coming(event), coming(event)
    withdraw(invitation=first, by=staff)
    second.refresh_from_db()
    assert second.seat == "confirmed"


def test_withdrawing_twice_changes_nothing(staff) -> None:
    guest = coming(event_with_room())
    withdraw(invitation=guest, by=staff)
    before = Mail.objects.count(), Entry.objects.count()
    withdraw(invitation=guest, by=staff)
    assert (Mail.objects.count(), Entry.objects.count()) == before


def test_resending_prints_the_same_link_under_a_new_key(staff) -> None:
    guest = make_invitation(event_with_room())
    token = token_for(guest)
    resend(invitation=guest, by=staff)
    guest = resend(invitation=guest, by=staff)
    assert sorted(Mail.objects.values_list("key", flat=True)) == [
        f"events.invitation:{guest.pk}:1",
        f"events.invitation:{guest.pk}:2",
    ]
    assert token_for(guest) == token


def test_a_withdrawn_or_closed_invitation_is_not_resent(staff) -> None:
    guest = make_invitation(event_with_room())
    Event.objects.update(answer_by=guest.created_at - dt.timedelta(days=1))
    assert refused(resend, invitation=guest, by=staff) == "closed"
    withdraw(invitation=guest, by=staff)
    assert refused(resend, invitation=guest, by=staff) == "withdrawn"


def test_a_corrected_address_gets_the_invitation_and_old_links_close(staff) -> None:
    guest = make_invitation(event_with_room())
    old = token_for(guest)
    BlockedAddress.objects.create(email="neu@stadt.example", reason="bounced")
    correct_address(invitation=guest, email=" Neu@Stadt.example ", by=staff)
    guest.refresh_from_db()
    assert (guest.email, invitation_for(old)) == ("Neu@Stadt.example", None)
    assert Mail.objects.get().to == "Neu@Stadt.example"
    assert BlockedAddress.objects.count() == 0


def test_an_opted_out_address_stays_blocked_when_it_is_entered_again(staff) -> None:
    BlockedAddress.objects.create(email="nein@stadt.example", reason="opted_out")
    guest = make_invitation(event_with_room())
    correct_address(invitation=guest, email="nein@stadt.example", by=staff)
    assert BlockedAddress.objects.count() == 1


def test_the_corrected_address_is_kept_for_the_position_when_asked(staff) -> None:
    mayor = make_mayor()
    guest = make_invitation(event_with_room(), position=mayor, email=mayor.email)
    correct_address(invitation=guest, email="neu@stadt.example", by=staff, keep_for_position=True)
    mayor.refresh_from_db()
    assert mayor.email == "neu@stadt.example"


def test_the_same_address_again_sends_nothing(staff) -> None:
    guest = make_invitation(event_with_room(), email="gast@stadt.example")
    correct_address(invitation=guest, email="GAST@stadt.example", by=staff)
    assert Mail.objects.count() == 0


def test_a_broken_or_taken_address_is_refused(staff) -> None:
    event = event_with_room()
    make_invitation(event, email="da@stadt.example")
    guest = make_invitation(event)
    assert refused(correct_address, invitation=guest, email="kein", by=staff) == "invalid"
    assert (
        refused(correct_address, invitation=guest, email="DA@stadt.example", by=staff)
        == "address_taken"
    )


def test_a_shared_mailbox_is_allowed_for_positions(staff) -> None:
    event = event_with_room()
    mayor, deputy = make_mayor(), make_mayor()
    make_invitation(event, position=mayor, email="buero@stadt.example")
    guest = make_invitation(event, position=deputy, email="alt@stadt.example")
    correct_address(invitation=guest, email="buero@stadt.example", by=staff)
    assert event.invitations.filter(email="buero@stadt.example").count() == 2


def test_changing_the_right_moves_the_seat_to_the_other_pool(staff) -> None:
    event = event_with_room()
    make_pool(event, "listen", "room", 1)
    guest = coming(event)
    change_right(invitation=guest, right="listen", by=staff)
    taken = dict(SeatPool.objects.values_list("right", "taken"))
    guest.refresh_from_db()
    assert (guest.right, guest.seat, taken) == ("listen", "confirmed", {"speak": 0, "listen": 1})


def test_changing_the_right_lets_somebody_else_move_up(staff) -> None:
    event = event_with_room()
    make_pool(event, "listen", "room", 1)
    first, second = coming(event), coming(event)
    change_right(invitation=first, right="listen", by=staff)
    second.refresh_from_db()
    assert second.seat == "confirmed"


def test_nobody_loses_a_seat_by_a_changed_right(staff) -> None:
    event = event_with_room()
    guest = coming(event)
    assert refused(change_right, invitation=guest, right="listen", by=staff) == "no_pool"
    make_pool(event, "listen", "room", 0)
    assert refused(change_right, invitation=guest, right="listen", by=staff) == "pool_full"
    guest.refresh_from_db()
    assert (guest.right, guest.seat) == ("speak", "confirmed")


def test_a_silent_guests_right_changes_without_a_seat_and_once(staff) -> None:
    guest = make_invitation(event_with_room())
    for _ in range(2):
        change_right(invitation=guest, right="listen", by=staff)
    guest.refresh_from_db()
    assert (guest.right, guest.seat, Entry.objects.count()) == ("listen", "", 1)


def test_added_seats_go_to_the_waitlist_in_order(staff) -> None:
    event = event_with_room()
    guests = [coming(event) for _ in range(4)]
    SeatPool.objects.update(capacity=3)
    assert fill_seats(event=event, by=staff) == 2
    seats = [Invitation.objects.get(pk=guest.pk).seat for guest in guests]
    assert seats == ["confirmed", "confirmed", "confirmed", "waitlisted"]
    assert Mail.objects.filter(kind="events.promotion").count() == 2


def test_filling_seats_with_nobody_waiting_or_after_the_start_does_nothing(staff) -> None:
    event = event_with_room()
    assert fill_seats(event=event, by=staff) == 0
    event.state = Event.State.CANCELLED
    assert fill_seats(event=event, by=staff) == 0
    assert Entry.objects.count() == 0


def test_opting_out_blocks_the_address_once_and_keeps_the_answer() -> None:
    guest = coming(event_with_room())
    for _ in range(2):
        opt_out(invitation=guest)
    guest.refresh_from_db()
    assert list(BlockedAddress.objects.values_list("email", "reason")) == [
        (guest.email, "opted_out")
    ]
    assert (guest.seat, Entry.objects.filter(verb="events.opted_out").count()) == ("confirmed", 1)


def test_opting_out_stops_queued_invitations(staff) -> None:
    guest = make_invitation(event_with_room())
    resend(invitation=guest, by=staff)
    opt_out(invitation=guest)
    assert Mail.objects.get().state == Mail.State.CANCELLED


def test_an_invitation_sent_again_since_it_was_looked_at_is_not_sent_once_more() -> None:
    guest, staff = make_invitation(), make_staff()
    make_pool(guest.event)
    resend(invitation=guest, by=staff, seen=0)
    resend(invitation=guest, by=staff, seen=0)
    guest.refresh_from_db()
    assert guest.send_count == 1
    assert resend(invitation=guest, by=staff, seen=1).send_count == 2
