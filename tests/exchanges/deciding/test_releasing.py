"""Releasing a decision: state, letters, mails and trip belong together."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from exchanges.deciding import operations
from exchanges.deciding.operations.drafting import Wording
from exchanges.models import Application, Decision, Letter, Trip
from mailing.models import Mail
from tests.exchanges.scenes import as_office, as_staff, make_call

from .scenes import decided, draft, in_days, make_case, verdict

pytestmark = pytest.mark.django_db


def release(decision: Decision, **extra: Any) -> Decision:
    values: dict[str, Any] = {"seen_version": decision.version, "by": as_staff()}
    return operations.release(decision=decision, **{**values, **extra})


def refused(decision: Decision, **extra: Any) -> str:
    """The code of the refusal; nothing may have happened."""
    with pytest.raises(ValidationError) as refusal:
        release(decision, **extra)
    assert not Letter.objects.exists()
    assert not Mail.objects.exists()
    assert Application.objects.get().state == "reviewing"
    return str(refusal.value.code)


@pytest.mark.parametrize("outcome", ["approved", "conditions", "reserve", "declined"])
def test_a_decision_moves_the_case_and_writes_to_every_city(outcome: str) -> None:
    application = decided(outcome)
    decision = application.decisions.get()
    assert application.state == outcome
    letters = list(Letter.objects.order_by("party__order"))
    assert [(one.party.order, one.language) for one in letters] == [(0, "de"), (1, "en")]
    keys = [f"exchanges.decision:{decision.pk}:{one.party_id}:" for one in letters]
    mails = list(Mail.objects.order_by("pk"))
    assert [mail.key.rpartition(":")[0] + ":" for mail in mails] == keys
    assert [mail.language for mail in mails] == ["de", "en"]


@pytest.mark.parametrize(("outcome", "trips"), [("approved", 1), ("conditions", 1), ("reserve", 0)])
def test_an_approved_visit_becomes_a_trip(outcome: str, trips: int) -> None:
    application = decided(outcome)
    assert Trip.objects.count() == trips
    for trip in Trip.objects.all():
        dates = (application.starts_on, application.ends_on, in_days(application, 42))
        assert (trip.starts_on, trip.ends_on, trip.report_due_on) == dates
        assert trip.destination == application.destination


def test_a_virtual_exchange_needs_no_dates_and_becomes_no_trip() -> None:
    application = make_case(format="virtual")
    Application.objects.update(starts_on=None, ends_on=None)
    release(draft(application))
    assert Application.objects.get().state == "approved"
    assert not Trip.objects.exists()


def test_a_trip_without_dates_is_refused() -> None:
    application = make_case()
    Application.objects.update(starts_on=None)
    assert refused(draft(application)) == "dates"


@pytest.mark.parametrize(("limit", "needs_two"), [(3_999, True), (4_000, False)])
def test_above_the_call_s_sum_the_author_does_not_release(limit: int, needs_two: bool) -> None:
    author = as_staff()
    decision = draft(make_case(call=make_call(four_eyes_above=limit)), by=author)
    if needs_two:
        assert refused(decision, by=author) == "four_eyes"
        release(decision, by=as_staff())
    else:
        release(decision, by=author)
    assert Application.objects.get().state == "approved"


def test_the_last_author_counts() -> None:
    """Negative control of four eyes: whoever rewrote the draft is its author."""
    first, second = as_staff(), as_staff()
    application = make_case(call=make_call(four_eyes_above=0))
    decision = draft(application, by=first)
    decision = operations.draft_decision(
        application=application, verdict=verdict(), seen_version=decision.version, by=second
    )
    assert refused(decision, by=second) == "four_eyes"
    release(decision, by=first)


def test_a_draft_that_changed_since_it_was_read_is_not_released() -> None:
    decision = draft(make_case())
    assert refused(decision, seen_version=decision.version + 1) == "conflict"


def test_a_draft_that_was_thrown_away_is_gone() -> None:
    decision = draft(make_case())
    Decision.objects.all().delete()
    assert refused(decision) == "gone"


def test_a_replayed_release_changes_nothing() -> None:
    application = decided()
    decision = application.decisions.get()
    assert release(decision) == decision
    assert (Letter.objects.count(), Mail.objects.count(), Trip.objects.count()) == (2, 2, 1)


def test_from_the_reserve_list_a_second_decision_approves() -> None:
    application = decided("reserve", call=make_call(four_eyes_above=9_000))
    second = draft(application)
    assert second.number == 2
    release(second)
    application.refresh_from_db()
    assert application.state == "approved"
    assert [one.outcome for one in application.decisions.all()] == ["approved", "reserve"]
    assert (Letter.objects.count(), Trip.objects.count()) == (4, 1)


def test_a_place_on_the_reserve_list_can_be_confirmed() -> None:
    application = decided("reserve")
    release(draft(application, "reserve", rank=2))
    application.refresh_from_db()
    assert (application.state, application.decisions.count()) == ("reserve", 2)


def test_what_cannot_be_decided_any_more_is_not_released() -> None:
    application = make_case()
    decision = draft(application)
    Application.objects.update(state="withdrawn")
    with pytest.raises(ValidationError) as refusal:
        release(decision)
    assert refusal.value.code == "not_now"
    assert not Letter.objects.exists()


def test_a_city_releases_nothing() -> None:
    application = make_case()
    assert refused(draft(application), by=as_office(application)) == "not_yours"


def test_a_letter_that_says_nothing_is_not_sent() -> None:
    assert refused(draft(make_case(), reason=Wording())) == "empty"
    assert not Decision.objects.get().is_released
