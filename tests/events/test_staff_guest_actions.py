"""What staff do with one guest: each action once, refusals beside the field, input kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from events.models import Answer, Event, Invitation
from mailing.models import Mail
from tests.factories import (
    make_event,
    make_invitation,
    make_pool,
    make_position,
    make_seated,
)

from .page_addresses import address

pytestmark = pytest.mark.django_db

ANSWER = {"answer-choice": "room", "answer-channel": "phone", "answer-note": "rief am Montag an"}


def post(client: Client, guest: Invitation, verb: str, **data: Any) -> HttpResponse:
    url = address(f"guest_{verb}", guest.event.slug, guest.public_id)
    return client.post(url, data)


def kinds() -> list[str]:
    return sorted(Mail.objects.values_list("kind", flat=True))


@pytest.fixture
def guest() -> Invitation:
    guest = make_invitation()
    make_pool(guest.event)
    return guest


@pytest.mark.parametrize("verb", ["answer", "withdraw", "resend", "address", "right"])
def test_a_guest_of_another_event_is_not_found(staff_client: Client, verb: str) -> None:
    guest, other = make_invitation(), make_event()
    url = address(f"guest_{verb}", other.slug, guest.public_id)
    assert staff_client.post(url, {}).status_code == 404


@pytest.mark.parametrize("verb", ["answer", "withdraw", "resend", "address", "right"])
def test_a_get_changes_nothing_and_is_refused(
    staff_client: Client, guest: Invitation, verb: str
) -> None:
    before = Invitation.objects.values().get()
    url = address(f"guest_{verb}", guest.event.slug, guest.public_id)
    assert staff_client.get(url).status_code == 405
    assert Invitation.objects.values().get() == before


def test_an_answer_by_phone_is_recorded_with_its_note(
    staff_client: Client, guest: Invitation
) -> None:
    response = post(staff_client, guest, "answer", **ANSWER)
    assert response.status_code == 302
    recorded = Answer.objects.get()
    assert (recorded.choice, recorded.channel, recorded.seat) == ("room", "phone", "confirmed")
    assert (recorded.note, recorded.by) == ("rief am Montag an", response.wsgi_request.user)
    assert kinds() == ["events.confirmation"]


def test_a_double_click_records_one_answer(staff_client: Client, guest: Invitation) -> None:
    post(staff_client, guest, "answer", **ANSWER)
    post(staff_client, guest, "answer", **ANSWER)
    assert (Answer.objects.count(), Mail.objects.count()) == (1, 1)


def test_an_answer_is_recorded_after_the_deadline_too(staff_client: Client) -> None:
    now = timezone.now()
    guest = make_invitation(make_event(answer_by=now - dt.timedelta(days=1)))
    make_pool(guest.event)
    assert post(staff_client, guest, "answer", **ANSWER).status_code == 302
    assert Answer.objects.count() == 1


def test_a_missing_choice_is_named_beside_it_and_the_input_is_kept(
    staff_client: Client, guest: Invitation
) -> None:
    response = post(staff_client, guest, "answer", **{**ANSWER, "answer-choice": ""})
    form = response.context["answer_form"]
    assert (response.status_code, list(form.errors)) == (200, ["choice"])
    assert "rief am Montag an" in response.content.decode()
    assert Answer.objects.count() == 0


def test_an_answer_the_event_does_not_offer_is_refused(
    staff_client: Client, guest: Invitation
) -> None:
    response = post(staff_client, guest, "answer", **{**ANSWER, "answer-choice": "online"})
    assert list(response.context["answer_form"].errors) == ["choice"]


def test_an_answer_after_the_end_of_the_event_is_refused_with_a_sentence(
    staff_client: Client, guest: Invitation
) -> None:
    past = timezone.now() - dt.timedelta(days=3)
    Event.objects.update(starts_at=past, ends_at=past, answer_by=None)
    response = post(staff_client, guest, "answer", **ANSWER)
    assert response.status_code == 200
    assert response.context["answer_form"].non_field_errors().as_data()[0].code == "closed"


def test_withdrawing_needs_the_tick(staff_client: Client, guest: Invitation) -> None:
    response = post(staff_client, guest, "withdraw")
    assert (response.status_code, list(response.context["withdraw_form"].errors)) == (200, ["sure"])
    guest.refresh_from_db()
    assert guest.is_withdrawn is False


def test_withdrawing_twice_tells_the_guest_once(staff_client: Client) -> None:
    guest = make_seated(make_event())
    for _ in range(2):
        assert post(staff_client, guest, "withdraw", **{"withdraw-sure": "on"}).status_code == 302
    guest.refresh_from_db()
    assert (guest.is_withdrawn, kinds()) == (True, ["events.withdrawn"])


def test_a_double_click_sends_the_invitation_once_more(
    staff_client: Client, guest: Invitation
) -> None:
    for _ in range(2):
        assert post(staff_client, guest, "resend", **{"resend-seen": 0}).status_code == 302
    guest.refresh_from_db()
    assert (guest.send_count, kinds()) == (1, ["events.invitation"])


def test_after_the_deadline_nothing_is_sent_again(staff_client: Client) -> None:
    guest = make_invitation(make_event(answer_by=timezone.now() - dt.timedelta(days=1)))
    response = post(staff_client, guest, "resend", **{"resend-seen": 0})
    assert (response.status_code, Mail.objects.count()) == (200, 0)


def test_a_corrected_address_gets_the_invitation(staff_client: Client) -> None:
    position = make_position(email="alt@stadt.example")
    guest = make_invitation(position=position)
    data = {"address-email": "neu@stadt.example", "address-keep_for_position": "on"}
    for _ in range(2):
        assert post(staff_client, guest, "address", **data).status_code == 302
    position.refresh_from_db()
    assert position.email == "neu@stadt.example"
    assert list(Mail.objects.values_list("to", flat=True)) == ["neu@stadt.example"]


def test_a_broken_address_is_named_beside_the_field_and_kept(
    staff_client: Client, guest: Invitation
) -> None:
    response = post(staff_client, guest, "address", **{"address-email": "neu@@stadt"})
    assert list(response.context["address_form"].errors) == ["email"]
    assert 'value="neu@@stadt"' in response.content.decode()
    assert Mail.objects.count() == 0


def test_an_address_somebody_else_is_invited_at_is_refused(
    staff_client: Client, guest: Invitation
) -> None:
    make_invitation(guest.event, email="vergeben@stadt.example")
    response = post(staff_client, guest, "address", **{"address-email": "Vergeben@stadt.example"})
    codes = [error.code for error in response.context["address_form"].errors.as_data()["email"]]
    assert codes == ["address_taken"]


def test_a_guest_without_a_position_is_not_asked_about_one(
    staff_client: Client, guest: Invitation
) -> None:
    url = address("guest", guest.event.slug, guest.public_id)
    assert list(staff_client.get(url).context["address_form"].fields) == ["email"]


def test_the_right_changes_without_a_mail(staff_client: Client, guest: Invitation) -> None:
    assert post(staff_client, guest, "right", **{"right-right": "listen"}).status_code == 302
    guest.refresh_from_db()
    assert (guest.right, Mail.objects.count()) == ("listen", 0)


def test_a_right_without_seats_is_refused_beside_the_field(staff_client: Client) -> None:
    guest = make_seated(make_event())
    response = post(staff_client, guest, "right", **{"right-right": "listen"})
    codes = [error.code for error in response.context["right_form"].errors.as_data()["right"]]
    guest.refresh_from_db()
    assert (codes, guest.right) == (["no_pool"], "speak")
