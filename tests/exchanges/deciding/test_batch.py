"""Releasing the drafts of a call together."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import F

from exchanges.deciding import batch, operations
from exchanges.deciding.operations.drafting import Wording
from exchanges.models import Application, Decision, Letter
from mailing.models import Mail
from tests.exchanges.scenes import as_staff, make_call

from .scenes import draft, make_case

pytestmark = pytest.mark.django_db


def test_a_dry_run_says_what_would_happen_and_changes_nothing() -> None:
    call, me = make_call(four_eyes_above=3_000), as_staff()
    mine = draft(make_case(call=call), by=me)
    other = draft(make_case(call=call))
    undated = draft(make_case(call=call))
    Application.objects.filter(pk=undated.application_id).update(ends_on=None)
    silent = draft(make_case(call=call), reason=Wording())
    draft(make_case())
    found = {item.decision.pk: item.is_ready for item in batch.dry_run(call, me)}
    assert found == {mine.pk: False, other.pk: True, undated.pk: False, silent.pk: False}
    assert not Letter.objects.exists()
    assert not Decision.objects.filter(released_at__isnull=False).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_dry_run_takes_three_queries(django_assert_num_queries: Any, count: int) -> None:
    call, me = make_call(), as_staff()
    for _ in range(count):
        draft(make_case(call=call))
    with django_assert_num_queries(3):
        assert len(batch.dry_run(call, me)) == count


def test_what_is_refused_stays_a_draft_and_stops_nobody() -> None:
    call, me = make_call(four_eyes_above=0), as_staff()
    mine, other = draft(make_case(call=call), by=me), draft(make_case(call=call))
    done = batch.release_all([(mine, mine.version), (other, other.version)], me)
    assert [item.is_ready for item in done] == [False, True]
    assert "Somebody else" in done[0].refusal or "jemand anders" in done[0].refusal
    assert Decision.objects.filter(released_at__isnull=False).get() == other


def test_a_machine_that_stops_half_way_leaves_whole_decisions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    call, me = make_call(), as_staff()
    chosen = [(one, one.version) for one in [draft(make_case(call=call)) for _ in range(3)]]
    release, calls = operations.release, []

    def dies_at_the_second(**values: Any) -> Decision:
        calls.append(values)
        released = release(**values)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return released

    monkeypatch.setattr(operations, "release", dies_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        batch.release_all(chosen, me)
    released = Decision.objects.filter(released_at__isnull=False)
    assert set(Letter.objects.values_list("decision", flat=True)) == set(
        released.values_list("pk", flat=True)
    )
    decided = Application.objects.filter(state=F("decisions__outcome"))
    assert decided.count() == released.count() == 2
    assert Mail.objects.count() == 4
