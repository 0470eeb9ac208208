"""Who comes to the pages of reviewers: people in the list of reviewers; for others none exist."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from accounts.models import User
from partnerships.models import City

from .. import actors
from ..actors import Actor
from ..models import Application, Review, Reviewer
from ..states import State
from . import conflicts, sight
from .sight import Sight

UNSURE = _("You have asked the staff whether there is a conflict of interest.")
TO_DO = {
    Review.State.ASSIGNED: _("Please declare about conflicts of interest."),
    Review.State.OPEN: _("Your review is awaited."),
    Review.State.DONE: _("Your review is handed in."),
}
_CHECKED = _("The staff still check it. You can begin when they have finished.")
ELSEWHERE = {
    State.DRAFT: _CHECKED,
    State.CHECKING: _CHECKED,
    State.INFORMATION: _("The cities are asked for more information. You can go on afterwards."),
}
View = Callable[..., HttpResponse]
PageView = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class OwnCase:
    """One case as its reviewer sees it; ``is_closed`` for a case of their own city."""

    review: Review
    sees: Sight
    is_closed: bool = False

    @property
    def application(self) -> Application:
        return self.review.application

    @property
    def cities(self) -> list[City]:
        """Empty as long as they are hidden."""
        if self.sees < Sight.CASE:
            return []
        return [party.city for party in self.application.parties.all()]

    @property
    def standing(self) -> Any:
        """Where the case stands for the reviewer, and what is to do."""
        if self.is_closed:
            return _("It is a case of your own city, so you do not review it.")
        if self.review.state == Review.State.RECUSED:
            return _("You have a conflict of interest. You see the title only.")
        state = State(self.application.state)
        if state == State.REVIEWING:
            unsure = self.review.is_unsure
            return UNSURE if unsure else TO_DO[Review.State(self.review.state)]
        return ELSEWHERE.get(state, _("The review is over."))

    @property
    def actor(self) -> Actor:
        return actors.of_reviewer(self.review)


@dataclass(frozen=True)
class Desk:
    """A reviewer at work; ``own_cities`` are keys of cities whose cases are closed to them."""

    user: User
    own_cities: frozenset[int]

    def case(self, review: Review) -> OwnCase:
        """Needs the review's application with its parties."""
        is_own = sight.is_own_city(review.application, self.own_cities)
        return OwnCase(review, sight.of_review(review, is_own_city=is_own), is_own)


def reviewer_page(view: View) -> PageView:
    """Call ``view(request, desk, …)`` for active reviewers; everybody else gets a 404."""

    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return view(request, desk_of(request.user), **kwargs)

    wrapped.for_reviewers = True  # type: ignore[attr-defined]
    return never_cache(wrapped)


def review_page(view: View) -> PageView:
    """Call ``view(request, case)`` for the reviewer of the case that the address names.

    A case of their own city does not exist for them.
    """

    @reviewer_page
    @wraps(view)
    def wrapped(request: HttpRequest, desk: Desk, ref: str) -> HttpResponse:
        reviews = with_case().filter(reviewer=desk.user)
        review = get_object_or_404(reviews, application__ref=ref)
        case = desk.case(review)
        if case.is_closed:
            raise Http404("a case of their own city")
        return view(request, case)

    return wrapped


def desk_of(user: Any) -> Desk:
    if not Reviewer.objects.filter(user=user, is_active=True).exists():
        raise Http404("no reviewer")
    return Desk(user, conflicts.own_cities(user))


def with_case() -> Any:
    """Reviews with all that decides what of the case may be seen."""
    cases = Review.objects.select_related("application__call", "reviewer", "submission")
    return cases.prefetch_related("application__parties__city")
