"""Calls open and close by themselves, at local midnight."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from exchanges.models import Call
from tests.factories import make_staff, make_user

from .scenes import make_application, make_call

pytestmark = pytest.mark.django_db
DAY = dt.date(2027, 3, 28)  # the night before it Berlin's clocks go forward


def one_day_call(**extra: object) -> Call:
    return make_call(opens_on=DAY, closes_on=DAY, **extra)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2027-03-27T22:59:59+00:00", False),
        ("2027-03-27T23:00:00+00:00", True),  # midnight in winter time
        ("2027-03-28T21:59:59+00:00", True),
        ("2027-03-28T22:00:00+00:00", False),  # midnight in summer time: a day of 23 hours
    ],
)
def test_a_call_of_one_day_is_open_from_midnight_to_midnight(moment: str, is_open: bool) -> None:
    assert one_day_call().is_open(dt.datetime.fromisoformat(moment)) is is_open


def test_the_zone_of_the_call_counts() -> None:
    call = one_day_call(time_zone="America/New_York")
    assert call.is_open(dt.datetime(2027, 3, 29, 3, 59, tzinfo=dt.UTC))
    assert not call.is_open(dt.datetime(2027, 3, 29, 4, 0, tzinfo=dt.UTC))


def test_the_grace_period_counts_and_nobody_sees_it() -> None:
    call = one_day_call(grace_minutes=30)
    late = dt.datetime(2027, 3, 28, 22, 29, 59, tzinfo=dt.UTC)
    assert (call.is_open(late), call.accepts(late)) == (False, True)
    assert not call.accepts(late + dt.timedelta(seconds=1))


def test_nothing_is_accepted_before_the_first_day_whatever_the_grace() -> None:
    call = one_day_call(grace_minutes=60)
    assert not call.accepts(dt.datetime(2027, 3, 27, 22, 59, tzinfo=dt.UTC))


def test_a_rolling_call_stays_open() -> None:
    call = make_call(opens_on=DAY, closes_on=None)
    assert call.closes_at is None
    assert call.accepts(dt.datetime(2037, 1, 1, tzinfo=dt.UTC))


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_what_is_not_published_accepts_nothing(state: str) -> None:
    assert not one_day_call(state=state).accepts(dt.datetime(2027, 3, 28, 12, tzinfo=dt.UTC))


def test_a_granted_extension_reopens_one_application_only() -> None:
    call = one_day_call()
    at = dt.datetime(2027, 4, 1, tzinfo=dt.UTC)
    granted = make_application(call=call, extended_until=at + dt.timedelta(days=1))
    other = make_application(call=call)
    assert (granted.accepts(at), other.accepts(at)) == (True, False)
    assert granted.deadline() == at + dt.timedelta(days=1)
    assert other.deadline() == call.closes_at


def test_a_rolling_call_has_no_deadline() -> None:
    assert make_application(call=make_call(closes_on=None)).deadline() is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"opens_on": DAY, "closes_on": DAY - dt.timedelta(days=1)},
        {"travel_from": DAY, "travel_until": DAY - dt.timedelta(days=1)},
        {"min_days": 4, "max_days": 3},
    ],
)
def test_the_database_refuses_rules_that_contradict_themselves(wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_call(**wrong)


def test_a_published_call_needs_both_languages() -> None:
    with pytest.raises(ValidationError) as refusal:
        make_call(title_en="").clean()
    assert refusal.value.code == "language"
    make_call(title_en="", state="draft").clean()


def test_drafts_are_for_the_staff() -> None:
    make_call(state="draft")
    make_call(state="cancelled")
    assert Call.objects.visible_to(make_user()).count() == 1
    assert Call.objects.visible_to(make_staff()).count() == 2


def test_markdown_is_rendered_when_saved_and_scripts_are_not() -> None:
    call = make_call(text_de="**Neu** <script>x</script>", text_en="*New*")
    assert "<strong>Neu</strong>" in call.text_html_de
    assert "<script" not in call.text_html_de
    assert call.text_html_en == "<p><em>New</em></p>\n"
