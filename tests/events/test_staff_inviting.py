"""Choosing an audience, the preflight, and sending after the number was typed."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from events.models import Event, Invitation
from mailing.models import Mail
from partnerships.models import City
from tests.factories import (
    make_city,
    make_event,
    make_invitation,
    make_mayor,
    make_office,
    make_partner_city,
    make_partnership,
    make_pool,
    make_position,
)

from .page_addresses import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    """A roundtable with seats to speak and to listen."""
    event = make_event()
    make_pool(event, "speak")
    make_pool(event, "listen", "online")
    return event


@pytest.fixture
def city(event: Event) -> City:
    """A German city with a mayor and a department."""
    city = make_city("Köln")
    make_mayor(city, email="ob@koeln.example")
    make_position(city, email="amt@koeln.example", holder="Max Amt")
    return city


def check(client: Client, event: Event, **criteria: Any) -> HttpResponse:
    return client.post(address("invite", event.slug), criteria or {"countries": ["DE"]})


def send(client: Client, event: Event, number: Any, **extra: Any) -> HttpResponse:
    """Post the send form of a preflight just shown, with that number typed."""
    shown = check(client, event).context
    data = {"countries": ["DE"], "seen": shown.get("seen", ""), "number": number}
    return client.post(address("invite_send", event.slug), {**data, **extra})


def messages(client: Client, event: Event) -> list[str]:
    page = client.get(address("guests", event.slug))
    return [str(message) for message in page.context["messages"]]


def test_the_empty_page_shows_the_filters_and_no_preflight(
    staff_client: Client, event: Event, city: City
) -> None:
    page = staff_client.get(address("invite", event.slug))
    assert [code for code, _ in page.context["form"].fields["countries"].choices] == ["DE"]
    assert "preflight" not in page.context


def test_choosing_nothing_is_refused_with_a_sentence(staff_client: Client, event: Event) -> None:
    response = check(staff_client, event, people="  ")
    assert response.status_code == 200
    assert response.context["form"].non_field_errors().as_data()[0].code == "empty"


@pytest.mark.parametrize("field", ["offices", "departments", "topics"])
def test_a_key_beyond_every_column_is_refused_beside_its_field(
    staff_client: Client, event: Event, field: str
) -> None:
    response = check(staff_client, event, **{field: ["9" * 30]}, people="bleibt@stadt.example")
    form = response.context["form"]
    assert (response.status_code, list(form.errors)) == (200, [field])
    assert form["people"].value() == "bleibt@stadt.example"


def test_a_filter_value_nobody_offered_is_named_beside_the_field(
    staff_client: Client, event: Event, city: City
) -> None:
    response = check(staff_client, event, countries=["XX"], people="bleibt@stadt.example")
    assert list(response.context["form"].errors) == ["countries"]
    assert "bleibt@stadt.example" in response.content.decode()


def test_the_preflight_writes_nothing(staff_client: Client, event: Event, city: City) -> None:
    response = check(staff_client, event)
    assert response.context["people"] == 2
    assert (Invitation.objects.count(), Mail.objects.count()) == (0, 0)


def test_the_preflight_tells_all_about_each_recipient(
    staff_client: Client, event: Event, city: City
) -> None:
    (group,) = check(staff_client, event).context["groups"]
    mayor, office = group.rows
    assert (mayor.label, mayor.place, mayor.right) == ("Erika Beispiel", "Köln, DE", "speak")
    assert (mayor.language, office.right) == ("de", "listen")
    assert mayor.reasons == "Country: Germany"
    assert "(Köln, CE" in mayor.local_start


def test_those_left_out_stand_there_with_their_reason(
    staff_client: Client, event: Event, city: City
) -> None:
    make_position(city, email="", holder="Ohne Adresse")
    response = check(staff_client, event, countries=["DE"], people="kein@@ding")
    reasons = {
        reason: [one.line for one in people] for reason, people in response.context["left_out"]
    }
    assert sorted(reasons.values(), key=str) == [[1], [None]]
    for reason in reasons:
        assert reason in response.content.decode()


def test_partnerships_stand_together_with_what_is_missing(
    staff_client: Client, event: Event, city: City
) -> None:
    partnership = make_partnership(city, make_partner_city("Indianapolis"))
    response = check(staff_client, event, partnerships=[partnership.pk], people="neu@x.example")
    whole, others = response.context["groups"]
    assert (whole.title, len(whole.rows), len(others.rows)) == ("Köln – Indianapolis", 2, 1)
    assert [sentence for sentence in whole.missing if sentence.startswith("Indianapolis")]


@pytest.mark.parametrize("number", [1, 3])
def test_the_preflight_takes_the_same_queries_for_one_and_three(
    staff_client: Client, event: Event, django_assert_num_queries: Any, number: int
) -> None:
    for _ in range(number):
        make_mayor(make_city())
    check(staff_client, event)
    with django_assert_num_queries(13):
        response = check(staff_client, event)
    assert response.context["people"] == number


def test_the_right_number_sends_to_everybody(
    staff_client: Client, event: Event, city: City
) -> None:
    assert send(staff_client, event, "2").status_code == 302
    assert sorted(Mail.objects.values_list("to", flat=True)) == [
        "amt@koeln.example",
        "ob@koeln.example",
    ]
    assert messages(staff_client, event) == ["2 invitations are on their way."]


@pytest.mark.parametrize("typed", ["1", "3", "", "zwei"])
def test_any_other_number_sends_nothing_and_stays_in_the_field(
    staff_client: Client, event: Event, city: City, typed: str
) -> None:
    response = send(staff_client, event, typed)
    assert (response.status_code, Mail.objects.count()) == (200, 0)
    assert list(response.context["send_form"].errors) == ["number"]
    assert response.context["send_form"]["number"].value() == typed


def test_the_wrong_number_is_answered_with_the_right_one(
    staff_client: Client, event: Event, city: City
) -> None:
    text = send(staff_client, event, "7").content.decode()
    assert "It is 2 people now. Nothing was sent." in text


def test_whoever_came_since_the_preflight_stops_the_sending(
    staff_client: Client, event: Event, city: City
) -> None:
    seen = check(staff_client, event).context["seen"]
    make_position(city, email="neu@koeln.example")
    data = {"countries": ["DE"], "seen": seen, "number": "3"}
    response = staff_client.post(address("invite_send", event.slug), data)
    assert (response.status_code, Mail.objects.count()) == (200, 0)
    assert "Now it is 3 people." in response.content.decode()
    again = {**data, "seen": response.context["seen"]}
    assert staff_client.post(address("invite_send", event.slug), again).status_code == 302
    assert Mail.objects.count() == 3


def test_the_same_number_of_other_people_stops_the_sending_too(
    staff_client: Client, event: Event, city: City
) -> None:
    seen = check(staff_client, event).context["seen"]
    city.positions.filter(email="amt@koeln.example").update(is_active=False)
    make_position(city, email="neu@koeln.example")
    data = {"countries": ["DE"], "seen": seen, "number": "2"}
    response = staff_client.post(address("invite_send", event.slug), data)
    assert (response.status_code, Mail.objects.count()) == (200, 0)


def test_a_double_click_invites_once_and_says_so(
    staff_client: Client, event: Event, city: City
) -> None:
    seen = check(staff_client, event).context["seen"]
    data = {"countries": ["DE"], "seen": seen, "number": "2"}
    for _ in range(2):
        assert staff_client.post(address("invite_send", event.slug), data).status_code == 302
    assert (Invitation.objects.count(), Mail.objects.count()) == (2, 2)
    assert messages(staff_client, event)[-1].startswith("All of these people are invited")


def test_whoever_is_ticked_gets_nothing_and_counts_for_nothing(
    staff_client: Client, event: Event, city: City
) -> None:
    mayor = city.positions.get(email="ob@koeln.example")
    assert send(staff_client, event, "2", leave_out=[f"p{mayor.pk}"]).status_code == 200
    assert send(staff_client, event, "1", leave_out=[f"p{mayor.pk}"]).status_code == 302
    assert [mail.to for mail in Mail.objects.all()] == ["amt@koeln.example"]


def test_counting_again_keeps_the_ticks(staff_client: Client, event: Event, city: City) -> None:
    mayor = city.positions.get(email="ob@koeln.example")
    response = check(staff_client, event, countries=["DE"], leave_out=[f"p{mayor.pk}"])
    (group,) = response.context["groups"]
    assert (response.context["people"], [r.is_left_out for r in group.rows]) == (1, [True, False])


def test_where_staff_decide_the_chosen_right_is_invited(staff_client: Client, event: Event) -> None:
    office = make_office(may_speak="staff decide")
    position = make_position(make_city(), office=office)
    (group,) = check(staff_client, event).context["groups"]
    assert [(row.is_open, row.speaks) for row in group.rows] == [(True, False)]
    again = check(staff_client, event, countries=["DE"], speaks=[f"p{position.pk}"])
    assert [(row.is_open, row.speaks) for row in again.context["groups"][0].rows] == [(True, True)]
    assert send(staff_client, event, "1", speaks=[f"p{position.pk}"]).status_code == 302
    assert Invitation.objects.get().right == "speak"


def test_a_right_that_is_certain_cannot_be_ticked(staff_client: Client, event: Event) -> None:
    position = make_position(make_city(), office=make_office(may_speak="no"))
    (group,) = check(staff_client, event).context["groups"]
    assert [(row.is_open, row.right) for row in group.rows] == [(False, "listen")]
    send(staff_client, event, "1", speaks=[f"p{position.pk}"])
    assert Invitation.objects.get().right == "listen"


def test_an_unpublished_event_invites_nobody(
    staff_client: Client, event: Event, city: City
) -> None:
    Event.objects.update(state="draft")
    response = send(staff_client, event, "2")
    assert response.context["send_form"].non_field_errors().as_data()[0].code == "not_published"
    assert Invitation.objects.count() == 0


def test_sending_stops_and_goes_on(staff_client: Client, event: Event, city: City) -> None:
    send(staff_client, event, "2")
    staff_client.post(address("invite_stop", event.slug))
    assert set(Mail.objects.values_list("state", flat=True)) == {"held"}
    staff_client.post(address("invite_continue", event.slug))
    assert set(Mail.objects.values_list("state", flat=True)) == {"queued"}
    staff_client.post(address("invite_continue", event.slug))
    assert messages(staff_client, event) == [
        "2 invitations are on their way.",
        "Stopped. 2 invitations are held back.",
        "Continued. 2 invitations are on their way.",
        "No invitation was held back.",
    ]


def test_stopping_when_everything_is_sent_says_so(
    staff_client: Client, event: Event, city: City
) -> None:
    send(staff_client, event, "2")
    Mail.objects.update(state="sent", sent_at=timezone.now())
    staff_client.post(address("invite_stop", event.slug))
    assert set(Mail.objects.values_list("state", flat=True)) == {"sent"}
    assert messages(staff_client, event)[-1] == (
        "Nothing was left to stop: every invitation is sent already."
    )


def test_somebody_withdrawn_is_not_invited_again(staff_client: Client, event: Event) -> None:
    position = make_mayor(make_city())
    make_invitation(event, position=position, withdrawn_at=timezone.now())
    response = check(staff_client, event)
    assert response.context["people"] == 0
    assert len(response.context["left_out"]) == 1


@pytest.mark.parametrize("verb", ["invite_send", "invite_stop", "invite_continue", "invite_test"])
def test_a_get_is_refused(staff_client: Client, event: Event, verb: str) -> None:
    assert staff_client.get(address(verb, event.slug)).status_code == 405


def test_the_page_of_an_unpublished_event_says_so_beforehand(
    staff_client: Client, event: Event
) -> None:
    sentence = "This event is not published."
    published = staff_client.get(address("invite", event.slug)).content.decode()
    Event.objects.update(state="draft")
    draft = staff_client.get(address("invite", event.slug)).content.decode()
    assert (sentence in published, sentence in draft) == (False, True)
