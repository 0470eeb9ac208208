"""The cases the staff see in one list: where each stands, who acts next, what is due when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from ..models import (
    Application,
    ApplicationParty,
    Complaint,
    Condition,
    Decision,
    InformationRequest,
    Review,
)
from ..reviewing import sight
from ..states import CLOSED, State

PER_PAGE = 50


@dataclass(frozen=True)
class Step:
    """What happens next, in words; ``is_ours`` says that the staff do it."""

    label: Any
    is_ours: bool = False


@dataclass(frozen=True)
class Row:
    """One case in the list; ``due_on`` is the day of the next step, whoever takes it."""

    application: Application
    title: str
    cities: str
    state: Any
    step: Step
    due_on: dt.date | None
    is_late: bool


def cases() -> QuerySet[Application]:
    """All cases with what rows and tasks ask for, the most urgent first.

    Drafts come after what waits for the staff, then the reserve list and conditions to be met,
    and last what is done.
    What is asked for is looked up for the rows of a page alone, however many cases there are.
    """
    question = InformationRequest.objects.filter(
        application=OuterRef("pk"), answered_at__isnull=True
    )
    reviews = Review.objects.filter(application=OuterRef("pk"))
    conditions = _open_conditions().filter(decision__application=OuterRef("pk"))
    decisions = Decision.objects.filter(application=OuterRef("pk"), released_at__isnull=True)
    complaints = Complaint.objects.filter(
        decision__application=OuterRef("pk"), answered_at__isnull=True
    )
    found = Application.objects.select_related("call", "partnership", "handled_by")
    return (
        found.annotate(
            asked_until=Subquery(question.values("due_on")[:1]),
            has_reviewers=Exists(reviews),
            waits_for_review=Exists(reviews.filter(state__in=["assigned", "open"])),
            has_draft_decision=Exists(decisions),
            has_open_complaint=Exists(complaints),
            has_open_condition=Exists(conditions),
            condition_due=Subquery(
                conditions.filter(due_on__isnull=False).order_by("due_on").values("due_on")[:1]
            ),
        )
        .prefetch_related(Prefetch("parties", ApplicationParty.objects.select_related("city")))
        .alias(
            rest=Case(
                When(_done(), then=2),
                When(_quiet({State.RESERVE, State.CONDITIONS}), then=1),
                default=0,
            )
        )
        .order_by("rest", F("answer_due_on").asc(nulls_last=True), "-created_at", "-pk")
    )


def needing_work(found: QuerySet[Application]) -> QuerySet[Application]:
    """Those of ``cases()`` that somebody has to work on: no drafts, and of the closed ones only
    where a complaint waits for its answer or a condition is open.
    """
    return found.exclude(_done()).exclude(state=State.DRAFT)


def _quiet(states: Collection[State]) -> Q:
    """In one of these states, and no complaint waits for its answer."""
    complaints = Complaint.objects.filter(answered_at__isnull=True)
    return Q(state__in=states) & ~Q(pk__in=complaints.values("decision__application"))


def _done() -> Q:
    """Closed, and neither a complaint nor a condition is open."""
    conditions = _open_conditions().values("decision__application")
    return _quiet(CLOSED) & ~Q(state=State.CONDITIONS, pk__in=conditions)


def _open_conditions() -> QuerySet[Condition]:
    """Of released decisions, and not met yet."""
    return Condition.objects.filter(decision__released_at__isnull=False, met_at__isnull=True)


def row_of(application: Any, on: dt.date) -> Row:
    """A row of ``cases()`` as the list shows it on a day."""
    due_on = due(application)
    return Row(
        application=application,
        title=application.name,
        cities=" – ".join(party.city.name for party in application.parties.all()),
        state=State(application.state).label,
        step=next_step(application),
        due_on=due_on,
        is_late=due_on is not None and due_on < on,
    )


def closed_row(application: Any) -> Row:
    """A row for somebody of the staff who is recused: they read the title and nothing else."""
    return Row(application, sight.title_of(application), "–", "–", RECUSED, None, is_late=False)


def recused(found: Iterable[Application], user: User) -> set[int]:
    """Those of the cases from which somebody is recused, by their keys; one query."""
    keys = [one.pk for one in found]
    mine = Review.objects.filter(reviewer=user, state=Review.State.RECUSED, application__in=keys)
    return set(mine.values_list("application", flat=True))


def due(application: Any) -> dt.date | None:
    """The day by which the next step is to be taken, where there is one."""
    state = State(application.state)
    if state == State.INFORMATION:
        return application.asked_until
    if state == State.CONDITIONS:
        return application.condition_due
    if state in (State.CHECKING, State.REVIEWING):
        return application.answer_due_on
    if state == State.DRAFT:
        deadline = application.deadline()
        return deadline.astimezone(application.call.zone).date() if deadline else None
    return None


def next_step(application: Any) -> Step:
    """What happens next and whose turn it is; a row of ``cases()``."""
    if application.has_open_complaint:
        return Step(_("Answer a complaint"), is_ours=True)
    if application.has_draft_decision:
        return Step(_("Read and release the decision"), is_ours=True)
    if application.state == State.CONDITIONS and application.has_open_condition:
        return Step(_("Cities meet conditions"))
    return _STEPS.get(State(application.state)) or _of_review(application)


def _of_review(application: Any) -> Step:
    if State(application.state) != State.REVIEWING:
        return NOTHING
    if not application.has_reviewers:
        return Step(_("Assign reviewers"), is_ours=True)
    if application.waits_for_review:
        return Step(_("Reviewers read"))
    return Step(_("Draft the decision"), is_ours=True)


NOTHING = Step(_("Nothing"))
RECUSED = Step(_("Others decide: you have a conflict of interest"))
_STEPS = {
    State.DRAFT: Step(_("Cities write and sign")),
    State.CHECKING: Step(_("Check formally"), is_ours=True),
    State.INFORMATION: Step(_("Cities answer a question")),
    State.RESERVE: Step(_("Waits on the reserve list")),
}
