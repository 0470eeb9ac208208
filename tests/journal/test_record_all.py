"""Many entries at once, with the same care as one."""

from __future__ import annotations

from typing import Any

import pytest

from journal.models import Entry
from journal.operations import record_all
from tests.factories import make_partnership

pytestmark = pytest.mark.django_db


def test_each_thing_gets_its_own_entry_by_the_portal() -> None:
    things = [make_partnership(), make_partnership()]
    record_all("partnerships.listed", things, round=1)
    written = Entry.objects.order_by("about_id").values_list("about_id", "actor", "facts")
    assert list(written) == [(thing.pk, "system", {"round": 1}) for thing in things]


def test_an_unregistered_verb_is_refused() -> None:
    with pytest.raises(LookupError, match="is not registered"):
        record_all("partnerships.invented", [make_partnership()])
    assert Entry.objects.count() == 0


@pytest.mark.parametrize("number", [1, 3])
def test_entries_are_written_together(number: int, django_assert_num_queries: Any) -> None:
    things = [make_partnership() for _ in range(number)]
    record_all("partnerships.listed", things)
    with django_assert_num_queries(1):
        record_all("partnerships.listed", things)
