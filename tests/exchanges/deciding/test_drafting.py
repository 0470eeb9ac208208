"""Writing a decision down."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from exchanges.deciding import operations
from exchanges.deciding.operations.drafting import Wording
from exchanges.models import Decision
from journal.models import Entry
from mailing.models import Mail
from tests.exchanges.scenes import as_office, as_staff, make_application

from .scenes import CONDITION, decided, draft, make_block, make_case, verdict

pytestmark = pytest.mark.django_db


def test_a_draft_keeps_what_was_decided_and_tells_nobody() -> None:
    application, block, by = make_case(), make_block(), as_staff()
    decision = draft(application, "conditions", by=by, internal_reason="Median 4", blocks=[block])
    assert (decision.number, decision.outcome, decision.amount) == (1, "conditions", 4_000)
    assert (decision.reason_en, decision.internal_reason) == ("The plan is convincing.", "Median 4")
    assert [one.text_de for one in decision.conditions.all()] == [CONDITION[0].de]
    assert list(decision.blocks.all()) == [block]
    assert (decision.drafted_by, decision.is_released) == (by.user, False)
    application.refresh_from_db()
    assert application.state == "reviewing"
    assert not Mail.objects.exists()
    assert Entry.objects.get().verb == "exchanges.decision_drafted"


def test_writing_it_anew_changes_the_same_draft_and_its_author() -> None:
    application, colleague = make_case(), as_staff()
    first = draft(application, "conditions")
    again = operations.draft_decision(
        application=application,
        verdict=verdict("declined"),
        seen_version=first.version,
        by=colleague,
    )
    assert (again.pk, again.outcome, again.amount) == (first.pk, "declined", 0)
    assert again.drafted_by == colleague.user
    assert not again.conditions.exists()


@pytest.mark.parametrize("seen", [None, 99])
def test_a_colleague_s_draft_is_not_overwritten_unseen(seen: int | None) -> None:
    application = make_case()
    draft(application)
    with pytest.raises(ValidationError) as refusal:
        operations.draft_decision(
            application=application, verdict=verdict("declined"), seen_version=seen, by=as_staff()
        )
    assert refusal.value.code == "conflict"
    assert Decision.objects.get().outcome == "approved"


@pytest.mark.parametrize(
    ("outcome", "extra", "field", "code"),
    [
        ("declined", {"reason": Wording()}, "reason_de", "reason"),
        ("reserve", {"reason": Wording()}, "reason_de", "reason"),
        ("declined", {"amount": Decimal(1)}, "amount", "amount"),
        ("conditions", {"conditions": []}, "condition_0_de", "conditions"),
        ("approved", {"conditions": [CONDITION]}, "condition_0_de", "conditions"),
        ("approved", {"rank": 1}, "rank", "rank"),
    ],
)
def test_what_does_not_belong_together_is_refused_beside_its_field(
    outcome: str, extra: dict[str, Any], field: str, code: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        draft(make_case(), outcome, **extra)
    assert {name: [one.code for one in e] for name, e in refusal.value.error_dict.items()} == {
        field: [code]
    }
    assert not Decision.objects.exists()


@pytest.mark.parametrize("state", ["draft", "checking", "information", "declined", "withdrawn"])
def test_only_what_is_under_review_or_in_reserve_is_decided(state: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        draft(make_application(state=state))
    assert refusal.value.code == "not_now"


def test_a_city_decides_nothing() -> None:
    application = make_case()
    with pytest.raises(ValidationError) as refusal:
        draft(application, by=as_office(application))
    assert refusal.value.code == "not_yours"


def test_a_draft_can_be_thrown_away_and_twice_is_fine() -> None:
    decision = draft(make_case())
    for _ in range(2):
        operations.discard_decision(decision=decision, by=as_staff())
    assert not Decision.objects.exists()


def test_what_is_released_cannot_be_thrown_away() -> None:
    decision = decided("reserve").decisions.get()
    with pytest.raises(ValidationError) as refusal:
        operations.discard_decision(decision=decision, by=as_staff())
    assert refusal.value.code == "released"
