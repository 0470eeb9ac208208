"""Events in the administration: zones, refusals beside the field, seats, files."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from events.models import Event, EventFile, Invitation, ReminderRule, SeatPool, Session
from journal.models import Entry
from tests.admin_forms import errors_of, form_data, page
from tests.factories import make_event, make_invitation, make_pool, make_seated, make_staff

pytestmark = pytest.mark.django_db
NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make_staff())
    return client


def edit(client: Client, event: Event, **changes: Any) -> Any:
    """Open the event's page, change some fields, save."""
    data = form_data(client.get(page("change", event)))
    return client.post(page("change", event), {**data, **changes})


def row(prefix: str, number: int = 0, **values: Any) -> dict[str, Any]:
    """Fields of one row of an inline table, which then has one row more than before."""
    fields = {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return {**fields, f"{prefix}-TOTAL_FORMS": number + 1}


def test_times_are_entered_and_shown_in_the_event_s_own_zone(staff: Client) -> None:
    start = dt.datetime(2027, 3, 17, 9, 30, tzinfo=NEW_YORK)
    event = make_event(time_zone="America/New_York", starts_at=start, ends_at=start, answer_by=None)
    content = staff.get(page("change", event)).content.decode()
    assert 'value="2027-03-17T09:30"' in content
    edit(staff, event, ends_at="2027-03-17T18:00", answer_by="2027-03-10T23:59")
    event.refresh_from_db()
    assert event.starts_at == start
    assert event.ends_at == dt.datetime(2027, 3, 17, 18, tzinfo=NEW_YORK)
    assert event.answer_by == dt.datetime(2027, 3, 10, 23, 59, tzinfo=NEW_YORK)


def test_another_zone_keeps_the_wall_time_of_event_and_agenda(staff: Client) -> None:
    start = dt.datetime(2027, 3, 17, 14, tzinfo=ZoneInfo("Europe/Berlin"))
    event = make_event(starts_at=start, ends_at=start, answer_by=None)
    item = Session.objects.create(
        event=event, title_de="Auftakt", title_en="Start", starts_at=start, ends_at=start
    )
    assert edit(staff, event, time_zone="America/New_York").status_code == 302
    event.refresh_from_db()
    item.refresh_from_db()
    assert event.starts_at == dt.datetime(2027, 3, 17, 14, tzinfo=NEW_YORK)
    assert item.starts_at == dt.datetime(2027, 3, 17, 14, tzinfo=NEW_YORK)


def test_an_agenda_item_is_entered_in_the_event_s_zone(staff: Client) -> None:
    event = make_event(time_zone="America/New_York")
    values = {"starts_at": "2027-03-17T10:00", "ends_at": "2027-03-17T11:00"}
    texts = {"title_de": "Auftakt", "title_en": "Start"}
    assert edit(staff, event, **row("sessions", **values, **texts)).status_code == 302
    assert event.sessions.get().starts_at == dt.datetime(2027, 3, 17, 10, tzinfo=NEW_YORK)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("starts_at", "2027-06-01T10:00"),
        ("ends_at", "2028-01-01T10:00"),
        ("answer_by", "2026-12-01T10:00"),
        ("time_zone", "Europe/London"),
    ],
)
def test_moving_an_event_makes_its_reminders_due_anew(
    staff: Client, field: str, value: str
) -> None:
    start = dt.datetime(2027, 5, 1, 10, tzinfo=dt.UTC)
    event = make_event(
        starts_at=start, ends_at=start + dt.timedelta(days=60), answer_by=start - dt.timedelta(9)
    )
    assert edit(staff, event, **{field: value}).status_code == 302
    event.refresh_from_db()
    assert event.anchor_version == 2
    assert Entry.objects.about(event).first().verb == "events.moved"


