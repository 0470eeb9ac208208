"""Questions to cities and their answers go after two years; the last ones stay."""

from __future__ import annotations

import pytest

from partnerships.models import Confirmation, ConfirmationRequest
from privacy import purge

from .stored import asked_and_answered
from .test_purge import NOW, ago

pytestmark = pytest.mark.django_db


def test_the_last_question_and_answer_of_a_city_stay() -> None:
    asked_and_answered(ago(731))
    counts = purge.run(at=NOW)
    assert (counts["partnerships.questions"], counts["partnerships.answers"]) == (1, 1)
    assert ConfirmationRequest.objects.get().email == "amt2@stadt.example"
    names = Confirmation.objects.order_by("pk").values_list("name", "office")
    assert list(names) == [("", "Amt"), ("Person 2", "Amt")]


def test_questions_and_answers_stay_for_two_years() -> None:
    asked_and_answered(ago(729))
    counts = purge.run(at=NOW)
    assert (counts["partnerships.questions"], counts["partnerships.answers"]) == (0, 0)
