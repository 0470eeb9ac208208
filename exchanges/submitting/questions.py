"""The staff's question that waits for an answer, and what its end means for the case."""

from __future__ import annotations

import datetime as dt

from .. import states
from ..models import Application, InformationRequest
from ..states import State


def question_of(application: Application) -> InformationRequest | None:
    """The question that waits for an answer."""
    return application.questions.filter(answered_at__isnull=True).first()


def close(question: InformationRequest, application: Application, at: dt.datetime) -> None:
    """The case goes on where it stood, later by the days it waited; the caller saves it."""
    question.answered_at = at
    question.save()
    states.move(application, State(question.returns_to))
    if application.answer_due_on:
        application.answer_due_on += max(at - question.asked_at, dt.timedelta())
