from __future__ import annotations

import datetime as dt
from html import unescape
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from events.models import Event, Invitation, Session
from events.operations import answer
from mailing.delivery import deliver_due
from tests.events.links import enter, open_event, page_url, post_answer
from tests.factories import make_city, make_invitation, make_pool
from tests.smtp_sink import Sink

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


def test_the_page_greets_asks_and_explains_in_the_recipients_language(client: Client) -> None:
    english = make_invitation(open_event(), language="en", salutation="Dear Lord Mayor,")
    response = enter(client, english)
    assert (response.status_code, response["Content-Language"]) == (200, "en")
    shown = text(response)
    assert '<html lang="en"' in shown
    for part in ("Mayors' roundtable", "Dear Lord Mayor,", "Will you take part?", "You may speak."):
        assert part in shown


def test_the_page_is_german_for_german_recipients(client: Client, invitation: Invitation) -> None:
    response = enter(client, invitation)
    assert response["Content-Language"] == "de"
    shown = text(response)
    assert '<html lang="de"' in shown
    for part in ("Runder Tisch der Bürgermeister", "Nehmen Sie teil?", "Sie haben Rederecht."):
        assert part in shown


def test_the_reader_can_switch_the_language_and_an_answer_keeps_it(
    client: Client, invitation: Invitation
) -> None:
    assert f'href="{page_url(invitation)}?language=en"' in text(enter(client, invitation))
    assert "Will you take part?" in text(enter(client, invitation, "en"))
    response = post_answer(client, invitation, "no", language="en")
    assert response["Location"] == page_url(invitation) + "?language=en"
    assert stored(invitation).language == "de"


@pytest.mark.parametrize("language", ["fr", "", "../..", "de'"])
def test_an_unknown_language_falls_back_to_the_recipients(
    client: Client, invitation: Invitation, language: str
) -> None:
    assert enter(client, invitation, language)["Content-Language"] == "de"


def test_the_recipients_time_stands_first_and_the_events_second(client: Client) -> None:
    start = dt.datetime(2027, 3, 17, 13, 0, tzinfo=dt.UTC)
    event = open_event(
        starts_at=start,
        ends_at=start + dt.timedelta(hours=2),
        answer_by=dt.datetime(2027, 3, 3, 17, 0, tzinfo=dt.UTC),
    )
    guest = make_invitation(event, language="en", time_zone="America/New_York")
    with time_machine.travel(dt.datetime(2027, 2, 1, tzinfo=dt.UTC), tick=False):
        shown = text(enter(client, guest))
    first, second = "9:00–11:00 am (New York, EDT)", "2:00–4:00 pm (Berlin, CET)"
    assert 0 < shown.index(first) < shown.index(second)
    assert "Wednesday, 3 March 2027, 12:00 noon (New York, EST)" in shown


def test_a_listener_is_told_so(client: Client) -> None:
    event = open_event()
    make_pool(event, "listen", "online")
    shown = text(enter(client, make_invitation(event, right="listen")))
    assert "Sie hören zu." in shown
    assert "Rederecht" not in shown


def test_elsewhere_everybody_takes_part_in_the_discussion(client: Client) -> None:
    event = open_event(kind=Event.Kind.NETWORKING)
    assert "Bei dieser Veranstaltung diskutieren alle mit." in text(
        enter(client, make_invitation(event))
    )


def test_after_the_deadline_the_page_says_whom_to_write_to(client: Client) -> None:
    guest = make_invitation(open_event(contact_email="tagung@skew.example"))
    with time_machine.travel(guest.event.answer_by + dt.timedelta(minutes=1), tick=False):
        shown = text(enter(client, guest))
    assert "Die Antwortfrist ist abgelaufen." in shown
    assert "tagung@skew.example" in shown
    assert 'type="radio"' not in shown


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"state": "cancelled"}, "Diese Veranstaltung ist abgesagt."),
        ({"state": "draft"}, "Zurzeit sind keine Antworten möglich."),
    ],
)
def test_the_page_says_why_nobody_can_answer(
    client: Client, invitation: Invitation, changes: dict[str, str], sentence: str
) -> None:
    Event.objects.update(**changes)
    shown = text(enter(client, invitation))
    assert sentence in shown
    assert 'type="radio"' not in shown


