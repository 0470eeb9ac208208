from __future__ import annotations

import datetime as dt

import pytest

from partnerships.models import ContactWish
from partnerships.personal_data import forget_old_wishes
from tests.factories import make_city, make_wish

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2027, 3, 17, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(("days", "left"), [(730, 1), (731, 0)])
@pytest.mark.parametrize(
    ("state", "moment"), [("declined", "answered_at"), ("withdrawn", "ended_at")]
)
def test_wishes_to_talk_that_came_to_nothing_go_after_two_years(
    days: int, left: int, state: str, moment: str
) -> None:
    then, long_ago = NOW - dt.timedelta(days=days), NOW - dt.timedelta(days=9999)
    make_wish(make_city(), make_city(), state=state, **{moment: then})
    make_wish(make_city(), make_city(), state="accepted", answered_at=long_ago)
    assert forget_old_wishes(NOW, dry_run=True) == 1 - left
    assert ContactWish.objects.count() == 2
    assert forget_old_wishes(NOW, dry_run=False) == 1 - left
    assert ContactWish.objects.count() == 1 + left
