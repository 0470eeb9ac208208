"""Rows of exchanges for tests: every ``make_*`` fills what a test does not care about."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.utils import timezone

from accounts.models import User
from exchanges import actors
from exchanges.actors import Actor
from exchanges.models import (
    Application,
    ApplicationParty,
    BudgetLine,
    Call,
    Complaint,
    Condition,
    Criterion,
    DailyRate,
    Decision,
    Host,
    InformationRequest,
    Leg,
    Letter,
    LetterBlock,
    ProgrammeSlot,
    Review,
    Reviewer,
    Section,
    SignOff,
    Submission,
    TravelFactor,
    Traveller,
    WorkLink,
)
from exchanges.submitting.parts import fingerprint
from partnerships.models import City, Membership, Partnership
from tests.factories import (
    make_city,
    make_department,
    make_membership,
    make_partner_city,
    make_partnership,
    make_position,
    make_staff,
    make_user,
)

_number = count(1)


def make_call(**extra: Any) -> Call:
    """A published call that has been open for a month and stays so for another."""
    today = timezone.localdate()
    values: dict[str, Any] = {
        "slug": f"call-{next(_number)}",
        "state": "published",
        "title_de": "Fachaustausch",
        "title_en": "Expert exchange",
        "opens_on": today - dt.timedelta(days=30),
        "closes_on": today + dt.timedelta(days=30),
        "travel_from": today + dt.timedelta(days=60),
        "travel_until": today + dt.timedelta(days=240),
        "budget": 50_000,
        "trips": 20,
        "most_per_trip": 6_000,
    }
    call = Call.objects.create(**{**values, **extra})
    for order, (name_de, name_en) in enumerate([("Wirkung", "Effect"), ("Nutzen", "Benefit")]):
        Criterion.objects.create(call=call, name_de=name_de, name_en=name_en, order=order)
    return call


def make_application(
    *cities: City, partnership: Partnership | None = None, **extra: Any
) -> Application:
    """A draft of the first city with the others as partners; no section is written."""
    if partnership is None:
        cities = cities or (make_city(), make_partner_city())
        partnership = make_partnership(*cities, state="active")
    cities = cities or tuple(party.city for party in partnership.parties.all())
    call = extra.pop("call", None) or make_call()
    if extra.get("state", "draft") not in {"draft", "withdrawn"}:
        extra.setdefault("submitted_at", timezone.now())
    values = {"ref": f"2026-{next(_number):03}", "title": "Schwammstadt lernen"}
    application = Application.objects.create(
        call=call, partnership=partnership, **{**values, **extra}
    )
    for order, city in enumerate(cities):
        ApplicationParty.objects.create(
            application=application, city=city, is_lead=order == 0, order=order
        )
    return application


def complete(application: Application) -> Application:
    """All that the rules of a call ask for but the sign-offs."""
    lead, *partners = application.parties.all()
    its: dict[str, Any] = {"application": application}
    application.starts_on = application.call.travel_from
    application.ends_on = application.starts_on + dt.timedelta(days=2)
    application.destination = partners[0].city
    application.save()
    for party in (lead, *partners):
        post = make_position(party.city)
        Traveller.objects.create(party=party, position=post, department=make_department(), **its)
    Host.objects.create(party=partners[0], function="Water department", **its)
    ProgrammeSlot.objects.create(day=1, half="am", text="Klärwerk", **its)
    BudgetLine.objects.create(kind="travel", persons=2, price=900, **its)
    Leg.objects.create(origin=lead.city, destination=partners[0].city, means="long_flight", **its)
    Section.objects.create(key="purpose", content={"aim": "Weniger Hochwasser"}, **its)
    Section.objects.create(key="need", party=lead, content={"text": "Mulden"}, **its)
    for party in partners:
        Section.objects.create(key="offer", party=party, content={"text": "Rain gardens"}, **its)
    return application


def make_link(party: ApplicationParty, **extra: Any) -> WorkLink:
    number = party.links.count() + 1
    values = {"email": f"desk{next(_number)}@city.example", "language": "en"}
    return WorkLink.objects.create(party=party, number=number, **{**values, **extra})


def make_sign_off(party: ApplicationParty, **extra: Any) -> SignOff:
    return SignOff.objects.create(
        party=party, **{"name": "Erika Beispiel", "office": "OB", "fingerprint": "0" * 64, **extra}
    )


def stamped(application: Application) -> Application:
    """Signed by every city, on what is stored now."""
    for party in application.parties.all():
        party.sign_offs.standing().delete()
        make_sign_off(party, fingerprint=fingerprint(application, party))
    return application


def make_question(application: Application, *sections: str, **extra: Any) -> InformationRequest:
    """An open question of the staff; the application waits for the answer."""
    values: dict[str, Any] = {
        "sections": list(sections) or ["purpose"],
        "message": "Wie viele Menschen erreicht das?",
        "due_on": timezone.localdate() + dt.timedelta(days=14),
        "returns_to": "checking",
    }
    Application.objects.filter(pk=application.pk).update(state="information")
    application.refresh_from_db()
    return InformationRequest.objects.create(application=application, **{**values, **extra})


def make_submission(application: Application, **extra: Any) -> Submission:
    number = application.submissions.count() + 1
    values: dict[str, Any] = {"content": {}, "sha256": "0" * 64}
    return Submission.objects.create(application=application, number=number, **{**values, **extra})


def make_reviewer(email: str = "", **extra: Any) -> User:
    user = make_user(email)
    Reviewer.objects.create(user=user, **extra)
    return user


def make_review(application: Application, reviewer: User | None = None, **extra: Any) -> Review:
    if extra.get("state", "assigned") != "assigned":
        extra.setdefault("declared_at", timezone.now())
    return Review.objects.create(
        application=application, reviewer=reviewer or make_reviewer(), **extra
    )


def make_decision(application: Application, **extra: Any) -> Decision:
    number = application.decisions.count() + 1
    values: dict[str, Any] = {"outcome": "approved", "amount": 4_000}
    return Decision.objects.create(application=application, number=number, **{**values, **extra})


def as_office(application: Application, role: str = "coordinator", *, city: int = 0) -> Actor:
    """A person with that role in the application's first (or another) city."""
    party = application.parties.all()[city]
    user = make_user()
    make_membership(user, party.city, role)
    roles = Membership.objects.filter(user=user, city=party.city).values_list("role", flat=True)
    return actors.of_office(user, party, frozenset(roles))


