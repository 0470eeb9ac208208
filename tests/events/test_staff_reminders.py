"""What goes out when, as staff see it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Event, Reminder, ReminderRule
from tests.factories import make_event, make_invitation, make_invitation_mail

from .page_addresses import address

pytestmark = pytest.mark.django_db


def url(event: Event) -> str:
    return address("reminders", event.slug)


def make_rule(event: Event, days: int = 7, **extra: Any) -> ReminderRule:
    values = {"to": "silent", "anchor": "deadline", "days_before": days}
    return ReminderRule.objects.create(event=event, **{**values, **extra})


def invited_long_ago(event: Event) -> None:
    long_ago = timezone.now() - dt.timedelta(days=30)
    make_invitation_mail(make_invitation(event, created_at=long_ago))


@pytest.mark.parametrize("number", [1, 3])
def test_a_rule_more_costs_a_fixed_number_of_queries_whatever_the_guests(
    staff_client: Client, django_assert_num_queries: Any, number: int
) -> None:
    event = make_event()
    make_rule(event)
    for _ in range(number):
        invited_long_ago(event)
    staff_client.get(url(event))
    with django_assert_num_queries(7):
        page = staff_client.get(url(event))
    assert [row.count for row in page.context["rows"]] == [number]


def test_times_are_local_to_the_event_and_name_their_zone(staff_client: Client) -> None:
    start = dt.datetime(2030, 7, 20, 18, 0, tzinfo=dt.UTC)
    event = make_event(
        starts_at=start,
        ends_at=start + dt.timedelta(hours=2),
        answer_by=start - dt.timedelta(days=10),
        time_zone="America/New_York",
    )
    make_rule(event, days=3)
    (row,) = staff_client.get(url(event)).context["rows"]
    assert (row.due, row.until) == (
        "Sunday, 7 July 2030, 9:00 am (New York, EDT)",
        "Tuesday, 9 July 2030, 9:00 am (New York, EDT)",
    )


def test_whom_a_reminder_skips_is_counted_with_the_reason(staff_client: Client) -> None:
    event = make_event()
    make_rule(event)
    invited_long_ago(event)
    make_invitation(event, created_at=timezone.now() - dt.timedelta(days=30))
    (row,) = staff_client.get(url(event)).context["rows"]
    assert (row.count, [count for _reason, count in row.skipped]) == (1, [1])
    assert row.skipped[0][0] in staff_client.get(url(event)).content.decode()


def test_a_missed_reminder_is_shown_as_such_and_stays_unsent(staff_client: Client) -> None:
    event = make_event(answer_by=timezone.now() - dt.timedelta(days=1))
    rule = make_rule(event)
    Reminder.objects.create(
        rule=rule,
        invitation=make_invitation(event),
        anchor_version=1,
        due_at=timezone.now(),
        state="missed",
    )
    (row,) = staff_client.get(url(event)).context["rows"]
    assert (row.state, row.kind, row.count) == ("missed, not sent", "danger", 1)
    assert Reminder.objects.get().state == "missed"


def test_a_rule_that_is_off_and_one_that_is_planned_are_told_apart(staff_client: Client) -> None:
    event = make_event()
    make_rule(event, days=8, is_active=False)
    make_rule(event, days=7)
    rows = staff_client.get(url(event)).context["rows"]
    assert [row.state for row in rows] == ["switched off", "planned"]


def test_without_rules_the_page_says_so(staff_client: Client) -> None:
    text = staff_client.get(url(make_event())).content.decode()
    assert "This event has no reminder rules yet." in text


@pytest.mark.parametrize(("days", "words"), [(1, "1 Tag"), (7, "7 Tage")])
def test_a_rule_says_its_days_in_words_in_the_administration_too(days: int, words: str) -> None:
    rule = ReminderRule(to="silent", anchor="deadline", days_before=days)
    assert str(rule) == f"Eingeladene ohne Antwort, {words} vor der Antwortfrist"