def test_after_the_event_the_page_stays_readable_for_fourteen_days(
    client: Client, invitation: Invitation
) -> None:
    with time_machine.travel(invitation.readable_until - dt.timedelta(hours=1), tick=False):
        assert "Diese Veranstaltung ist vorbei." in text(enter(client, invitation))


@pytest.mark.parametrize(
    ("choice", "hours_before", "shown"),
    [("online", 23, True), ("online", 25, False), ("room", 23, False), ("no", 23, False)],
)
def test_confirmed_online_guests_see_the_link_from_the_day_before(
    client: Client, choice: str, hours_before: int, shown: bool
) -> None:
    guest = make_invitation(open_event(online_url="https://meet.example/ude"))
    say(guest, choice)
    at = guest.event.starts_at - dt.timedelta(hours=hours_before)
    with time_machine.travel(at, tick=False):
        page = text(enter(client, guest))
    assert ("https://meet.example/ude" in page) is shown


def test_the_agenda_is_in_the_recipients_time(client: Client) -> None:
    start = dt.datetime(2027, 3, 17, 13, 0, tzinfo=dt.UTC)
    event = open_event(starts_at=start, ends_at=start + dt.timedelta(hours=2), answer_by=start)
    Session.objects.create(
        event=event,
        title_de="Begrüßung",
        title_en="Welcome",
        starts_at=start,
        ends_at=start + dt.timedelta(minutes=30),
    )
    guest = make_invitation(event, time_zone="America/New_York")
    with time_machine.travel(dt.datetime(2027, 2, 1, tzinfo=dt.UTC), tick=False):
        shown = text(enter(client, guest))
    assert "09:00–09:30 Uhr</strong> Begrüßung" in shown
    assert "<h3>" not in shown


def test_an_agenda_of_several_days_names_each_day_in_the_recipients_zone(client: Client) -> None:
    start = dt.datetime(2027, 3, 17, 23, 30, tzinfo=dt.UTC)
    hour = dt.timedelta(hours=1)
    event = open_event(starts_at=start, ends_at=start + 2 * hour, answer_by=start)
    for number in range(2):
        at = start + number * hour
        title = {"title_de": f"Punkt {number}", "title_en": f"Item {number}"}
        Session.objects.create(event=event, starts_at=at, ends_at=at, **title)
    guest = make_invitation(event, time_zone="Europe/London", language="en")
    with time_machine.travel(dt.datetime(2027, 2, 1, tzinfo=dt.UTC), tick=False):
        shown = text(enter(client, guest))
    first, second = "<h3>Wednesday, 17 March 2027</h3>", "<h3>Thursday, 18 March 2027</h3>"
    assert shown.index(first) < shown.index("Item 0") < shown.index(second) < shown.index("Item 1")


@pytest.mark.parametrize("waiting", [False, True])
def test_the_page_needs_five_queries_at_most(
    client: Client, waiting: bool, django_assert_num_queries: object
) -> None:
    event = open_event(room=1 if waiting else 5)
    for _ in range(3):
        say(make_invitation(event), "room")
    guest = make_invitation(event)
    post_answer(client, guest, "room")
    post_answer(client, guest, "online")
    post_answer(client, guest, "room")
    with django_assert_num_queries(5 if waiting else 4):
        assert client.get(page_url(guest)).status_code == 200


@pytest.mark.parametrize("others", [1, 3])
def test_a_whole_answer_costs_twenty_three_statements(
    client: Client, others: int, smtp: Sink, django_assert_num_queries: Any
) -> None:
    """Link, page, answer, result, and the confirmation on its way: all that a mayor asks."""
    event = open_event(room=9)
    for _ in range(others):
        say(make_invitation(event), "room")
    deliver_due()
    guest = make_invitation(event, city=make_city())
    savepoints = 2  # where a transaction begins, the test has one already
    apart = connection.vendor != "postgresql"  # seat and pool change in two statements there
    with django_assert_num_queries(23 + savepoints + apart):
        enter(client, guest)
        client.post(page_url(guest, "answer"), {"choice": "room", "consented": "on"})
        client.get(page_url(guest))
        assert deliver_due() == {"sent": 1}
    assert guest.email in smtp.recipients