def test_other_changes_leave_the_reminders_alone(staff: Client) -> None:
    event = make_event()
    assert edit(staff, event, venue="Rathaus, Köln").status_code == 302
    event.refresh_from_db()
    assert (event.anchor_version, event.venue) == (1, "Rathaus, Köln")
    assert Entry.objects.about(event).first().verb == "events.edited"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_at": "2020-01-01T10:00"}, "ends_at"),
        ({"answer_by": "2100-01-01T10:00"}, "answer_by"),
        ({"starts_at": "9999-12-31T23:59"}, "starts_at"),
        ({"starts_at": "2027-03-28T02:30"}, "starts_at"),
        ({"starts_at": "tomorrow"}, "starts_at"),
        ({"title_en": ""}, "title_en"),
        ({"invitation_text_en": ""}, "invitation_text_en"),
        ({"teaser_en": "Only English"}, "teaser_de"),
        ({"time_zone": "Mars/Base"}, "time_zone"),
        ({"city": "99999"}, "city"),
        ({"state": "cancelled"}, "state"),
        ({"slug": "ä b"}, "slug"),
    ],
)
def test_wrong_input_is_refused_beside_the_field(
    staff: Client, changes: dict[str, str], field: str
) -> None:
    event = make_event()
    response = edit(staff, event, **changes)
    assert response.status_code == 200
    assert field in errors_of(response)
    assert Event.objects.get().version == 1


def test_a_new_event_is_made_with_its_pools(staff: Client) -> None:
    texts = {"title_de": "Netzwerktreffen", "title_en": "Network meeting", "slug": "treffen"}
    times = {"starts_at": "2027-03-17T10:00", "ends_at": "2027-03-17T12:00"}
    data = form_data(staff.get(page("add", Event)))
    kind = {"kind": "networking", "format": "virtual", "time_zone": "Europe/London"}
    pool = row("pools", right="speak", mode="online", capacity="50", held="0")
    response = staff.post(page("add", Event), {**data, **texts, **times, **kind, **pool})
    assert response.status_code == 302, errors_of(response)
    event = Event.objects.get()
    assert event.starts_at == dt.datetime(2027, 3, 17, 10, tzinfo=dt.UTC)
    assert event.pools.get().capacity == 50
    assert Entry.objects.about(event).get().verb == "events.created"


@pytest.mark.parametrize(("format_", "mode"), [("in_person", "online"), ("virtual", "room")])
def test_seats_must_suit_the_format(staff: Client, format_: str, mode: str) -> None:
    event = make_event(format=format_)
    pool = row("pools", right="speak", mode=mode, capacity="5", held="0")
    response = edit(staff, event, **pool)
    assert list(errors_of(response)) == ["pools-0-mode"]


def test_a_format_that_contradicts_the_pools_is_refused(staff: Client) -> None:
    event = make_event(format="hybrid")
    make_pool(event, mode="room")
    assert list(errors_of(edit(staff, event, format="virtual"))) == ["pools-0-mode"]


def seated(event: Event, pool: SeatPool) -> Invitation:
    guest = make_invitation(
        event, choice="room", seat="confirmed", pool=pool, answered_at=event.created_at
    )
    SeatPool.objects.filter(pk=pool.pk).update(taken=pool.taken + 1)
    pool.refresh_from_db()
    return guest


def test_fewer_seats_than_are_taken_are_refused(staff: Client) -> None:
    event = make_event()
    pool = make_pool(event, capacity=2)
    seated(event, pool)
    response = edit(staff, event, **{"pools-0-capacity": "0"})
    assert errors_of(response)["pools-0-capacity"] == [
        "Vergebene Plätze: 1, zurückgehaltene Plätze: 0. Weniger Plätze sind nicht möglich."
    ]


def test_a_pool_with_guests_keeps_its_kind_and_stays(staff: Client) -> None:
    event = make_event()
    pool = make_pool(event)
    seated(event, pool)
    assert list(errors_of(edit(staff, event, **{"pools-0-mode": "online"}))) == ["pools-0-mode"]
    assert edit(staff, event, **{"pools-0-DELETE": "on"}).status_code == 200
    assert SeatPool.objects.filter(pk=pool.pk).exists()


