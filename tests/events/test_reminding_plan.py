from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from events.models import Event, Invitation, Reminder, ReminderRule
from events.reminding_plan import due_at, plan, sort_out, useful_until
from mailing.models import BlockedAddress
from tests.factories import make_event, make_invitation, make_mail, make_pool

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")


def rule_for(event: Event, **extra: object) -> ReminderRule:
    values = {"to": "silent", "anchor": "deadline", "days_before": 7, "at_time": dt.time(9)}
    return ReminderRule.objects.create(event=event, **{**values, **extra})


def delivered(event: Event, **extra: object) -> Invitation:
    """A silent guest whose invitation arrived ten days ago."""
    long_ago = timezone.now() - dt.timedelta(days=10)
    guest = make_invitation(event, created_at=long_ago, **extra)
    make_mail(kind="events.invitation", about=guest, state="sent", sent_at=long_ago)
    return guest


def event_at(local: str, zone: str = "Europe/Berlin", **extra: object) -> Event:
    start = dt.datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone))
    return make_event(
        starts_at=start, ends_at=start + dt.timedelta(hours=2), time_zone=zone, **extra
    )


def test_a_rule_is_due_at_its_wall_time_across_the_change_to_summer_time() -> None:
    event = event_at("2027-04-01T14:00", answer_by=None)
    rule = rule_for(event, anchor="start", days_before=7)
    assert due_at(rule).astimezone(BERLIN).isoformat() == "2027-03-25T09:00:00+01:00"
    naive = event.starts_at.astimezone(dt.UTC).replace(hour=7) - dt.timedelta(days=7)
    assert naive.astimezone(BERLIN).hour == 8


def test_a_time_that_does_not_exist_moves_forward() -> None:
    event = event_at("2027-03-29T14:00", answer_by=None)
    rule = rule_for(event, anchor="start", days_before=1, at_time=dt.time(2, 30))
    assert due_at(rule).astimezone(BERLIN).isoformat() == "2027-03-28T03:30:00+02:00"


def test_of_a_time_that_comes_twice_the_first_counts() -> None:
    event = event_at("2027-11-01T14:00", answer_by=None)
    rule = rule_for(event, anchor="start", days_before=1, at_time=dt.time(2, 30))
    assert due_at(rule).isoformat() == "2027-10-31T00:30:00+00:00"


def test_the_day_is_counted_in_the_events_zone() -> None:
    event = event_at("2027-03-16T21:00", "America/Los_Angeles", answer_by=None)
    rule = rule_for(event, anchor="start", days_before=1)
    local = due_at(rule).astimezone(ZoneInfo("America/Los_Angeles"))
    assert local.isoformat() == "2027-03-15T09:00:00-07:00"


def test_a_reminder_is_useful_for_its_hours_but_never_after_the_anchor() -> None:
    event = event_at("2027-06-10T10:00", answer_by=None)
    early = rule_for(event, anchor="start", days_before=7, useful_for_hours=48)
    same_day = rule_for(event, anchor="start", days_before=0, useful_for_hours=48)
    assert useful_until(early) - due_at(early) == dt.timedelta(hours=48)
    assert useful_until(same_day) == event.starts_at


def test_silent_guests_with_a_delivered_invitation_are_chosen() -> None:
    event = make_event()
    guest = delivered(event)
    chosen, left_out = sort_out(rule_for(event))
    assert (chosen, dict(left_out)) == ([guest], {})


def test_who_answered_or_was_withdrawn_is_not_spoken_to() -> None:
    event = make_event()
    delivered(event, choice="no", answered_at=timezone.now())
    delivered(event, withdrawn_at=timezone.now())
    chosen, left_out = sort_out(rule_for(event))
    assert (chosen, dict(left_out)) == ([], {})


def test_everyone_left_out_is_counted_under_a_reason() -> None:
    event = make_event(reminder_limit=1)
    rule = rule_for(event)
    late, undelivered, blocked, tired, reminded = (delivered(event) for _ in range(5))
    Invitation.objects.filter(pk=late.pk).update(created_at=due_at(rule))
    make_mail(kind="events.invitation", about=undelivered)
    undelivered_mails = type(make_mail()).objects.about(undelivered)
    undelivered_mails.update(state="failed")
    BlockedAddress.objects.create(email=blocked.email, reason="bounced")
    other = rule_for(event, days_before=14)
    note = {"anchor_version": 1, "due_at": timezone.now(), "state": "sent"}
    Reminder.objects.create(rule=other, invitation=tired, **note)
    Reminder.objects.create(rule=rule, invitation=reminded, **note)
    chosen, left_out = sort_out(rule)
    assert chosen == []
    assert dict(left_out) == {
        "late": 1,
        "not_delivered": 1,
        "blocked": 1,
        "limit": 1,
        "reminded": 1,
    }


def test_the_coming_are_chosen_unless_they_confirmed_just_before() -> None:
    event = make_event()
    pool = make_pool(event)
    rule = rule_for(event, to="coming", anchor="start", days_before=1)
    seat = {"choice": "room", "seat": "confirmed", "pool": pool}
    early = make_invitation(event, answered_at=timezone.now(), **seat)
    make_invitation(event, answered_at=due_at(rule), **seat)
    chosen, left_out = sort_out(rule)
    assert (chosen, dict(left_out)) == ([early], {"late": 1})


@pytest.mark.parametrize(("guests", "queries"), [(1, 4), (3, 4)])
def test_the_plan_takes_the_same_queries_for_any_number_of_guests(
    guests: int, queries: int, django_assert_num_queries
) -> None:
    event = make_event()
    rule_for(event)
    for _ in range(guests):
        delivered(event)
    plan(event, timezone.now())
    with django_assert_num_queries(queries):
        assert plan(event, timezone.now())[0].count == guests


def test_the_plan_names_each_state_a_rule_can_be_in() -> None:
    event = make_event()
    guest = delivered(event)
    rule = rule_for(event)
    due, until = due_at(rule), useful_until(rule)
    hour = dt.timedelta(hours=1)
    assert plan(event, due - hour)[0].state == "planned"
    assert plan(event, due)[0].state == "due"
    assert plan(event, until + hour)[0].state == "done"
    note = {"anchor_version": 1, "due_at": due, "invitation": guest, "rule": rule}
    reminder = Reminder.objects.create(state="sent", **note)
    assert (plan(event, due)[0].state, plan(event, due)[0].count) == ("done", 1)
    Reminder.objects.filter(pk=reminder.pk).update(state="missed")
    assert (plan(event, until + hour)[0].state, plan(event, due)[0].count) == ("missed", 1)
    ReminderRule.objects.update(is_active=False)
    assert (plan(event, due)[0].state, plan(event, due)[0].count) == ("off", 0)


def test_the_plan_is_sorted_by_due_time() -> None:
    event = make_event()
    later = rule_for(event, days_before=1)
    earlier = rule_for(event, days_before=10)
    assert [row.rule for row in plan(event, timezone.now())] == [earlier, later]
