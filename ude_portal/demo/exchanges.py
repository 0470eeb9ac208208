"""A call with applications in every state, made by the operations that people use."""

from __future__ import annotations

import datetime as dt
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.models import User
from exchanges import actors, policies
from exchanges.actors import Actor
from exchanges.deciding import operations as deciding
from exchanges.deciding.letters import defaults
from exchanges.deciding.operations.drafting import Verdict, Wording
from exchanges.drafting.operations import start
from exchanges.models import (
    Application,
    ApplicationGoal,
    ApplicationParty,
    BudgetLine,
    Call,
    Criterion,
    DailyRate,
    Host,
    Leg,
    LetterBlock,
    Outcome,
    ProgrammeSlot,
    Review,
    Reviewer,
    Section,
    Traveller,
)
from exchanges.money.totals import totals
from exchanges.reviewing.operations import assign, declare, hand_in, start_review
from exchanges.reviewing.operations.declaring import Choice
from exchanges.sections import pieces
from exchanges.submitting.operations import ask_information, sign, submit, withdraw
from exchanges.submitting.parts import fingerprint
from partnerships.models import City, Department, Membership, Partnership
from sdg.models import Topic

from .agreements import of_cities

TEXTS = tomllib.loads(Path(__file__).with_name("exchanges.toml").read_text(encoding="utf-8"))


def make_round(*, staff: User, colleague: User) -> None:
    """An open call, its paragraphs for letters, and the applications of ``exchanges.toml``."""
    call = make_call()
    make_letter_blocks()
    reviewers = make_reviewers()
    decides, releases = actors.of_staff(staff), actors.of_staff(colleague)
    for values in TEXTS["applications"]:
        application = begin(call, values, by=staff)
        if application is not None:
            _play(application, values, reviewers, decides, releases)


def make_call() -> Call:
    """Open since a month, for two more; visits in the year after."""
    today = timezone.localdate()
    texts = TEXTS["call"]
    call = Call.objects.create(
        slug="fachaustausch-demo",
        state=Call.State.PUBLISHED,
        opens_on=today - dt.timedelta(days=30),
        closes_on=today + dt.timedelta(days=60),
        travel_from=today + dt.timedelta(days=90),
        travel_until=today + dt.timedelta(days=365),
        budget=Decimal(60_000),
        trips=12,
        min_days=2,
        most_per_trip=Decimal(8_000),
        most_per_person=Decimal(2_500),
        min_departments=1,
        four_eyes_above=Decimal(5_000),
        grace_minutes=15,
        is_demo=True,
        **{name: texts[name] for name in texts if name != "criteria"},
    )
    for order, criterion in enumerate(texts["criteria"]):
        Criterion.objects.create(call=call, order=order, **criterion)
    return call


def make_letter_blocks() -> None:
    for order, block in enumerate(TEXTS["blocks"]):
        LetterBlock.objects.get_or_create(slug=block["slug"], defaults={**block, "order": order})


def make_reviewers() -> list[User]:
    """The people of ``gutachten-…``: two who review, none of them staff."""
    found = list(User.objects.filter(email__startswith="gutachten").order_by("email"))
    for user in found:
        Reviewer.objects.get_or_create(user=user)
    return found


def begin(call: Call, values: dict[str, Any], *, by: User) -> Application | None:
    """A draft with everything written that its state needs; none without its partnership."""
    partnership = _partnership(values["cities"])
    if partnership is None:
        return None
    lead = City.objects.filter(name_de=values["cities"][0]).order_by("-population")[0]
    application = start(call=call, partnership=partnership, city=lead, self_check={}, by=by)
    application.title, application.is_demo = values["title"], True
    application.starts_on = call.travel_from + dt.timedelta(days=values["after_days"])
    application.ends_on = application.starts_on + dt.timedelta(days=2)
    parties = list(application.parties.select_related("city"))
    application.destination = next(party.city for party in parties if not _is_from(party, lead))
    application.commitment = partnership.commitments.open().first()
    application.own_share = Decimal(300)
    application.save()
    _write_texts(application, parties, values)
    if values["state"] != "draft":
        _write_plan(application, parties, values)
    return Application.objects.select_related("call", "partnership").get(pk=application.pk)


def _partnership(cities: list[str]) -> Partnership | None:
    """The one of these cities and no others."""
    found = of_cities(cities).exclude(state__in=["draft", "ended"])
    return found.order_by("pk").first()


def _is_from(party: ApplicationParty, city: City) -> bool:
    """Whether a city lies in the same country, and so travels with the leading one."""
    return party.city.country == city.country


def _write_texts(
    application: Application, parties: list[ApplicationParty], values: dict[str, Any]
) -> None:
    by_key = {"purpose": {"aim": values["aim"]}, "need": {"text": values["need"]}}
    by_key |= {"follow_up": {"text": TEXTS["follow_up"]}}
    lead = parties[0].city
    for part, party in pieces(parties):
        if part.key == "offer" and party:
            offer = "offer" if not _is_from(party, lead) else "offer_of_neighbour"
            by_key["offer"] = {"text": TEXTS[offer]}
        if part.key in by_key:
            writer = party or parties[0]
            section, _created = Section.objects.get_or_create(
                application=application, key=part.key, party=party
            )
            section.content, section.version = by_key[part.key], 1
            section.saved_at, section.saved_name = timezone.now(), "Demo"
            section.saved_city = writer.city
            section.save()
    topic = Topic.objects.get(slug=values["topic"])
    application.topics.set([topic])
    goal = topic.goals.order_by("number")[0]
    ApplicationGoal.objects.create(application=application, goal=goal, why=values["why"])