def test_saving_a_pool_leaves_the_counters_alone(staff: Client) -> None:
    event = make_event()
    pool = make_pool(event, capacity=2)
    data = form_data(staff.get(page("change", event)))
    seated(event, pool)
    staff.post(page("change", event), {**data, "pools-0-capacity": "7"})
    pool.refresh_from_db()
    assert (pool.capacity, pool.taken) == (7, 1)


def test_seats_that_are_added_go_to_the_waitlist(staff: Client) -> None:
    event = make_event()
    pool = make_pool(event, capacity=1)
    seated(event, pool)
    waiting = make_seated(event, 1)
    edit(staff, event, **{"pools-0-capacity": "2"})
    waiting.refresh_from_db()
    assert (waiting.seat, waiting.waitlist_number) == ("confirmed", None)


def test_an_event_with_guests_does_not_become_a_draft_again(staff: Client) -> None:
    event = make_invitation().event
    assert list(errors_of(edit(staff, event, state="draft"))) == ["state"]


def test_an_event_with_guests_is_not_deleted(staff: Client) -> None:
    event = make_invitation().event
    assert staff.post(page("delete", event), {"post": "yes"}).status_code == 403
    assert Event.objects.filter(pk=event.pk).exists()


def test_another_time_of_sending_opens_the_rule_s_window_anew(staff: Client) -> None:
    event = make_event()
    rule = ReminderRule.objects.create(
        event=event, to="silent", anchor="deadline", days_before=7, settled_version=1
    )
    edit(staff, event, **{"reminder_rules-0-to": "coming"})
    rule.refresh_from_db()
    assert (rule.to, rule.settled_version) == ("coming", 1)
    edit(staff, event, **{"reminder_rules-0-days_before": "3"})
    rule.refresh_from_db()
    assert (rule.days_before, rule.settled_version) == (3, 0)


def test_an_agenda_item_that_ends_before_it_starts_is_refused(staff: Client) -> None:
    values = {"starts_at": "2027-03-17T12:00", "ends_at": "2027-03-17T11:00"}
    texts = {"title_de": "Auftakt", "title_en": "Start"}
    response = edit(staff, make_event(), **row("sessions", **values, **texts))
    assert list(errors_of(response)) == ["sessions-0-ends_at"]


@pytest.mark.usefixtures("media")
def test_a_file_is_stored_under_a_random_name(staff: Client) -> None:
    event = make_event()
    upload = SimpleUploadedFile("../../Programm.pdf", b"%PDF-1.7 programme")
    texts = {"title_de": "Programm", "title_en": "Programme"}
    response = edit(staff, event, **row("files", file=upload, **texts))
    assert response.status_code == 302, errors_of(response)
    name = EventFile.objects.get().file.name
    assert "Programm" not in name
    assert name.startswith("events/")
    assert edit(staff, event, **{"files-0-title_de": "Ablauf"}).status_code == 302
    assert EventFile.objects.get().file.name == name


@pytest.fixture
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_a_web_page_named_pdf_is_refused_beside_the_field(staff: Client) -> None:
    upload = SimpleUploadedFile("programm.pdf", b"<html><script>alert(1)</script>")
    texts = {"title_de": "Programm", "title_en": "Programme"}
    response = edit(staff, make_event(), **row("files", file=upload, **texts))
    assert list(errors_of(response)) == ["files-0-file"]


def test_the_list_shows_the_local_start_and_where_it_is(staff: Client) -> None:
    start = dt.datetime(2026, 12, 1, 15, tzinfo=dt.UTC)
    make_event(time_zone="America/New_York", starts_at=start, ends_at=start, answer_by=start)
    content = staff.get(page("changelist", Event)).content.decode()
    assert "01.12.2026 10:00 (America/New_York)" in content


def test_the_event_links_to_its_guests(staff: Client) -> None:
    event = make_event()
    assert f"/events/{event.slug}/guests/" in staff.get(page("change", event)).content.decode()
