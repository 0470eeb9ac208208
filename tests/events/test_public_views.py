from __future__ import annotations

import datetime as dt
from html import unescape
from pathlib import Path
from typing import Any

import icalendar
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from events.models import Event, EventFile, Session
from journal.operations import record
from tests.factories import (
    make_city,
    make_event,
    make_invitation,
    make_partnership,
    make_staff,
    make_user,
)

pytestmark = pytest.mark.django_db


def text(response: Any) -> str:
    return " ".join(unescape(response.content.decode()).split())


def past_event(days: int = 100, **extra: Any) -> Event:
    start = timezone.now() - dt.timedelta(days=days)
    values = {"starts_at": start, "ends_at": start + dt.timedelta(hours=2), "answer_by": None}
    return make_event(**{**values, **extra})


def make_file(event: Event, content: bytes = b"<script>alert(1)</script>") -> EventFile:
    file = EventFile(event=event, title_de="Programm", title_en="Programme")
    file.file.save("programm.html", ContentFile(content))
    return file


@pytest.fixture(autouse=True)
def own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def titles(response: Any, name: str) -> list[str]:
    return [event.title for event in response.context[name]]


def test_upcoming_events_stand_before_the_archive_soonest_first(client: Client) -> None:
    later = timezone.now() + dt.timedelta(days=90)
    make_event(title_de="Später", starts_at=later, ends_at=later + dt.timedelta(hours=1))
    make_event(title_de="Bald")
    past_event(100, title_de="Neulich")
    past_event(900, title_de="Damals")
    response = client.get("/events/")
    assert titles(response, "upcoming") == ["Bald", "Später"]
    assert titles(response, "object_list") == ["Neulich", "Damals"]
    shown = text(response)
    assert shown.index("Bald") < shown.index("Archiv") < shown.index("Neulich")


def test_drafts_are_for_staff_only(client: Client) -> None:
    draft = make_event(title_de="Geheim", state="draft")
    for kind in (None, make_user(), make_staff()):
        if kind:
            client.force_login(kind)
        seen = bool(kind and kind.is_staff)
        assert titles(client.get("/events/"), "upcoming") == (["Geheim"] if seen else [])
        for rest in ("", "calendar.ics"):
            status = client.get(f"/events/{draft.slug}/{rest}").status_code
            assert status == (200 if seen else 404)


def test_cancelled_events_stay_visible_and_say_so(client: Client) -> None:
    event = make_event(state="cancelled")
    assert "abgesagt" in text(client.get("/events/"))
    assert "Diese Veranstaltung ist abgesagt." in text(client.get(event.get_absolute_url()))


def test_the_archive_comes_in_pages_without_the_upcoming_ones(client: Client) -> None:
    make_event(title_de="Bald")
    for days in range(100, 115):
        past_event(days)
    second = client.get("/events/?page=2")
    assert len(second.context["object_list"]) == 3
    assert "Bald" not in text(second)


@pytest.mark.parametrize("page", ["0", "99", "x", "-1", "9" * 30])
def test_a_page_that_does_not_exist_is_not_found(client: Client, page: str) -> None:
    past_event()
    assert client.get(f"/events/?page={page}").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_needs_the_same_queries_for_one_row_and_three(
    client: Client, count: int, django_assert_num_queries: Any
) -> None:
    for _ in range(count):
        make_event(city=make_city())
        past_event(city=make_city())
    with django_assert_num_queries(3):
        assert client.get("/events/").status_code == 200


def test_an_empty_list_says_so(client: Client) -> None:
    shown = text(client.get("/events/"))
    assert "Zurzeit ist keine Veranstaltung angekündigt." in shown
    assert "Es gibt noch keine vergangenen Veranstaltungen." in shown


def full_event(sessions: int, **extra: Any) -> Event:
    event = past_event(
        city=make_city("Bonn"),
        description_de="Städte und **Klima**",
        description_en="Cities and **climate**",
        report_de="Es war gut.",
        report_en="It went well.",
        audience_de="Oberbürgermeister",
        audience_en="Lord mayors",
        source="Jahresbericht 2025",
        is_demo=True,
        **extra,
    )
    for number in range(sessions):
        at = event.starts_at + dt.timedelta(minutes=number)
        title = {"title_de": f"Punkt {number}", "title_en": f"Item {number}"}
        Session.objects.create(event=event, starts_at=at, ends_at=at, **title)
        event.delegations.create(partnership=make_partnership(), evidence="Teilnehmerliste")
    make_file(event)
    return event


