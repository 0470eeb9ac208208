"""A call whose 200 applications have four reviews each, and 2,000 cases in every state."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from exchanges.models import (
    Application,
    ApplicationParty,
    BudgetLine,
    Call,
    Criterion,
    Review,
    Reviewer,
    Score,
)
from partnerships.models import Partnership

CASES, REVIEWS, CRITERIA = 200, 4, 4
ALL_CASES = 2_000
STATES = ("checking", "information", "reviewing", "reserve", "approved", "declined")


def review_table() -> Call:
    """A call with everything the table reads; the same scores on every run."""
    today, now = timezone.localdate(), timezone.now()
    call = _call("bench", today)
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


def fill_pipeline() -> None:
    """So many cases with two cities each that there are 2,000 with those of the panel's table."""
    today, now = timezone.localdate(), timezone.now()
    call = _call("bench-round", today)
    partnerships = list(Partnership.objects.prefetch_related("parties").order_by("pk")[:50])
    cases = Application.objects.bulk_create(
        Application(
            ref=f"round-{step:04}",
            call=call,
            partnership=partnerships[step % len(partnerships)],
            state=STATES[step % len(STATES)],
            title=f"Wasser und Hitze in der Stadt {step}",
            submitted_at=now,
            answer_due_on=today + dt.timedelta(days=step % 90),
        )
        for step in range(ALL_CASES - CASES)
    )
    ApplicationParty.objects.bulk_create(
        ApplicationParty(application=case, city_id=party.city_id, is_lead=order == 0, order=order)
        for case in cases
        for order, party in enumerate(case.partnership.parties.all())
    )


def _call(slug: str, today: dt.date) -> Call:
    return Call.objects.create(
        slug=slug,
        state="published",
        title_de="Fachaustausch",
        title_en="Expert exchange",
        opens_on=today,
        travel_from=today,
        travel_until=today + dt.timedelta(days=200),
        budget=400_000,
        trips=120,
    )


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
