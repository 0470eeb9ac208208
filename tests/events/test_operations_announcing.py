from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from events.audience import Criteria, preflight
from events.calendar_files import times_in
from events.mails import reminder
from events.models import Event, Invitation, ReminderRule
from events.operations import announce_change, answer, cancel_event, invite, withdraw
from journal.models import Entry
from mailing.models import Mail
from mailing.operations import enqueue
from tests.factories import make_event, make_pool, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    event = make_event(venue="Altes Rathaus")
    make_pool(event, "listen", "room", capacity=2)
    make_pool(event, "listen", "online")
    return event


@pytest.fixture
def staff() -> User:
    return make_staff()


@pytest.fixture
def guests(event: Event, staff: User) -> list[Invitation]:
    """Four invited by mail: two of them come, one declined, one is silent."""
    lines = "\n".join(f"{name}@x.example" for name in ("a", "b", "c", "d"))
    recipients = preflight(event, Criteria(people=lines)).recipients
    invited = invite(event=event, recipients=recipients, by=staff)
    Mail.objects.update(state="sent", sent_at=timezone.now())
    for guest, choice in zip(invited, ("room", "online", "no"), strict=False):
        answer(invitation=guest, choice=choice, consented=True)
    return invited


def move(event: Event, hours: int = 24) -> None:
    """What the administration does when staff move an event."""
    event.starts_at += dt.timedelta(hours=hours)
    event.ends_at += dt.timedelta(hours=hours)
    event.anchor_version += 1
    event.save()


def sent(kind: str) -> list[Mail]:
    return list(Mail.objects.filter(kind=kind).order_by("pk"))


def stored(guest: Invitation) -> Invitation:
    return Invitation.objects.get(pk=guest.pk)


# Changes -------------------------------------------------------------------------------


def test_a_move_updates_the_calendars_of_those_who_hold_one(
    event: Event, staff: User, guests: list[Invitation]
) -> None:
    move(event)
    assert announce_change(event=event, by=staff) == 2
    mails = sent("events.change")
    assert [mail.to for mail in mails] == ["a@x.example", "b@x.example"]
    for mail, guest in zip(mails, guests, strict=False):
        assert mail.key == f"events.change:{guest.pk}:1"
        assert "\nSEQUENCE:1\n" in mail.calendar
        assert f"UID:{guest.public_id}@" in mail.calendar
        assert times_in(mail.calendar) == (event.starts_at, event.ends_at)
        assert (stored(guest).calendar_sequence, stored(guest).has_calendar) == (1, True)


def test_announcing_twice_tells_nobody_twice(
    event: Event, staff: User, guests: list[Invitation]
) -> None:
    move(event)
    announce_change(event=event, by=staff)
    entries = Entry.objects.count()
    assert announce_change(event=event, by=staff) == 0
    assert (len(sent("events.change")), Entry.objects.count()) == (2, entries)


def test_negative_control_without_the_stored_file_every_announcement_would_repeat(
    event: Event, staff: User, guests: list[Invitation]
) -> None:
    move(event)
    announce_change(event=event, by=staff)
    Mail.objects.filter(kind="events.change").delete()
    assert announce_change(event=event, by=staff) == 2


def test_the_event_remembers_what_was_announced(
    event: Event, staff: User, guests: list[Invitation]
) -> None:
    move(event)
    announce_change(event=event, by=staff)
    assert (event.announced_version, event.anchor_version) == (2, 2)
    assert Event.objects.get(pk=event.pk).announced_version == 2
    assert Entry.objects.filter(verb="events.announced").get().facts == {"count": 2}


def test_a_move_nobody_holds_in_the_calendar_is_announced_to_nobody(
    event: Event, staff: User
) -> None:
    move(event)
    assert announce_change(event=event, by=staff) == 0
    assert event.announced_version == 2
    assert Entry.objects.filter(verb="events.announced").get().facts == {"count": 0}


def test_a_new_venue_reaches_those_in_the_room_only(
    event: Event, staff: User, guests: list[Invitation]
) -> None:
    event.venue = "Neues Rathaus"
    event.save()
    assert announce_change(event=event, by=staff) == 1
    (mail,) = sent("events.change")
    assert (mail.to, mail.subject) == (
        "a@x.example",
        "Geänderte Angaben: Runder Tisch der Bürgermeister",
    )


def test_a_second_move_names_the_first_as_the_old_time(
    event: Event, staff: User, guests: list[Invitation]
) -> None:
    move(event)
    announce_change(event=event, by=staff)
    before = times_in(sent("events.change")[0].calendar)[0]
    move(event)
    announce_change(event=event, by=staff)
    last = sent("events.change")[-1]
    assert "\nSEQUENCE:2\n" in last.calendar
    assert f"Bisher war sie für {before:%-d}" not in last.text
    assert f", {before:%H:%M}" in last.text.partition("Bisher")[2].partition("Ab jetzt gilt")[0]


def test_where_the_file_was_erased_the_version_of_the_dates_decides(
    event: Event, staff: User, guests: list[Invitation]
) -> None:
    Mail.objects.update(calendar="")
    assert announce_change(event=event, by=staff) == 0
    move(event)
    assert announce_change(event=event, by=staff) == 2
    assert {mail.subject.partition(":")[0] for mail in sent("events.change")} == {
        "Geänderte Angaben"
    }


