"""The pages of reviewers: their list, one case, and what they do with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ..models import Review
from ..policies import Action
from . import conflicts, operations, others, reading, sight, standings
from .door import Desk, OwnCase, review_page, reviewer_page, with_case
from .forms import DeclarationForm, NoteForm, ReviewForm, StepBackForm
from .operations import Choice
from .sight import Sight


@reviewer_page
@require_safe
def reviews(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Everything one is asked to review: what waits comes first, of that what is due first."""
    mine = with_case().filter(reviewer=desk.user).order_by("due_on", "pk")
    cases = [desk.case(review) for review in mine]
    cases.sort(key=lambda one: not _is_waiting(one))
    waiting = [one for one in cases if _is_waiting(one)]
    calls = {one.application.call for one in cases if one.review.is_done}
    context = {
        "cases": [(one, sight.title_of(one.application)) for one in cases],
        "waiting": len(waiting),
        "calls": sorted(calls, key=str),
    }
    return render(request, "exchanges/reviewing/reviews.html", context)


@review_page
@require_safe
def review(request: HttpRequest, case: OwnCase) -> HttpResponse:
    """One case, as far as its reviewer may see it."""
    return _page(request, case)


@review_page
@require_POST
def declare(request: HttpRequest, case: OwnCase) -> HttpResponse:
    form = DeclarationForm(request.POST, is_unsure=case.review.is_unsure)
    if not form.is_valid():
        return _page(request, case, declaration=form)
    choice = Choice(form.cleaned_data["choice"])
    try:
        operations.declare(
            review=case.review, choice=choice, reason=form.cleaned_data["reason"], by=case.actor
        )
    except ValidationError as refusal:
        if case.actor.may(Action.DECLARE, case.application):
            form.add_error("reason" if refusal.code == "reason" else None, refusal)
            return _page(request, case, declaration=form)
        messages.info(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Thank you, your declaration is recorded."))
    return _back(case)


@review_page
@require_POST
def step_back(request: HttpRequest, case: OwnCase) -> HttpResponse:
    _ask_for(case, Sight.CASE)
    form = StepBackForm(request.POST)
    if not form.is_valid():
        return _page(request, case, stepping_back=form)
    try:
        operations.step_back(review=case.review, reason=form.cleaned_data["reason"], by=case.actor)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _page(request, case, stepping_back=form)
    messages.success(request, _("You no longer review this case."))
    return _back(case)


@review_page
@require_POST
def save(request: HttpRequest, case: OwnCase) -> HttpResponse:
    """Keep the draft."""
    return _write(request, case, operations.save_draft, _("Your draft is saved."))


@review_page
@require_POST
def hand_in(request: HttpRequest, case: OwnCase) -> HttpResponse:
    return _write(request, case, operations.hand_in, _("Your review is handed in. Thank you!"))


@review_page
@require_POST
def discuss(request: HttpRequest, case: OwnCase) -> HttpResponse:
    _ask_for(case, Sight.OTHERS)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, case, note=form)
    try:
        operations.discuss(
            application=case.application, text=form.cleaned_data["text"], by=case.actor
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _page(request, case, note=form)
    messages.success(request, _("Your note is there for the panel."))
    return _back(case)


def _is_waiting(case: OwnCase) -> bool:
    """Whether it is the reviewer's turn."""
    declares = case.actor.may(Action.DECLARE, case.application) and not case.review.is_unsure
    writes = case.actor.may(Action.REVIEW, case.application) and not case.review.is_done
    return (declares or writes) and not case.is_closed


def _write(request: HttpRequest, case: OwnCase, operation: Any, done: str) -> HttpResponse:
    _ask_for(case, Sight.CASE)
    form = _form(case, request.POST)
    if not form.is_valid():
        return _page(request, case, form=form)
    try:
        operation(
            review=form.save(commit=False),
            scores=form.scores,
            read=form.cleaned_data["read"],
            by=case.actor,
        )
    except ValidationError as refusal:
        form.refuse(refusal)
        return _page(request, case, form=form)
    messages.success(request, done)
    return _back(case)


def _ask_for(case: OwnCase, sees: Sight) -> None:
    """What one does not see, one cannot work on."""
    if case.sees < sees:
        raise Http404("nothing to be done here")


def _form(case: OwnCase, data: Any = None) -> ReviewForm:
    stored = Review.objects.get(pk=case.review.pk)
    version = reading.newest(case.application)
    return ReviewForm(
        data,
        instance=stored,
        criteria=list(case.application.call.criteria.all()),
        scores=standings.scores_of([stored.pk])[stored.pk],
        newest=version.pk if version else None,
    )


def _back(case: OwnCase) -> HttpResponse:
    return redirect("exchanges:review", case.application.ref)


def _page(request: HttpRequest, case: OwnCase, **forms: Any) -> HttpResponse:
    """``forms`` are those that were sent and refused."""
    context = {"case": case, "review": case.review, "title": sight.title_of(case.application)}
    if case.sees < Sight.CASE:
        context |= _before(case)
    else:
        context |= _reading(case)
    return render(request, "exchanges/reviewing/review.html", {**context, **forms})


def _before(case: OwnCase) -> dict[str, Any]:
    """The declaration, with hints that name no city; nothing of the case but its title."""
    if not case.actor.may(Action.DECLARE, case.application):
        return {}
    cities = conflicts.cities_of(case.application)
    hints = conflicts.hints([case.review.reviewer], cities)[case.review.reviewer_id]
    return {
        "declaration": DeclarationForm(is_unsure=case.review.is_unsure),
        "hints": dict.fromkeys(hint.for_person for hint in hints),
    }


def _reading(case: OwnCase) -> dict[str, Any]:
    """The case, one's own review, and the others' once one's own is handed in."""
    version = reading.newest(case.application)
    found: dict[str, Any] = {
        "application": case.application,
        "version": version,
        "parts": reading.parts(version) if version else [],
    }
    if case.actor.may(Action.REVIEW, case.application):
        found |= {"form": _form(case), "stepping_back": StepBackForm()}
    if case.sees >= Sight.OTHERS:
        found["comparison"] = others.comparison(case.application)
        found["note"] = NoteForm()
    return found
