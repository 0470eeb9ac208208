"""A case under review with two reviewers, for the tests of this room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.test import Client
from django.utils import timezone

from accounts.models import User
from exchanges import actors
from exchanges.actors import Actor
from exchanges.models import Application, BudgetLine, Call, Review, Score
from partnerships.models import City
from tests.exchanges.scenes import (
    complete,
    make_application,
    make_call,
    make_review,
    make_reviewer,
    make_submission,
)

SECRET = "geheimnisvoll"


def make_case(*cities: City, state: str = "reviewing", **extra: Any) -> Application:
    """A handed-in application with one frozen version."""
    application = complete(make_application(*cities, state=state, **extra))
    make_submission(application, content=content(application, aim=SECRET))
    return application


def content(application: Application, *, aim: str) -> dict[str, Any]:
    """What ``exchanges.submitting.parts`` freezes, as far as these tests read it."""
    parties = application.parties.select_related("city")
    cities = [
        {"party": one.pk, "shown": {"de": one.city.name_de, "en": one.city.name_en}}
        for one in parties
    ]
    lines = [{"kind": "travel", "persons": 2, "units": 1, "price": "900.00", "text": "Flug"}]
    pieces = {
        "purpose": {"part": "purpose", "party": None, "texts": {"aim": aim}},
        "budget": {
            "part": "budget",
            "party": cities[0]["party"],
            "texts": {},
            "lines": lines,
            "own_share": "300.00",
        },
    }
    return {"ref": application.ref, "cities": cities, "pieces": pieces}


def make_done(
    application: Application, *values: int | None, reviewer: User | None = None, **extra: Any
) -> Review:
    """A handed-in review with scores for the call's criteria, in their order."""
    extra = {"recommendation": "yes", "done_at": timezone.now(), **extra}
    review = make_review(application, reviewer, state="done", **extra)
    for criterion, value in zip(application.call.criteria.all(), values, strict=False):
        Score.objects.create(review=review, criterion=criterion, value=value)
    return review


def make_open(application: Application, reviewer: User | None = None, **extra: Any) -> Review:
    return make_review(application, reviewer, state="open", **extra)


def by(review: Review) -> Actor:
    """The reviewer of a review, as it stands now."""
    return actors.of_reviewer(Review.objects.select_related("reviewer").get(pk=review.pk))


def scores(application: Application, *values: int | None) -> Mapping[int, int | None]:
    criteria = application.call.criteria.all()
    return {one.pk: value for one, value in zip(criteria, values, strict=False)}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def in_days(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def make_round(number: int, reviews: int, **extra: Any) -> Call:
    """A call with so many scored cases, the first of them the best."""
    call = make_call(budget=10_000, trips=5, **extra)
    people = [make_reviewer() for _ in range(reviews)]
    for step in range(number):
        case = make_application(
            call=call, state="reviewing", title=f"Fall {step + 1}", submitted_at=timezone.now()
        )
        BudgetLine.objects.create(application=case, kind="travel", persons=2, price=1_000)
        for person in people:
            make_done(case, max(5 - step, 1), max(5 - step, 1), reviewer=person)
    return call