def as_staff() -> Actor:
    return actors.of_staff(make_staff())


@dataclass
class World:
    """What the addresses of exchanges point to in the access tests."""

    call: Call
    application: Application
    link: WorkLink
    review: Review
    decision: Decision


def make_exchange_world(
    city: City, partner_city: City, *, reviewer: User | None = None, recused: User | None = None
) -> World:
    """One application under review, with everything that can hang on it.

    ``reviewer`` writes at the moment, ``recused`` has declared a conflict of interest.
    """
    application = complete(make_application(city, partner_city, state="reviewing"))
    lead, partner = application.parties.all()
    make_sign_off(lead)
    version = make_submission(application)
    review = make_review(application, reviewer, state="open", submission=version)
    if recused:
        make_review(application, recused, state="recused", conflict="Bekannt")
    make_letter_block()
    make_daily_rate()
    make_travel_factor()
    decided = make_decision(application, outcome="conditions", released_at=timezone.now())
    Condition.objects.create(decision=decided, text_de="Bericht", text_en="Report")
    Letter.objects.create(decision=decided, party=lead, language="de", subject="x", body="x")
    Complaint.objects.create(decision=decided, party=lead, text="Nein")
    return World(
        call=application.call,
        application=application,
        link=make_link(partner, may_sign=True),
        review=review,
        decision=make_decision(application),
    )


def make_letter_block(**extra: Any) -> LetterBlock:
    values = {"slug": f"block-{next(_number)}", "text_de": "Guten Tag,", "text_en": "Hello,"}
    return LetterBlock.objects.create(**{**values, **extra})


def make_daily_rate(**extra: Any) -> DailyRate:
    """A rate of a city of its own, so that several can stand side by side."""
    values: dict[str, Any] = {"country": "US", "city": f"Austin {next(_number)}"}
    values |= {"valid_from": dt.date(2024, 1, 1), "source": "general knowledge"}
    return DailyRate.objects.create(**{**values, "full_day": 59, "partial_day": 40, **extra})


def make_travel_factor(**extra: Any) -> TravelFactor:
    valid_from = dt.date(2022, 1, 1) + dt.timedelta(days=next(_number))
    values = {
        "means": "train",
        "grams": 31,
        "valid_from": valid_from,
        "source": "general knowledge",
    }
    return TravelFactor.objects.create(**{**values, **extra})
