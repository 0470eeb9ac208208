"""A call whose 200 applications have four reviews each, for the panel's table."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from exchanges.models import (
    Application,
    BudgetLine,
    Call,
    Criterion,
    Review,
    Reviewer,
    Score,
)
from partnerships.models import Partnership

CASES, REVIEWS, CRITERIA = 200, 4, 4


def review_table() -> Call:
    """A call with everything the table reads; the same scores on every run."""
    today, now = timezone.localdate(), timezone.now()
    call = Call.objects.create(
        slug="bench",
        state="published",
        title_de="Fachaustausch",
        title_en="Expert exchange",
        opens_on=today,
        travel_from=today,
        travel_until=today + dt.timedelta(days=200),
        budget=400_000,
        trips=120,
    )
    criteria = [
        Criterion.objects.create(call=call, name_de=f"K{n}", name_en=f"C{n}", weight=n + 1)
        for n in range(CRITERIA)
    ]
    cases = _cases(call, now)
    reviews = Review.objects.bulk_create(
        Review(application=case, reviewer=one, state="done", declared_at=now, done_at=now)
        for case in cases
        for one in _people()
    )
    Score.objects.bulk_create(
        Score(review=review, criterion=one, value=(step * 7 + place * 3) % 5 + 1)
        for step, review in enumerate(reviews)
        for place, one in enumerate(criteria)
    )
    return call


def _cases(call: Call, at: dt.datetime) -> list[Application]:
    partnership = Partnership.objects.order_by("pk")[0]
    cases = Application.objects.bulk_create(
        Application(
            ref=f"bench-{step:03}",
            call=call,
            partnership=partnership,
            state="reviewing",
            title=f"Wasser und Hitze in der Stadt {step}",
            submitted_at=at,
        )
        for step in range(CASES)
    )
    BudgetLine.objects.bulk_create(
        BudgetLine(application=case, kind=kind, persons=2, units=1, price=Decimal(900 + step))
        for step, case in enumerate(cases)
        for kind in ("travel", "nights")
    )
    return cases


def _people() -> list[User]:
    emails = [f"reviewer{number}@panel.example" for number in range(REVIEWS)]
    found = User.objects.filter(email__in=emails)
    if not found.exists():
        User.objects.bulk_create(User(email=email, password="!") for email in emails)
        Reviewer.objects.bulk_create(Reviewer(user=one) for one in found.all())
    return list(found.all())
