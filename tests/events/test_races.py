"""Real threads against real rows, on both databases; each guard with its negative control."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction

from events import seats
from events.models import Answer, Event, Invitation, Reminder, SeatPool
from events.operations import answer, remind, withdraw
from events.reminding_plan import due_at
from mailing.models import Mail
from tests.events.test_reminding_plan import delivered, rule_for
from tests.factories import make_event, make_invitation, make_pool, make_staff

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(jobs: list[Callable[[], Any]]) -> list[Any]:
    """Run all jobs in threads of their own that start together; returns their results."""
    barrier = Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        try:
            barrier.wait(timeout=30)
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def say(guest: Invitation, choice: str) -> str:
    return answer(invitation=guest, choice=choice, consented=True).seat


def event_with_seats(number: int) -> Event:
    event = make_event()
    make_pool(event, "speak", "room", number)
    make_pool(event, "speak", "online", number)
    return event


def test_twelve_guests_for_five_seats_fill_exactly_five() -> None:
    event = event_with_seats(5)
    guests = [make_invitation(event) for _ in range(12)]
    given = at_once([lambda g=guest: say(g, "room") for guest in guests])
    assert Counter(given) == {"confirmed": 5, "waitlisted": 7}
    waiting = Invitation.objects.waiting().values_list("waitlist_number", flat=True)
    assert list(waiting) == [1, 2, 3, 4, 5, 6, 7]
    assert SeatPool.objects.get(event=event, mode="room").taken == 5


def test_the_seat_statement_is_exact_without_any_lock_before_it() -> None:
    pool = event_with_seats(5).pools.get(mode="room")
    guests = [make_invitation(pool.event) for _ in range(12)]

    @transaction.atomic
    def take(guest: Invitation) -> None:
        seats.take(SeatPool.objects.get(pk=pool.pk), guest)

    at_once([lambda g=guest: take(g) for guest in guests])
    pool.refresh_from_db()
    assert (pool.taken, pool.last_number) == (5, 7)
    saved = Invitation.objects.filter(pool=pool).values_list("seat", "waitlist_number", "pk")
    assert sorted(saved) == sorted((g.seat, g.waitlist_number, g.pk) for g in guests)
    numbers = [number for _, number, _ in saved if number]
    assert sorted(numbers) == [1, 2, 3, 4, 5, 6, 7]


def test_without_the_lock_seats_are_oversold() -> None:
    """Negative control: count, then insert, as a naive sign-up does it."""
    event = event_with_seats(5)
    pool = event.pools.get(mode="room")
    guests = [make_invitation(event) for _ in range(12)]
    counted = Barrier(len(guests))

    def naive(guest: Invitation) -> None:
        free = pool.capacity - Invitation.objects.coming().filter(pool=pool).count()
        counted.wait(timeout=30)
        if free > 0:
            seat = {"choice": "room", "seat": "confirmed", "answered_at": guest.created_at}
            Invitation.objects.filter(pk=guest.pk).update(pool=pool, **seat)

    at_once([lambda g=guest: naive(g) for guest in guests])
    assert Invitation.objects.coming().filter(pool=pool).count() == 12


def test_the_database_itself_refuses_an_oversold_pool() -> None:
    pool = event_with_seats(1).pools.first()
    with pytest.raises(Exception, match="pool_not_oversold"), transaction.atomic():
        SeatPool.objects.filter(pk=pool.pk).update(taken=2)


def test_one_answer_sent_eight_times_at_once_counts_once() -> None:
    guest = make_invitation(event_with_seats(5))
    given = at_once([lambda: say(guest, "room")] * 8)
    assert given == ["confirmed"] * 8
    assert (Answer.objects.count(), Mail.objects.count()) == (1, 1)
    assert SeatPool.objects.get(mode="room").taken == 1


def test_swapping_room_and_online_crosswise_never_deadlocks() -> None:
    event = event_with_seats(4)
    guests = [make_invitation(event) for _ in range(8)]
    for number, guest in enumerate(guests):
        say(guest, "room" if number % 2 else "online")
    swaps = ["online" if number % 2 else "room" for number in range(8)]
    at_once([lambda g=g, c=c: say(g, c) for g, c in zip(guests, swaps, strict=True)])
    for mode in ("room", "online"):
        pool = SeatPool.objects.get(event=event, mode=mode)
        coming = Invitation.objects.coming().filter(pool=pool).count()
        waiting = Invitation.objects.waiting().filter(pool=pool).count()
        assert pool.taken == coming
        assert coming + waiting == 4
        assert not (waiting and pool.free)


def test_leaving_at_once_promotes_each_waiting_guest_once_and_in_order() -> None:
    event = event_with_seats(4)
    staff = make_staff()
    guests = [make_invitation(event) for _ in range(10)]
    for guest in guests:
        say(guest, "room")
    jobs = [lambda g=guest: say(g, "no") for guest in guests[:2]]
    jobs += [lambda g=guest: withdraw(invitation=g, by=staff) for guest in guests[2:4]]
    at_once(jobs)
    promoted = Mail.objects.filter(kind="events.promotion").values_list("about_id", flat=True)
    assert sorted(promoted) == [guest.pk for guest in guests[4:8]]
    waiting = Invitation.objects.waiting().values_list("pk", flat=True)
    assert list(waiting) == [guest.pk for guest in guests[8:]]
    assert SeatPool.objects.get(event=event, mode="room").taken == 4


def test_three_clocks_at_once_remind_each_guest_once() -> None:
    event = make_event()
    for _ in range(5):
        delivered(event)
    rule = rule_for(event)
    written = at_once([lambda: remind(at=due_at(rule))] * 3)
    assert sorted(written) == [0, 0, 5]
    assert Reminder.objects.count() == 5
    assert Mail.objects.filter(kind="events.reminder").count() == 5
