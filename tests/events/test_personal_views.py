from __future__ import annotations

import datetime as dt
from html import unescape

import icalendar
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from events.models import Answer, Event, Invitation
from events.operations import answer
from events.tokens import token_for
from mailing.models import BlockedAddress, Mail
from tests.events.links import open_event, open_url, page_url, post_answer
from tests.factories import make_invitation
from tests.page_forms import forms_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation() -> Invitation:
    return make_invitation(open_event(), language="de")


def text(response: object) -> str:
    return " ".join(unescape(response.content.decode()).split())


def stored(invitation: Invitation) -> Invitation:
    return Invitation.objects.get(pk=invitation.pk)


def say(invitation: Invitation, choice: str) -> None:
    answer(invitation=invitation, choice=choice, consented=True)


@pytest.mark.parametrize("choice", ["room", "online", "no"])
def test_an_answer_is_recorded_and_shown(
    client: Client, invitation: Invitation, choice: str
) -> None:
    response = post_answer(client, invitation, choice, message="Wir bringen Unterlagen mit.")
    assert (response.status_code, response["Location"]) == (302, page_url(invitation))
    row = Answer.objects.get()
    assert (row.choice, row.message, row.channel, row.consented, row.by) == (
        choice,
        "Wir bringen Unterlagen mit.",
        "web",
        True,
        None,
    )
    sentence = {
        "room": "Sie nehmen vor Ort teil. Ihr Platz ist bestätigt.",
        "online": "Sie nehmen online teil. Ihr Platz ist bestätigt.",
        "no": "Sie nehmen nicht teil.",
    }[choice]
    assert sentence in text(client.get(page_url(invitation)))


def test_a_full_room_shows_the_place_on_the_waiting_list(client: Client) -> None:
    event = open_event(room=1)
    for _ in range(2):
        say(make_invitation(event), "room")
    late = make_invitation(event)
    post_answer(client, late, "room")
    assert "Sie sind Nummer 2 auf der Warteliste." in text(client.get(page_url(late)))


def test_the_same_post_twice_changes_nothing_twice(client: Client, invitation: Invitation) -> None:
    for _ in range(2):
        assert post_answer(client, invitation, "room").status_code == 302
    assert (Answer.objects.count(), Mail.objects.count()) == (1, 1)
    assert invitation.event.pools.get(mode="room").taken == 1


def test_an_answer_can_be_changed_and_all_answers_are_listed(
    client: Client, invitation: Invitation
) -> None:
    post_answer(client, invitation, "room")
    post_answer(client, invitation, "no")
    shown = text(client.get(page_url(invitation)))
    assert "Sie nehmen nicht teil." in shown
    assert shown.count('class="timeline__meta"') == 2


def test_an_aide_answers_with_their_own_name(client: Client, invitation: Invitation) -> None:
    post_answer(client, invitation, "no", for_another="on", answered_by_name="Kim Vorzimmer")
    assert stored(invitation).answered_by_name == "Kim Vorzimmer"
    assert "Beantwortet von Kim Vorzimmer" in text(client.get(page_url(invitation)))


def test_mistakes_stand_beside_their_fields_and_nothing_typed_is_lost(
    client: Client, invitation: Invitation
) -> None:
    data = {"consented": "", "for_another": "on", "message": "Guten Tag & <b>danke</b>"}
    response = post_answer(client, invitation, "room", **data)
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"consented", "answered_by_name"}
    body = response.content.decode()
    assert "Guten Tag &amp; &lt;b&gt;danke&lt;/b&gt;" in body
    assert 'id="id_consented_error"' in body
    assert 'id="id_answered_by_name_error"' in body
    assert response.context["form"]["choice"].value() == "room"
    assert stored(invitation).choice == ""


def test_a_choice_that_is_not_offered_is_refused_in_a_sentence(client: Client) -> None:
    event = Event.objects.get(pk=open_event().pk)
    event.pools.filter(mode="online").delete()
    response = post_answer(client, make_invitation(event), "online")
    assert "Diese Antwort gibt es hier nicht." in text(response)
    assert Answer.objects.count() == 0


def test_a_post_after_the_deadline_is_refused_and_keeps_what_was_typed(client: Client) -> None:
    guest = make_invitation(open_event())
    with time_machine.travel(guest.event.answer_by + dt.timedelta(minutes=1), tick=False):
        response = post_answer(client, guest, "room", message="Ich komme gern.")
    assert response.context["form"].non_field_errors()
    assert "Ich komme gern." in text(response)
    assert stored(guest).choice == ""


