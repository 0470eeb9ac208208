"""Merging writes only what the drill with hostile senders lets the staff write."""

from __future__ import annotations

import pytest

from partnerships.merging import operations
from tests import factories as make
from tests.cast import STAFF, STRANGER
from tests.drills.may import Sender
from tests.drills.rights import forbidden
from tests.drills.write_log import Change, WriteLog

from .doubled import (
    hang_everything_on,
    hang_everything_on_partnership,
    merged,
    two_partnerships,
)

pytestmark = pytest.mark.django_db


def written(*, takes_back: bool) -> tuple[Sender, list[Change]]:
    """What somebody of the staff writes who merges everything there is, or takes that back."""
    staff, cities = make.make_staff(), (make.make_city(), make.make_city())
    partnerships = two_partnerships(state="active")
    hang_everything_on(cities[1])
    hang_everything_on_partnership(partnerships[1])
    log = WriteLog()
    with log.kept():
        done = [merged(*pair, by=staff) for pair in (cities, partnerships)]
    if takes_back:
        log = WriteLog()
        with log.kept():
            for merge in reversed(done):
                operations.undo(merge=merge, by=staff)
    return Sender(STAFF, staff), log.changes()


@pytest.mark.parametrize("takes_back", [False, True])
def test_the_staff_may_write_all_that_merging_writes(takes_back: bool) -> None:
    sender, changes = written(takes_back=takes_back)
    assert len(changes) > 10
    assert [str(one) for one in forbidden(changes, sender)] == []


def test_strangers_may_write_none_of_it() -> None:
    _sender, changes = written(takes_back=False)
    assert forbidden(changes, Sender(STRANGER)) == changes
