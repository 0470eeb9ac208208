"""Deadlines stand on the reader's own clock first."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone, translation

from exchanges.models import Call
from exchanges.moments import last_minute, moment

END = dt.datetime(2027, 2, 15, 23, tzinfo=dt.UTC)  # midnight in Berlin


@pytest.mark.parametrize(
    ("zone", "language", "said"),
    [
        ("Europe/Berlin", "de", "15. Februar 2027, 23:59 Uhr (Berlin)"),
        ("Europe/Vienna", "de", "15. Februar 2027, 23:59 Uhr (Berlin)"),
        ("America/New_York", "de", "15. Februar 2027, 17:59 Uhr (New York; in Berlin 23:59 Uhr)"),
        ("America/New_York", "en", "15 February 2027, 5:59 p.m. (New York; in Berlin 11:59 p.m.)"),
        ("Europe/London", "en", "15 February 2027, 10:59 p.m. (London; in Berlin 11:59 p.m.)"),
        (
            "Pacific/Auckland",
            "en",
            "16 February 2027, 11:59 a.m. (Auckland; in Berlin 15 February 2027, 11:59 p.m.)",
        ),
    ],
)
def test_the_reader_s_own_time_comes_first(zone: str, language: str, said: str) -> None:
    with translation.override(language), timezone.override(zone):
        assert last_minute(END, Call(time_zone="Europe/Berlin")) == said


def test_the_clocks_of_that_day_count() -> None:
    """New York changes its clocks two weeks before Berlin."""
    at = dt.datetime(2027, 3, 20, 22, tzinfo=dt.UTC)
    with translation.override("en"), timezone.override("America/New_York"):
        assert moment(at, Call(time_zone="Europe/Berlin")) == (
            "20 March 2027, 6:00 p.m. (New York; in Berlin 11:00 p.m.)"
        )
