"""The demo programme's events: one in full swing, one published, one in preparation."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from zoneinfo import ZoneInfo

from events.models import Event, ReminderRule, SeatPool, Session
from partnerships.models import City

TEXTS = tomllib.loads(Path(__file__).with_name("texts.toml").read_text(encoding="utf-8"))
BERLIN = ZoneInfo("Europe/Berlin")
#: In this week of March the USA are on summer time already and Europe is not.
GAP_WEEK = dt.date(2027, 3, 17)


def make_roundtable(at: dt.datetime) -> Event:
    """A hybrid mayors' roundtable with few seats in the room, so that a waitlist forms."""
    day = GAP_WEEK if GAP_WEEK - at.date() > dt.timedelta(days=45) else _wednesday(at, days=100)
    start = dt.datetime.combine(day, dt.time(14), tzinfo=BERLIN)
    event = Event.objects.create(
        slug="runder-tisch-hitze-und-wasser",
        kind=Event.Kind.ROUNDTABLE,
        format=Event.Format.HYBRID,
        state=Event.State.PUBLISHED,
        starts_at=start,
        ends_at=start + dt.timedelta(hours=2),
        answer_by=start - dt.timedelta(days=21),
        city=City.objects.get(name_de="Bonn"),
        venue="Altes Rathaus, Markt 2, 53111 Bonn",
        online_url="https://treffen.skew.example/hitze-und-wasser",
        is_demo=True,
        **TEXTS["roundtable"],
    )
    for right, mode, seats in (
        ("speak", "room", 6),
        ("speak", "online", 20),
        ("listen", "room", 4),
        ("listen", "online", 60),
    ):
        SeatPool.objects.create(event=event, right=right, mode=mode, capacity=seats)
    _agenda(event, start)
    _reminders(event)
    return event


def make_networking_meeting(at: dt.datetime) -> Event:
    """A published online meeting to which nobody has been invited yet."""
    start = dt.datetime.combine(_wednesday(at, days=65), dt.time(16), tzinfo=BERLIN)
    event = Event.objects.create(
        slug="vernetzungstreffen-junge-delegierte",
        kind=Event.Kind.NETWORKING,
        format=Event.Format.VIRTUAL,
        state=Event.State.PUBLISHED,
        starts_at=start,
        ends_at=start + dt.timedelta(minutes=90),
        answer_by=start - dt.timedelta(days=7),
        is_demo=True,
        **TEXTS["networking"],
    )
    SeatPool.objects.create(event=event, right="speak", mode="online", capacity=120)
    _reminders(event)
    return event


def make_conference_draft(at: dt.datetime) -> Event:
    """A conference in preparation: only staff see it."""
    start = dt.datetime.combine(_wednesday(at, days=200), dt.time(9, 30), tzinfo=BERLIN)
    event = Event.objects.create(
        slug="partnerschaftskonferenz-leipzig",
        kind=Event.Kind.CONFERENCE,
        format=Event.Format.IN_PERSON,
        starts_at=start,
        ends_at=start + dt.timedelta(days=2, hours=6),
        answer_by=start - dt.timedelta(days=60),
        city=City.objects.get(name_de="Leipzig"),
        is_demo=True,
        **TEXTS["conference"],
    )
    SeatPool.objects.create(event=event, right="speak", mode="room", capacity=80)
    return event


def _wednesday(at: dt.datetime, *, days: int) -> dt.date:
    day = at.date() + dt.timedelta(days=days)
    return day + dt.timedelta(days=(2 - day.weekday()) % 7)


def _agenda(event: Event, start: dt.datetime) -> None:
    minute = 0
    for length, german, english in AGENDA:
        Session.objects.create(
            event=event,
            title_de=german,
            title_en=english,
            starts_at=start + dt.timedelta(minutes=minute),
            ends_at=start + dt.timedelta(minutes=minute + length),
        )
        minute += length


def _reminders(event: Event) -> None:
    for to, anchor, days in (("silent", "deadline", 7), ("silent", "deadline", 2)):
        ReminderRule.objects.create(event=event, to=to, anchor=anchor, days_before=days)
    ReminderRule.objects.create(event=event, to="coming", anchor="start", days_before=1)


AGENDA = (
    (10, "Begrüßung", "Welcome"),
    (40, "Drei Städte, drei Sommer: kurze Berichte", "Three cities, three summers: short reports"),
    (50, "Aussprache der Stadtoberhäupter", "Discussion among the heads of cities"),
    (20, "Was wir uns gegenseitig zusagen", "What we promise each other"),
)
