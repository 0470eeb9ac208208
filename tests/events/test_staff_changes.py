"""Announcing a move and calling an event off."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from events.models import Event
from mailing.models import Mail
from tests.factories import make_event, make_invitation, make_invitation_mail, make_seated

from .page_addresses import address

pytestmark = pytest.mark.django_db


def post(client: Client, event: Event, verb: str, **data: Any) -> HttpResponse:
    return client.post(address(verb, event.slug), data)


def said(client: Client, event: Event) -> list[str]:
    page = client.get(address("guests", event.slug))
    return [str(message) for message in page.context["messages"]]


def sent(kind: str) -> int:
    return Mail.objects.filter(kind=kind).count()


@pytest.fixture
def event() -> Event:
    """One guest with a calendar entry, one silent."""
    event = make_event()
    make_seated(event, has_calendar=True)
    make_invitation_mail(make_invitation(event))
    return event


def make_past(event: Event) -> None:
    """Move the event to last week."""
    start = timezone.now() - dt.timedelta(days=7)
    Event.objects.filter(pk=event.pk).update(
        starts_at=start, ends_at=start + dt.timedelta(hours=2), answer_by=start
    )


@pytest.mark.parametrize("verb", ["announce", "cancel"])
def test_a_get_is_refused(staff_client: Client, event: Event, verb: str) -> None:
    url = address(verb, event.slug)
    assert staff_client.get(url).status_code == 405


def test_a_move_is_announced_once_to_those_with_a_calendar(
    staff_client: Client, event: Event
) -> None:
    Event.objects.update(anchor_version=2)
    post(staff_client, event, "announce")
    assert said(staff_client, event) == ["The updated calendar goes to 1 person."]
    post(staff_client, event, "announce")
    assert said(staff_client, event) == ["The guests know the present dates already."]
    assert sent("events.change") == 1


def test_a_move_of_an_event_that_is_over_is_refused_with_a_sentence(
    staff_client: Client, event: Event
) -> None:
    make_past(event)
    Event.objects.update(anchor_version=2)
    post(staff_client, event, "announce")
    assert (said(staff_client, event), sent("events.change")) == (["The event is over."], 0)


def test_calling_off_what_is_over_is_refused_on_the_form(
    staff_client: Client, event: Event
) -> None:
    make_past(event)
    response = post(staff_client, event, "cancel", **{"cancel-number": "2"})
    errors = response.context["cancel_form"].non_field_errors()
    assert (errors, sent("events.cancellation")) == (["The event is over."], 0)


def test_without_a_move_nothing_is_announced(staff_client: Client, event: Event) -> None:
    post(staff_client, event, "announce")
    assert sent("events.change") == 0


def test_the_right_number_calls_the_event_off_once(staff_client: Client, event: Event) -> None:
    for _ in range(2):
        assert post(staff_client, event, "cancel", **{"cancel-number": "2"}).status_code == 302
    event.refresh_from_db()
    assert (event.state, sent("events.cancellation")) == ("cancelled", 2)


@pytest.mark.parametrize("typed", ["1", "3", "", "zwei", "-2"])
def test_any_other_number_calls_nothing_off_and_stays_in_the_field(
    staff_client: Client, event: Event, typed: str
) -> None:
    response = post(staff_client, event, "cancel", **{"cancel-number": typed})
    form = response.context["cancel_form"]
    event.refresh_from_db()
    assert (response.status_code, list(form.errors)) == (200, ["number"])
    assert (event.state, sent("events.cancellation")) == ("published", 0)
    assert form["number"].value() == typed


def test_the_page_says_how_many_people_get_the_mail(staff_client: Client, event: Event) -> None:
    text = staff_client.get(address("guests", event.slug)).content.decode()
    assert "Call off and notify 2 people" in text
    response = post(staff_client, event, "cancel", **{"cancel-number": "5"})
    assert "It is 2 people now. Nothing was sent." in response.content.decode()
