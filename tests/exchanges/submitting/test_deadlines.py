"""When a call ends, to the second: local midnight, changes of the clock, grace, extensions."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from exchanges.models import Application, Call
from tests.exchanges.scenes import make_call

from .cases import hand_in, ready, refusal

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


def application(closes: dt.date, **call: Any) -> Application:
    """Ready to hand in, in a call with that last day."""
    values = {
        "opens_on": closes - dt.timedelta(days=60),
        "closes_on": closes,
        "travel_from": closes + dt.timedelta(days=60),
        "travel_until": closes + dt.timedelta(days=200),
    }
    return ready(call=make_call(**{**values, **call}))


def outcome(found: Application, at: dt.datetime) -> str:
    """``in``, or why not; the clock on the wall shows something else."""
    with time_machine.travel(at + dt.timedelta(hours=3), tick=False):
        try_it = lambda: hand_in(found, at=at)  # noqa: E731
        if found.accepts(at):
            try_it()
            return "in"
        return ",".join(refusal(try_it))


#: The last day in the call's zone, and the first moment that is too late, by hand in UTC.
MIDNIGHTS = [
    ("Europe/Berlin", dt.date(2027, 2, 15), "2027-02-15T23:00:00+00:00"),
    ("Europe/Berlin", dt.date(2027, 6, 30), "2027-06-30T22:00:00+00:00"),
    # The day on which the clock goes forward ends an hour earlier in UTC, and back again.
    ("Europe/Berlin", dt.date(2027, 3, 28), "2027-03-28T22:00:00+00:00"),
    ("Europe/Berlin", dt.date(2027, 3, 27), "2027-03-27T23:00:00+00:00"),
    ("Europe/Berlin", dt.date(2027, 10, 31), "2027-10-31T23:00:00+00:00"),
    ("Europe/Berlin", dt.date(2027, 10, 30), "2027-10-30T22:00:00+00:00"),
    ("America/New_York", dt.date(2027, 3, 14), "2027-03-15T04:00:00+00:00"),
    ("Europe/London", dt.date(2027, 10, 31), "2027-11-01T00:00:00+00:00"),
]


@pytest.mark.parametrize(("zone", "closes", "late"), MIDNIGHTS)
def test_the_last_second_of_the_day_is_in_midnight_is_not(
    zone: str, closes: dt.date, late: str
) -> None:
    end = dt.datetime.fromisoformat(late)
    draft = application(closes, time_zone=zone)
    assert outcome(draft, end) == "too_late"
    assert outcome(draft, end - SECOND) == "in"


def test_the_call_opens_at_local_midnight() -> None:
    draft = application(dt.date(2027, 3, 31), opens_on=dt.date(2027, 3, 28))
    begin = dt.datetime(2027, 3, 28, tzinfo=ZoneInfo("Europe/Berlin"))
    assert outcome(draft, begin - SECOND) == "not_open"
    assert outcome(draft, begin) == "in"


def test_the_grace_period_counts_and_ends() -> None:
    draft = application(dt.date(2027, 2, 15), grace_minutes=30)
    end = dt.datetime(2027, 2, 15, 23, 30, tzinfo=dt.UTC)
    assert outcome(draft, end) == "too_late"
    assert outcome(draft, end - SECOND) == "in"


def test_nobody_is_told_of_the_grace_period() -> None:
    draft = application(dt.date(2027, 2, 15), grace_minutes=30)
    with pytest.raises(Exception, match=r"15\. Februar 2027, 23:59 Uhr \(Berlin\)"):
        hand_in(draft, at=dt.datetime(2027, 2, 16, tzinfo=dt.UTC))


def test_an_extension_of_one_draft_counts_for_it_alone() -> None:
    draft = application(dt.date(2027, 2, 15))
    other = ready(call=draft.call)
    end = dt.datetime(2027, 2, 20, 12, tzinfo=dt.UTC)
    draft.extended_until, draft.extended_because = end, "Krankheit"
    draft.save()
    assert outcome(other, end - SECOND) == "too_late"
    assert outcome(draft, end) == "too_late"
    assert outcome(draft, end - SECOND) == "in"


def test_what_is_late_stays_a_draft_with_all_its_text() -> None:
    draft = application(dt.date(2027, 2, 15))
    texts = list(draft.sections.values_list("key", "content"))
    assert outcome(draft, dt.datetime(2027, 3, 1, tzinfo=dt.UTC)) == "too_late"
    draft.refresh_from_db()
    assert (draft.state, list(draft.sections.values_list("key", "content"))) == ("draft", texts)


def test_a_rolling_call_has_no_end() -> None:
    draft = application(dt.date(2027, 2, 15), closes_on=None)
    assert outcome(draft, dt.datetime(2027, 8, 1, tzinfo=dt.UTC)) == "in"


def test_a_cancelled_call_takes_nothing() -> None:
    draft = application(dt.date(2027, 2, 15))
    Call.objects.update(state="cancelled")
    draft.call.refresh_from_db()
    assert outcome(draft, dt.datetime(2027, 2, 1, tzinfo=dt.UTC)) == "too_late"
