from __future__ import annotations

import datetime as dt
import logging

import pytest
from django.utils import timezone

from events.models import Event, Reminder, ReminderRule
from events.operations import remind
from events.reminding_plan import due_at, useful_until
from journal.models import Entry
from mailing.models import Mail
from tests.events.test_reminding_plan import delivered, rule_for
from tests.factories import make_event, make_invitation, make_pool

pytestmark = pytest.mark.django_db

MINUTE = dt.timedelta(minutes=1)


def reminders() -> list[str]:
    return list(Reminder.objects.values_list("state", flat=True))


def test_nothing_goes_out_before_the_time() -> None:
    event = make_event()
    delivered(event)
    rule = rule_for(event)
    assert remind(at=due_at(rule) - MINUTE) == 0
    assert Mail.objects.filter(kind="events.reminder").count() == 0


def test_the_silent_are_reminded_once_however_often_the_clock_ticks() -> None:
    event = make_event()
    guest = delivered(event)
    rule = rule_for(event)
    assert [remind(at=due_at(rule) + n * MINUTE) for n in range(3)] == [1, 0, 0]
    mail = Mail.objects.get(kind="events.reminder")
    assert (mail.key, mail.to) == (f"events.reminder:{guest.pk}:{rule.pk}:1", guest.email)
    assert reminders() == ["sent"]


def test_a_tick_that_waited_for_another_finds_the_rule_settled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The question without the lock may be out of date; the one under it decides."""
    event = make_event()
    delivered(event)
    rule = rule_for(event, settled_version=event.anchor_version)
    assert remind(at=due_at(rule)) == 0
    monkeypatch.setattr("events.operations.reminding._has_work", lambda rule, at: True)
    assert remind(at=due_at(rule)) == 0
    ReminderRule.objects.update(settled_version=0)  # negative control: an open rule has work
    assert remind(at=due_at(rule)) == 1


def test_a_missed_tick_heals_within_the_window() -> None:
    event = make_event()
    delivered(event)
    assert remind(at=useful_until(rule_for(event))) == 1


def test_after_the_window_a_reminder_is_noted_as_missed_and_not_sent() -> None:
    event = make_event()
    delivered(event)
    rule = rule_for(event)
    assert [remind(at=useful_until(rule) + n * MINUTE) for n in (1, 2)] == [0, 0]
    assert reminders() == ["missed"]
    assert Mail.objects.filter(kind="events.reminder").count() == 0
    assert Entry.objects.get().facts == {"count": 1}


def test_a_rule_made_after_its_window_misses_nobody() -> None:
    event = make_event()
    delivered(event)
    rule = rule_for(event)
    until = useful_until(rule)
    ReminderRule.objects.update(created_at=until + MINUTE)
    assert remind(at=until + 2 * MINUTE) == 0
    assert reminders() == []


def test_a_window_without_anybody_left_is_settled_in_silence() -> None:
    event = make_event()
    rule = rule_for(event)
    remind(at=useful_until(rule) + MINUTE)
    rule.refresh_from_db()
    assert (rule.settled_version, Entry.objects.count()) == (1, 0)


def test_moving_the_event_makes_the_rule_due_again() -> None:
    event = make_event()
    delivered(event)
    rule = rule_for(event)
    remind(at=due_at(rule))
    week = dt.timedelta(days=7)
    Event.objects.update(
        starts_at=event.starts_at + week,
        ends_at=event.ends_at + week,
        answer_by=event.answer_by + week,
        anchor_version=2,
    )
    rule = ReminderRule.objects.select_related("event").get()
    assert [remind(at=due_at(rule)), remind(at=due_at(rule) + MINUTE)] == [1, 0]
    assert Mail.objects.filter(key__endswith=f":{rule.pk}:2").count() == 1


def test_nobody_gets_more_reminders_than_the_limit() -> None:
    event = make_event(reminder_limit=1)
    delivered(event)
    first, second = rule_for(event, days_before=7), rule_for(event, days_before=3)
    assert [remind(at=due_at(first)), remind(at=due_at(second))] == [1, 0]


def test_the_coming_are_reminded_before_the_start() -> None:
    event = make_event()
    pool = make_pool(event)
    make_invitation(event, choice="room", seat="confirmed", pool=pool, answered_at=timezone.now())
    rule = rule_for(event, to="coming", anchor="start", days_before=1)
    assert remind(at=due_at(rule)) == 1


@pytest.mark.parametrize(
    "change", [{"state": "cancelled"}, {"state": "draft"}], ids=["cancelled", "draft"]
)
def test_an_event_that_is_not_published_reminds_nobody(change: dict) -> None:
    event = make_event(**change)
    delivered(event)
    assert remind(at=due_at(rule_for(event))) == 0


def test_an_inactive_rule_reminds_nobody() -> None:
    event = make_event()
    delivered(event)
    assert remind(at=due_at(rule_for(event, is_active=False))) == 0


def test_one_broken_rule_does_not_stop_the_others(caplog: pytest.LogCaptureFixture) -> None:
    broken = make_event()
    delivered(broken)
    broken_rule = rule_for(broken)
    Event.objects.filter(pk=broken.pk).update(time_zone="Nowhere/Atall")
    event = make_event()
    delivered(event)
    with caplog.at_level(logging.ERROR):
        assert remind(at=due_at(rule_for(event))) == 1
    assert f"reminder rule {broken_rule.pk} failed" in caplog.text
