"""Who may do what with an application, in which state: one table.

``Who`` is what somebody is to one application; a person may be several at once. Pages answer
404 to whoever may not even read; operations call ``check`` and refuse.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partnerships.models import Membership
from partnerships.policies import May

from .models import Application, Review
from .states import State, not_now


class Who(Enum):
    """What somebody is to an application."""

    LEAD_READ = "reads for the submitting city"
    LEAD_EDIT = "edits for the submitting city"
    LEAD_SIGN = "signs for the submitting city"
    PARTNER_READ = "reads for a partner city"
    PARTNER_EDIT = "edits for a partner city, also by link"
    PARTNER_SIGN = "signs for a partner city, also by link"
    REVIEWER = "reviews it"
    DECLARING = "is asked to review it and has not declared conflicts yet"
    RECUSED = "may not review it"
    STAFF = "runs the programme"


class Action(Enum):
    """What can be done with an application."""

    READ = "read"
    EDIT = "edit a section"
    SEND_LINK = "send the partner a link"
    SIGN = "sign for the city"
    SUBMIT = "hand in"
    DISCARD = "delete the draft"
    WITHDRAW = "withdraw"
    WAIVE = "do without a city's sign-off"
    EXTEND = "extend the deadline"
    ASK = "ask for information"
    GO_ON = "go on without an answer"
    START_REVIEW = "pass the formal check"
    ASSIGN = "assign reviewers"
    DECLARE = "declare conflicts of interest"
    STEP_BACK = "notice a conflict of interest later"
    REVIEW = "write a review"
    DISCUSS = "discuss"
    DRAFT_DECISION = "draft the decision"
    RELEASE = "release the decision"
    TICK = "tick off a condition"
    COMPLAIN = "complain"
    ANSWER_COMPLAINT = "answer a complaint"
    TRANSFER = "hand the case to a colleague"


_ALL = frozenset(State)
_WRITING = frozenset({State.DRAFT, State.INFORMATION})
_OPEN = frozenset({State.DRAFT, State.CHECKING, State.INFORMATION, State.REVIEWING, State.RESERVE})
_CITIES_READ = frozenset({Who.LEAD_READ, Who.PARTNER_READ})
_CITIES_EDIT = frozenset({Who.LEAD_EDIT, Who.PARTNER_EDIT})
_CITIES_SIGN = frozenset({Who.LEAD_SIGN, Who.PARTNER_SIGN})
_STAFF = frozenset({Who.STAFF})
_DECIDED_WELL = frozenset({State.APPROVED, State.CONDITIONS})

#: Action → in which states, by whom. Whatever is not here is refused.
TABLE: dict[Action, tuple[frozenset[State], frozenset[Who]]] = {
    Action.READ: (_ALL, _CITIES_READ | _STAFF),
    Action.EDIT: (_WRITING, _CITIES_EDIT),
    Action.SEND_LINK: (_WRITING, frozenset({Who.LEAD_EDIT})),
    Action.SIGN: (_WRITING, _CITIES_SIGN),
    Action.SUBMIT: (_WRITING, frozenset({Who.LEAD_EDIT, Who.LEAD_SIGN})),
    Action.DISCARD: (frozenset({State.DRAFT}), frozenset({Who.LEAD_EDIT})),
    Action.WITHDRAW: (
        (_OPEN | _DECIDED_WELL) - {State.DRAFT},
        frozenset({Who.LEAD_SIGN}),
    ),
    Action.WAIVE: (_WRITING, _STAFF),
    Action.EXTEND: (frozenset({State.DRAFT}), _STAFF),
    Action.ASK: (frozenset({State.CHECKING, State.REVIEWING}), _STAFF),
    Action.GO_ON: (frozenset({State.INFORMATION}), _STAFF),
    Action.START_REVIEW: (frozenset({State.CHECKING}), _STAFF),
    Action.ASSIGN: (frozenset({State.CHECKING, State.REVIEWING}), _STAFF),
    Action.DECLARE: (frozenset({State.REVIEWING}), frozenset({Who.DECLARING})),
    Action.STEP_BACK: (frozenset({State.REVIEWING}), frozenset({Who.REVIEWER})),
    Action.REVIEW: (frozenset({State.REVIEWING}), frozenset({Who.REVIEWER})),
    Action.DISCUSS: (frozenset({State.REVIEWING}), frozenset({Who.REVIEWER, Who.STAFF})),
    Action.DRAFT_DECISION: (frozenset({State.REVIEWING, State.RESERVE}), _STAFF),
    Action.RELEASE: (frozenset({State.REVIEWING, State.RESERVE}), _STAFF),
    Action.TICK: (frozenset({State.CONDITIONS}), _STAFF),
    Action.COMPLAIN: (frozenset({State.DECLINED, State.RESERVE, State.CONDITIONS}), _CITIES_SIGN),
    Action.ANSWER_COMPLAINT: (
        frozenset({State.DECLINED, State.RESERVE, State.CONDITIONS, State.APPROVED}),
        _STAFF,
    ),
    Action.TRANSFER: (_OPEN | _DECIDED_WELL, _STAFF),
}
_OF_LEAD = {May.READ: Who.LEAD_READ, May.EDIT: Who.LEAD_EDIT, May.SIGN: Who.LEAD_SIGN}
_OF_PARTNER = {
    May.READ: Who.PARTNER_READ,
    May.EDIT: Who.PARTNER_EDIT,
    May.SIGN: Who.PARTNER_SIGN,
}
_OF_REVIEW = {
    Review.State.ASSIGNED: Who.DECLARING,
    Review.State.OPEN: Who.REVIEWER,
    Review.State.DONE: Who.REVIEWER,
    Review.State.RECUSED: Who.RECUSED,
}


def in_city(roles: Iterable[str], *, is_lead: bool) -> frozenset[Who]:
    """What somebody with these roles in one of the cities is to the application."""
    held = list(roles)
    named = _OF_LEAD if is_lead else _OF_PARTNER
    return frozenset(who for may, who in named.items() if may.granted_to(held))


def by_link(*, may_sign: bool) -> frozenset[Who]:
    """What the holder of a partner city's link is."""
    signs = {Membership.Role.SIGNATORY} if may_sign else set()
    return in_city({Membership.Role.EDITOR, *signs}, is_lead=False)


def link_may(may: May, *, may_sign: bool) -> bool:
    """Whether a partner city's link opens a page that asks for ``may``."""
    return _OF_PARTNER.get(may) in by_link(may_sign=may_sign)


def by_review(state: str) -> frozenset[Who]:
    """What somebody is whose review is in that state."""
    return frozenset({_OF_REVIEW[Review.State(state)]})


def may(action: Action, application: Application, who: Iterable[Who]) -> bool:
    """Whether one of ``who`` may do it in the application's present state."""
    states, allowed = TABLE[action]
    return application.state in states and not allowed.isdisjoint(who)


def check(action: Action, application: Application, who: Iterable[Who]) -> None:
    """Refuse what the table does not allow.

    Raises ``ValidationError``: ``not_yours`` for the wrong person, ``not_now`` for the wrong
    state.
    """
    check_person(action, who)
    if application.state not in TABLE[action][0]:
        raise not_now(application)


def check_person(action: Action, who: Iterable[Who]) -> None:
    """Refuse whoever may do it in no state; raises ``ValidationError``: ``not_yours``."""
    if TABLE[action][1].isdisjoint(who):
        raise ValidationError(_("You may not do this with this application."), code="not_yours")