def _write_plan(
    application: Application, parties: list[ApplicationParty], values: dict[str, Any]
) -> None:
    """Two travellers of each city on this side, a host on the other, days, a budget, a journey."""
    lead = parties[0]
    own, other = Department.objects.filter(slug__in=values["departments"]).order_by("slug")
    for order, party in enumerate(parties):
        if _is_from(party, lead.city):
            Traveller.objects.bulk_create(
                Traveller(application=application, party=party, department=one, order=order)
                for one in (own, other)
            )
            continue
        host = Host.objects.create(
            application=application, party=party, department=own, order=order
        )
        _write_days(application, host)
    _write_money(application, lead, values["flight"])


def _write_days(application: Application, host: Host) -> None:
    for day, halves in enumerate(TEXTS["days"], 1):
        for half, text in zip(ProgrammeSlot.Half, halves, strict=True):
            ProgrammeSlot.objects.create(
                application=application, day=day, half=half, text=text, host=host
            )


def _write_money(application: Application, lead: ApplicationParty, flight: int) -> None:
    to = application.destination
    if to is None:
        return
    is_far = to.country.code == "US"
    persons = application.travellers.count()
    Leg.objects.create(
        application=application,
        origin=lead.city,
        destination=to,
        means=Leg.Means.LONG_FLIGHT if is_far else Leg.Means.SHORT_FLIGHT,
        persons=persons,
    )
    rate = DailyRate.objects.valid(to.country.code, to.name_en or "", timezone.localdate())
    lines: list[tuple[str, int, Decimal, DailyRate | None]] = [
        ("travel", 1, Decimal(flight), None),
        ("nights", 2, Decimal(140), None),
    ]
    if rate:
        lines.append(("per_diem", 1, 2 * rate.partial_day + rate.full_day, rate))
    for order, (kind, units, price, of) in enumerate(lines):
        BudgetLine.objects.create(
            application=application,
            kind=kind,
            persons=persons,
            units=units,
            price=price,
            rate=of,
            order=order,
        )


def _play(
    application: Application,
    values: dict[str, Any],
    reviewers: list[User],
    staff: Actor,
    colleague: Actor,
) -> None:
    """Bring the application to the state that ``exchanges.toml`` names."""
    state = values["state"]
    if state == "draft":
        return
    for party in application.parties.select_related("city"):
        _sign(application, party)
    lead = _city(application.parties.select_related("city").get(is_lead=True))
    submit(application=application, number=1, at=timezone.now(), by=lead)
    Application.objects.filter(pk=application.pk).update(handled_by=staff.user)
    application.refresh_from_db()
    if state == "withdrawn":
        withdraw(application=application, reason=TEXTS["withdrawn"], by=lead)
    elif state == "information":
        due = timezone.localdate() + dt.timedelta(days=14)
        ask_information(
            application=application,
            sections=["programme"],
            message=TEXTS["question"],
            due_on=due,
            by=staff,
        )
    elif state != "checking":
        _review(application, values, reviewers, staff)
        if state != "reviewing":
            _decide(application, values, staff, colleague)


def _review(
    application: Application, values: dict[str, Any], reviewers: list[User], staff: Actor
) -> None:
    """Each reviewer gives the score of the same place to every criterion; 0 is a conflict."""
    start_review(application=application, note=values.get("note", ""), by=staff)
    due = timezone.localdate() + dt.timedelta(days=10)
    assign(application=application, reviewers=reviewers, due_on=due, by=staff)
    criteria = list(application.call.criteria.all())
    version = application.submissions.get()
    for reviewer, score in zip(reviewers, values["scores"], strict=True):
        review = Review.objects.get(application=application, reviewer=reviewer)
        if score == 0:
            reason = TEXTS["conflict"]
            declare(
                review=review, choice=Choice.CONFLICT, reason=reason, by=actors.of_reviewer(review)
            )
            continue
        review = declare(
            review=review, choice=Choice.NONE, reason="", by=actors.of_reviewer(review)
        )
        review.recommendation = "yes" if score > 3 else "maybe" if score == 3 else "no"
        review.for_panel = TEXTS["for_panel"][score - 1]
        hand_in(
            review=review,
            scores={criterion.pk: score for criterion in criteria},
            read=version.pk,
            by=actors.of_reviewer(review),
        )


def _decide(
    application: Application, values: dict[str, Any], staff: Actor, colleague: Actor
) -> None:
    outcome = Outcome(values["state"])
    texts = TEXTS["decisions"][outcome.value]
    grants = outcome in (Outcome.APPROVED, Outcome.CONDITIONS)
    conditions = [(Wording(**texts["condition"]), None)] if "condition" in texts else []
    decision = deciding.draft_decision(
        application=application,
        verdict=Verdict(
            outcome=outcome,
            amount=totals(application).asked if grants else Decimal(0),
            rank=1 if outcome == Outcome.RESERVE else None,
            reason=Wording(**texts["reason"]),
            conditions=conditions,
            blocks=defaults(outcome.value),
        ),
        seen_version=None,
        by=staff,
    )
    deciding.release(decision=decision, seen_version=decision.version, by=colleague)


def _sign(application: Application, party: ApplicationParty) -> None:
    is_neighbour = _is_from(party, application.parties.select_related("city")[0].city)
    who = "lead" if party.is_lead else "neighbour" if is_neighbour else "partner"
    name, office = TEXTS["signatories"][who]
    sign(
        application=application,
        party=party,
        name=name,
        office=office,
        seen=fingerprint(application, party),
        by=_city(party),
    )


def _city(party: ApplicationParty) -> Actor:
    """Somebody of the city's office, whose account does not matter here."""
    roles = [Membership.Role.COORDINATOR]
    return Actor(policies.in_city(roles, is_lead=party.is_lead), party.city.name, None, party)
