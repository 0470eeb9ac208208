"""This room's blocks on the staff's page of one case."""

from __future__ import annotations

from typing import Any

from accounts.models import User

from ..models import Application
from ..moments import last_minute
from ..policies import Action, Who, may
from ..sections import parties_of
from ..staff_page import Block
from . import rules, standing
from .forms import AskForm, ExtendForm, ReasonForm
from .questions import question_of

_STAFF = (Who.STAFF,)


def eligibility(application: Application, user: User) -> dict[str, Any]:
    """Each rule of the call: passed, failed or to be looked at, and why."""
    return {"results": [(one, "") for one in rules.check(application)]}


def handing_in(application: Application, user: User) -> dict[str, Any]:
    """Stamps, versions, the open question, and the forms that fit the state."""
    question = question_of(application)
    deadline = application.deadline()
    can_waive = may(Action.WAIVE, application, _STAFF)
    return {
        "stamps": [
            (one, _waiver(one) if can_waive and one.is_needed else None)
            for one in standing.stamps(application)
        ],
        "versions": application.submissions.defer("content"),
        "question": question,
        "opened": standing.opened(question, parties_of(application)) if question else [],
        "until": last_minute(deadline, application.call) if deadline else "",
        "extending": ExtendForm() if may(Action.EXTEND, application, _STAFF) else None,
        "asking": AskForm(application=application)
        if may(Action.ASK, application, _STAFF)
        else None,
        "can_go_on": question is not None and may(Action.GO_ON, application, _STAFF),
    }


def _waiver(stamp: standing.Stamp) -> ReasonForm | None:
    """The form that does without a city's stamp; none is needed while one stands."""
    return None if stamp.standing else ReasonForm(prefix=f"waive-{stamp.party.pk}")


BLOCKS = (
    Block("exchanges/staff/_rules.html", 15, eligibility),
    Block("exchanges/staff/_handing_in.html", 30, handing_in),
)
