"""The figures above the guest list."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone, translation

from events.guest_counts import CountryCount, Delivery, overview
from events.models import Delegation
from tests.factories import (
    make_city,
    make_event,
    make_invitation,
    make_invitation_mail,
    make_partner_city,
    make_partnership,
    make_pool,
    make_seated,
)

pytestmark = pytest.mark.django_db


def test_a_pool_shows_seats_taken_kept_back_free_and_waiting() -> None:
    event = make_event()
    pool = make_pool(event, capacity=4)
    pool.held = 1
    pool.save()
    make_seated(event)
    make_seated(event, 7)
    make_seated(event, 8)
    make_pool(event, "listen", "online")
    shown = [(p.capacity, p.taken, p.held, p.free, p.waiting) for p in overview(event).pools]
    assert shown == [(4, 1, 1, 2, 2), (10, 0, 0, 10, 0)]


def test_countries_count_invited_yes_no_and_silent_without_the_withdrawn() -> None:
    event = make_event()
    german, american = make_city(), make_partner_city()
    make_seated(event, city=german)
    make_seated(event, 1, city=german)
    make_invitation(event, city=german, choice="no", answered_at=timezone.now())
    make_invitation(event, city=american)
    make_invitation(event)
    make_invitation(event, city=american, withdrawn_at=timezone.now())
    counts = overview(event)
    assert counts.countries == [
        CountryCount("DE", 3, 2, 1, 0),
        CountryCount("US", 1, 0, 0, 1),
        CountryCount("", 1, 0, 0, 1),
    ]
    assert counts.total == CountryCount("", 5, 2, 1, 2)
    assert counts.withdrawn == 1


def test_country_names_follow_the_language() -> None:
    names = [CountryCount("DE").name, CountryCount("").name]
    with translation.override("en"):
        names += [CountryCount("DE").name, CountryCount("").name]
    assert names[0::2] == ["Deutschland", "Germany"]
    assert names[3] == "without a city"


def test_calendars_count_those_who_hold_one() -> None:
    event = make_event()
    make_seated(event, has_calendar=True)
    make_seated(event, has_calendar=True, withdrawn_at=timezone.now())
    make_seated(event)
    assert overview(event).calendars == 1


def test_delegations_are_offered_by_name_in_the_language() -> None:
    event = make_event()
    partnership = make_partnership(make_city("Köln", name_en="Cologne"), make_partner_city("Rye"))
    delegation = Delegation.objects.create(event=event, partnership=partnership)
    make_invitation(event, delegation=delegation)
    make_invitation(event)
    assert overview(event).delegations == [(delegation.pk, "Köln – Rye")]
    with translation.override("en"):
        assert overview(event).delegations == [(delegation.pk, "Cologne – Rye")]


@pytest.mark.parametrize(
    ("state", "group"),
    [
        ("queued", {"queued": 1}),
        ("held", {"held": 1}),
        ("sent", {"sent": 1}),
        ("uncertain", {"uncertain": 1}),
        ("failed", {"failed": 1}),
        ("stale", {"none": 1}),
        ("cancelled", {"none": 1}),
    ],
)
def test_each_mail_state_counts_in_one_group(state: str, group: dict[str, int]) -> None:
    guest = make_invitation()
    make_invitation_mail(guest, 1, state="failed")
    make_invitation_mail(guest, 2, state=state)
    assert overview(guest.event).delivery == Delivery(**group)


def test_a_mail_being_sent_still_counts_as_queued_and_keeps_the_page_asking() -> None:
    guest = make_invitation()
    make_invitation_mail(guest, state="claimed", lease_until=timezone.now())
    delivery = overview(guest.event).delivery
    assert (delivery, delivery.is_running) == (Delivery(queued=1), True)
    assert Delivery(held=3, sent=2).is_running is False


def test_the_overview_takes_three_queries(django_assert_num_queries: Any) -> None:
    event = make_event()
    for _ in range(3):
        guest = make_seated(event, city=make_city())
        make_invitation_mail(guest)
    overview(event)
    with django_assert_num_queries(3):
        overview(event)
