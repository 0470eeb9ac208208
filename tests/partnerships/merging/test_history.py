"""What happened with a doubled entry stays readable at the one it was merged into."""

from __future__ import annotations

import pytest

from journal.operations import record
from partnerships.merging.history import history_of
from partnerships.models import Partnership
from tests import factories as make

from .doubled import merged, two_partnerships

pytestmark = pytest.mark.django_db


def test_the_history_of_the_merged_entry_is_read_with_the_other() -> None:
    kept, other = two_partnerships()
    for one in (kept, other):
        record("partnerships.listed", one)
    merged(kept, other)
    verbs = [entry.verb for entry in history_of(kept)]
    assert verbs == ["partnerships.merged", "partnerships.listed", "partnerships.listed"]


def test_what_happened_within_the_merged_entry_is_there_too() -> None:
    kept, other = two_partnerships()
    topic_round = make.make_revealed_round(other)
    record("partnerships.focus_empty", topic_round, within=other)
    merged(kept, other)
    assert history_of(kept).filter(verb="partnerships.focus_empty").count() == 1


def test_the_history_of_others_is_not() -> None:
    kept, other = two_partnerships()
    record("partnerships.listed", other)
    assert list(history_of(kept)) == []
    assert history_of(Partnership.objects.get(pk=other.pk)).count() == 1
