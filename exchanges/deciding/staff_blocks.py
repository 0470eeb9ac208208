"""This room's blocks on the staff's page of one case."""

from __future__ import annotations

from typing import Any

from accounts.models import User

from .. import actors
from ..models import Application
from ..policies import Action
from ..staff_page import Block
from .forms import AnswerForm, TickForm


def decision(application: Application, user: User) -> dict[str, Any]:
    """The draft or the decisions so far, conditions to tick, complaints to answer."""
    by = actors.of_staff(user)
    decisions = application.decisions.prefetch_related("conditions__met_by", "complaints__party")
    return {
        "decisions": decisions.select_related("drafted_by", "released_by"),
        "may_decide": by.may(Action.DRAFT_DECISION, application),
        "ticking": TickForm() if by.may(Action.TICK, application) else None,
        "answering": AnswerForm() if by.may(Action.ANSWER_COMPLAINT, application) else None,
    }


BLOCKS = (Block("exchanges/staff/_decision.html", 60, decision),)