def test_invitations_still_waiting_are_rewritten(event: Event, staff: User) -> None:
    recipients = preflight(event, Criteria(people="a@x.example")).recipients
    invite(event=event, recipients=recipients, by=staff)
    event.venue = "Neues Rathaus"
    event.save()
    announce_change(event=event, by=staff)
    assert "Neues Rathaus" in Mail.objects.get().text


def test_a_guest_who_was_withdrawn_hears_nothing_of_it(
    event: Event, staff: User, guests: list[Invitation]
) -> None:
    withdraw(invitation=guests[0], by=staff)
    move(event)
    assert announce_change(event=event, by=staff) == 1


@pytest.mark.parametrize("operation", [announce_change, cancel_event])
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"state": "draft"}, "not_published"),
        ({"starts_at": None, "ends_at": None, "answer_by": None}, "over"),
    ],
)
def test_drafts_and_past_events_are_refused(
    event: Event, staff: User, operation: Any, changes: dict[str, Any], code: str
) -> None:
    past = timezone.now() - dt.timedelta(hours=1)
    Event.objects.filter(pk=event.pk).update(**{k: v or past for k, v in changes.items()})
    with pytest.raises(ValidationError) as refusal:
        operation(event=event, by=staff)
    assert refusal.value.code == code
    assert Mail.objects.count() == 0


def test_a_cancelled_event_announces_no_change(event: Event, staff: User) -> None:
    cancel_event(event=event, by=staff)
    with pytest.raises(ValidationError):
        announce_change(event=event, by=staff)


# Cancelling ----------------------------------------------------------------------------


def test_cancelling_tells_everybody_whom_an_invitation_reached(
    event: Event, staff: User, guests: list[Invitation]
) -> None:
    assert cancel_event(event=event, by=staff) == 4
    assert [(mail.to, mail.calendar_method) for mail in sent("events.cancellation")] == [
        ("a@x.example", "CANCEL"),
        ("b@x.example", "CANCEL"),
        ("c@x.example", ""),
        ("d@x.example", ""),
    ]
    assert Event.objects.get(pk=event.pk).state == event.state == "cancelled"
    assert Entry.objects.filter(verb="events.cancelled").get().facts == {"count": 4}


def test_a_cancel_takes_back_what_the_guest_holds(
    event: Event, staff: User, guests: list[Invitation]
) -> None:
    cancel_event(event=event, by=staff)
    mail = sent("events.cancellation")[0]
    assert "\nMETHOD:CANCEL\n" in mail.calendar
    assert "\nSEQUENCE:1\n" in mail.calendar
    assert (stored(guests[0]).calendar_sequence, stored(guests[0]).has_calendar) == (1, False)
    assert (stored(guests[3]).calendar_sequence, stored(guests[3]).has_calendar) == (0, False)


def test_cancelling_twice_changes_nothing(
    event: Event, staff: User, guests: list[Invitation]
) -> None:
    cancel_event(event=event, by=staff)
    version = event.version
    assert cancel_event(event=event, by=staff) == 0
    assert (len(sent("events.cancellation")), event.version) == (4, version)
    assert Entry.objects.filter(verb="events.cancelled").count() == 1


def test_staff_who_edit_meanwhile_are_told_of_the_conflict(
    event: Event, staff: User, guests: list[Invitation]
) -> None:
    before = event.version
    cancel_event(event=event, by=staff)
    assert event.version == Event.objects.get(pk=event.pk).version == before + 1


def test_what_waits_is_taken_back_and_its_guests_hear_nothing(event: Event, staff: User) -> None:
    recipients = preflight(event, Criteria(people="a@x.example\nb@x.example")).recipients
    first, _second = invite(event=event, recipients=recipients, by=staff)
    rule = ReminderRule.objects.create(event=event, to="silent", anchor="start", days_before=3)
    enqueue(reminder(first, rule))
    Mail.objects.filter(to="b@x.example").update(state="held")
    assert cancel_event(event=event, by=staff) == 0
    assert set(Mail.objects.values_list("state", flat=True)) == {"cancelled"}


@pytest.mark.parametrize(
    ("state", "told"), [("sent", 1), ("uncertain", 1), ("failed", 0), ("stale", 0)]
)
def test_who_counts_as_reached(event: Event, staff: User, state: str, told: int) -> None:
    recipients = preflight(event, Criteria(people="a@x.example")).recipients
    invite(event=event, recipients=recipients, by=staff)
    Mail.objects.update(state=state, sent_at=timezone.now())
    assert cancel_event(event=event, by=staff) == told


def test_a_mail_already_handed_to_the_server_counts_as_reached(event: Event, staff: User) -> None:
    recipients = preflight(event, Criteria(people="a@x.example")).recipients
    invite(event=event, recipients=recipients, by=staff)
    now = timezone.now()
    Mail.objects.update(state="claimed", lease_until=now, handed_over_at=now)
    assert cancel_event(event=event, by=staff) == 1


def test_who_answered_by_phone_is_told_although_the_mail_failed(event: Event, staff: User) -> None:
    recipients = preflight(event, Criteria(people="a@x.example")).recipients
    (guest,) = invite(event=event, recipients=recipients, by=staff)
    Mail.objects.update(state="failed")
    answer(invitation=guest, choice="no", by=staff, channel="phone")
    assert cancel_event(event=event, by=staff) == 1


def test_withdrawn_guests_hear_nothing(event: Event, staff: User, guests: list[Invitation]) -> None:
    withdraw(invitation=guests[0], by=staff)
    assert cancel_event(event=event, by=staff) == 3