@pytest.mark.parametrize("sessions", [1, 20])
def test_an_event_needs_four_queries_however_long_its_agenda(
    client: Client, sessions: int, django_assert_num_queries: Any
) -> None:
    event = full_event(sessions)
    with django_assert_num_queries(4):
        assert client.get(event.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("prefix", "parts"),
    [
        ("", ("Bericht", "<strong>Klima</strong>", "Punkt 0", "Oberbürgermeister", "Quelle:")),
        ("/en", ("Report", "<strong>climate</strong>", "Item 0", "Lord mayors", "Source:")),
    ],
)
def test_an_event_shows_all_it_has_in_both_languages(
    client: Client, prefix: str, parts: tuple[str, ...]
) -> None:
    event = full_event(1)
    shown = text(client.get(f"{prefix}/events/{event.slug}/"))
    for part in (*parts, "Jahresbericht 2025", "Teilnehmerliste"):
        assert part in shown


def test_invited_partnerships_are_not_public_before_they_took_part(client: Client) -> None:
    event = make_event()
    event.delegations.create(partnership=make_partnership())
    response = client.get(event.get_absolute_url())
    assert response.context["facts"].taking_part == ()


def test_a_partnership_hidden_from_the_directory_is_hidden_here(client: Client) -> None:
    event = past_event()
    hidden = make_partnership(in_directory=False)
    event.delegations.create(partnership=hidden, evidence="Liste")
    assert client.get(event.get_absolute_url()).context["facts"].taking_part == ()


def test_the_timeline_says_which_guest_did_what(client: Client) -> None:
    event = make_event()
    record("events.edited", event, by=make_staff())
    guest = make_invitation(event, name="Friederike Lohmann")
    record("events.answered.no", guest, within=event, guest=True)
    client.force_login(make_staff())
    text = client.get(event.get_absolute_url()).content.decode()
    assert "<p>Friederike Lohmann: Absage</p>" in text
    assert f"{event.title}: " not in text.partition('class="timeline"')[2]


def test_only_staff_see_the_journal_and_the_way_to_the_guests(client: Client) -> None:
    event = make_event()
    record("events.seats_filled", event, count=7)
    for kind in (None, make_user(), make_staff()):
        if kind:
            client.force_login(kind)
        shown = text(client.get(event.get_absolute_url()))
        seen = bool(kind and kind.is_staff)
        assert ("Verlauf (nur für das SKEW-Team)" in shown) is seen
        assert (f"/events/{event.slug}/guests/" in shown) is seen


@pytest.mark.parametrize("rest", ["", "calendar.ics", "files/1/"])
def test_an_unknown_event_is_not_found(client: Client, rest: str) -> None:
    assert client.get(f"/events/nirgends/{rest}").status_code == 404


def test_the_public_calendar_file_names_no_guest_and_no_meeting_link(client: Client) -> None:
    event = make_event(online_url="https://meet.example/ude")
    make_invitation(event, email="ob@stadt.example")
    response = client.get(f"/events/{event.slug}/calendar.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = icalendar.Calendar.from_ical(response.content)
    assert calendar["method"] == "PUBLISH"
    assert calendar.walk("VEVENT")[0]["dtstart"].dt == event.starts_at
    body = response.content.decode()
    assert ("ob@stadt.example" in body, "meet.example" in body) == (False, False)


def test_a_file_is_a_download_the_browser_never_runs(client: Client) -> None:
    event = make_event()
    file = make_file(event)
    response = client.get(f"/events/{event.slug}/files/{file.pk}/")
    assert response.getvalue() == b"<script>alert(1)</script>"
    assert response["Content-Disposition"] == 'attachment; filename="programm.html"'
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_file_belongs_to_its_event_and_is_as_public_as_it(client: Client) -> None:
    event, other = make_event(), make_event()
    file = make_file(event)
    assert client.get(f"/events/{other.slug}/files/{file.pk}/").status_code == 404
    Event.objects.filter(pk=event.pk).update(state="draft")
    assert client.get(f"/events/{event.slug}/files/{file.pk}/").status_code == 404
    client.force_login(make_staff())
    response = client.get(f"/events/{event.slug}/files/{file.pk}/")
    assert response.status_code == 200
    response.close()


def test_a_file_that_is_gone_from_the_disk_is_not_found(client: Client) -> None:
    event = make_event()
    file = make_file(event)
    Path(file.file.path).unlink()
    assert client.get(f"/events/{event.slug}/files/{file.pk}/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_public_pages_only_answer_to_reading(client: Client, method: str) -> None:
    event = make_event()
    for address in ("/events/", f"/events/{event.slug}/", f"/events/{event.slug}/calendar.ics"):
        assert getattr(client, method)(address).status_code == 405
