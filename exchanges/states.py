"""The states of an application, the moves between them, and what the public word for each is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .models import Application

State = Application.State

#: From which state to which; everything else is refused.
MOVES: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.CHECKING, State.WITHDRAWN}),
    State.CHECKING: frozenset({State.INFORMATION, State.REVIEWING, State.WITHDRAWN}),
    State.INFORMATION: frozenset({State.CHECKING, State.REVIEWING, State.WITHDRAWN}),
    State.REVIEWING: frozenset(
        {
            State.INFORMATION,
            State.APPROVED,
            State.CONDITIONS,
            State.RESERVE,
            State.DECLINED,
            State.WITHDRAWN,
        }
    ),
    State.RESERVE: frozenset({State.APPROVED, State.CONDITIONS, State.DECLINED, State.WITHDRAWN}),
    State.APPROVED: frozenset({State.WITHDRAWN}),
    State.CONDITIONS: frozenset({State.WITHDRAWN}),
    State.DECLINED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
DECIDED = frozenset({State.APPROVED, State.CONDITIONS, State.RESERVE, State.DECLINED})
#: Cases that need nobody's work any more.
CLOSED = frozenset({State.APPROVED, State.CONDITIONS, State.DECLINED, State.WITHDRAWN})
#: Trips that are paid for.
FUNDED = frozenset({State.APPROVED, State.CONDITIONS})


@dataclass(frozen=True)
class PublicState:
    """One of the five states cities read: its word, and who acts next."""

    label: Any
    who_acts: Any


PREPARING = PublicState(_("in preparation"), _("Your cities write and sign the application."))
CHECKED = PublicState(_("being checked"), _("The programme's staff check that it is complete."))
ASKED = PublicState(_("information needed"), _("Your cities answer the staff's question."))
ASSESSED = PublicState(_("being assessed"), _("Reviewers read it, then the programme decides."))
_DECIDED = _("decided")
TRAVELLING = PublicState(
    _DECIDED, _("The decision is in your letter. Next your cities travel and report.")
)
MEETING = PublicState(
    _DECIDED, _("The decision is in your letter. Next your cities meet its conditions.")
)
WAITING = PublicState(
    _DECIDED,
    _("The decision is in your letter. The programme writes to you when money becomes available."),
)
REFUSED = PublicState(_DECIDED, _("The decision is in your letter; nothing is left to do."))
TAKEN_BACK = PublicState(_DECIDED, _("The application is withdrawn; nothing is left to do."))

PUBLIC: dict[State, PublicState] = {
    State.DRAFT: PREPARING,
    State.CHECKING: CHECKED,
    State.INFORMATION: ASKED,
    State.REVIEWING: ASSESSED,
    State.APPROVED: TRAVELLING,
    State.CONDITIONS: MEETING,
    State.RESERVE: WAITING,
    State.DECLINED: REFUSED,
    State.WITHDRAWN: TAKEN_BACK,
}


def move(application: Application, to: State) -> None:
    """Set the state of a locked application; the caller saves it.

    Raises ``ValidationError``: ``not_now`` for a move that is not in the table.
    """
    if to not in MOVES[State(application.state)]:
        raise not_now(application)
    application.state = to


def not_now(application: Application) -> ValidationError:
    """The refusal of what does not fit the present state; its code is ``not_now``."""
    return ValidationError(
        _("This is not possible now: the application is “%(state)s”."),
        code="not_now",
        params={"state": PUBLIC[State(application.state)].label},
    )
