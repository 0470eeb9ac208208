"""Delegations as staff see them: both cities side by side."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Delegation, Event
from partnerships.models import Partnership
from tests.factories import (
    make_city,
    make_department,
    make_event,
    make_invitation,
    make_mayor,
    make_partner_city,
    make_partnership,
    make_position,
    make_seated,
)

from .page_addresses import address

pytestmark = pytest.mark.django_db


def url(event: Event) -> str:
    return address("delegations", event.slug)


def invited_partnership(event: Event) -> Partnership:
    """A delegation with one guest of the German city and nobody of the other."""
    partnership = make_partnership()
    delegation = Delegation.objects.create(event=event, partnership=partnership)
    city = partnership.parties.first().city
    make_invitation(event, city=city, position=make_mayor(city), delegation=delegation)
    return partnership


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_queries_for_one_and_three_delegations(
    staff_client: Client, django_assert_num_queries: Any, number: int
) -> None:
    event = make_event()
    for _ in range(number):
        invited_partnership(event)
    staff_client.get(url(event))
    with django_assert_num_queries(8):
        page = staff_client.get(url(event))
    assert len(page.context["cards"]) == number


def test_guests_stand_under_their_city_with_their_answers(staff_client: Client) -> None:
    event = make_event()
    german, american = make_city("Köln"), make_partner_city("Indianapolis")
    partnership = make_partnership(german, american)
    delegation = Delegation.objects.create(event=event, partnership=partnership)
    make_invitation(
        event,
        name="Erika",
        city=german,
        delegation=delegation,
        choice="no",
        answered_at=timezone.now(),
    )
    make_seated(event, 3, name="Waits", city=american, delegation=delegation)
    (card,) = staff_client.get(url(event)).context["cards"]
    assert [column.city.name for column in card.columns] == ["Köln", "Indianapolis"]
    members = [[(m.label, m.answer) for m in column.members] for column in card.columns]
    assert members == [[("Erika", "no")], [("Waits", "waiting list, place 1")]]


def test_what_a_delegation_lacks_is_said_and_a_whole_one_is_praised(staff_client: Client) -> None:
    event = make_event()
    partnership = invited_partnership(event)
    text = staff_client.get(url(event)).content.decode()
    assert ("Still missing" in text, "The delegation is complete." in text) == (True, False)
    delegation = event.delegations.get()
    departments = [make_department() for _ in range(2)]
    for party in partnership.parties.all():
        posts = [make_position(party.city, department=one) for one in departments]
        posts += [] if party.order == 0 else [make_mayor(party.city)]
        for post in posts:
            make_invitation(event, city=party.city, position=post, delegation=delegation)
    text = staff_client.get(url(event)).content.decode()
    assert ("Still missing" in text, "The delegation is complete." in text) == (False, True)


def test_without_delegations_the_page_leads_to_inviting(staff_client: Client) -> None:
    event = make_event()
    text = staff_client.get(url(event)).content.decode()
    assert "No partnership was invited as a delegation yet." in text
    assert address("invite", event.slug) in text