def test_a_confirmed_guest_downloads_the_calendar_entry(
    client: Client, invitation: Invitation
) -> None:
    post_answer(client, invitation, "room")
    response = client.get(page_url(invitation, "calendar"))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment;")
    entry = icalendar.Calendar.from_ical(response.content).walk("VEVENT")[0]
    assert entry["dtstart"].dt == invitation.event.starts_at


@pytest.mark.parametrize("choice", ["", "no"])
def test_without_a_seat_there_is_no_calendar_entry(
    client: Client, invitation: Invitation, choice: str
) -> None:
    if choice:
        say(invitation, choice)
    client.get(open_url(invitation))
    assert client.get(page_url(invitation, "calendar"))["Location"] == page_url(invitation)


@pytest.mark.parametrize("name", ["answer", "opt_out"])
def test_reloading_an_address_that_takes_posts_leads_back_to_the_page(
    client: Client, invitation: Invitation, name: str
) -> None:
    client.get(open_url(invitation))
    assert client.get(page_url(invitation, name))["Location"] == page_url(invitation)


def test_opting_out_needs_the_tick_and_then_stops_invitations(
    client: Client, invitation: Invitation
) -> None:
    client.get(open_url(invitation))
    refused = client.post(page_url(invitation, "opt_out"), {})
    assert "Bitte setzen Sie das Häkchen" in text(refused)
    assert BlockedAddress.objects.count() == 0
    done = client.post(page_url(invitation, "opt_out"), {"confirmed": "on"})
    assert "Sie erhalten von uns keine Einladungen und Erinnerungen mehr." in text(done)
    assert f'<a href="{page_url(invitation)}">Zurück zu Ihrer Einladung</a>' in text(done)
    blocked = BlockedAddress.objects.get()
    assert (blocked.email, blocked.reason) == (invitation.email, "opted_out")


def test_one_click_unsubscribing_needs_no_cookie_and_no_csrf_token(
    invitation: Invitation,
) -> None:
    strict = Client(enforce_csrf_checks=True)
    url = reverse("invitation:unsubscribe", args=[token_for(invitation)])
    response = strict.post(url, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert BlockedAddress.objects.get().email == invitation.email


def test_looking_at_the_unsubscribe_page_does_nothing(
    client: Client, invitation: Invitation
) -> None:
    url = reverse("invitation:unsubscribe", args=[token_for(invitation)])
    assert client.get(url).status_code == 200
    assert client.post(url, {"anything": "else"}).status_code == 400
    assert BlockedAddress.objects.count() == 0


def test_the_unsubscribe_page_asks_for_a_tick_before_its_button_acts(
    client: Client, invitation: Invitation
) -> None:
    url = reverse("invitation:unsubscribe", args=[token_for(invitation)])
    fields = forms_of(text(client.get(url)), url)[0].pressed()
    assert "List-Unsubscribe" not in fields
    refused = client.post(url, fields)
    assert "Bitte setzen Sie das Häkchen" in text(refused)
    assert (refused.status_code, BlockedAddress.objects.count()) == (400, 0)
    assert client.post(url, fields | {"confirmed": "on"}).status_code == 200
    assert BlockedAddress.objects.get().email == invitation.email


def test_a_wrong_link_unsubscribes_nobody(client: Client, invitation: Invitation) -> None:
    wrong = reverse("invitation:unsubscribe", args=[f"{invitation.public_id}.{'A' * 22}"])
    assert client.post(wrong, {"List-Unsubscribe": "One-Click"}).status_code == 404
    assert BlockedAddress.objects.count() == 0


def test_unsubscribing_still_works_long_after_the_event(
    client: Client, invitation: Invitation
) -> None:
    url = reverse("invitation:unsubscribe", args=[token_for(invitation)])
    with time_machine.travel(invitation.readable_until + dt.timedelta(days=99), tick=False):
        assert client.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert BlockedAddress.objects.count() == 1


def test_an_answer_without_a_csrf_token_is_refused(invitation: Invitation) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = post_answer(strict, invitation, "room", language="en")
    assert (response.status_code, response["Content-Language"]) == (403, "en")
    assert "Please send the form once more" in text(response)
    assert stored(invitation).choice == ""


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"choice": "room\0"}, 400),
        ({"choice": ["room", "no"], "message": "x" * 3_000_000}, 400),
        ({"choice": "x" * 100_000}, 200),
        ({"choice": "<script>", "language": "x" * 5000}, 200),
        ({"choice": "no", "answered_by_name": "Kim\r\nBcc: all@stadt.example"}, 302),
    ],
)
def test_hostile_input_is_refused_without_a_crash(
    client: Client, invitation: Invitation, data: dict[str, object], status: int
) -> None:
    client.get(open_url(invitation))
    response = client.post(page_url(invitation, "answer"), data)
    assert response.status_code == status
    assert stored(invitation).choice == ("no" if status == 302 else "")
