"""Personal data of applications: posts instead of persons, and names where somebody signed."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from privacy import purge
from privacy.inventory import Personal
from privacy.periods import ANONYMOUS_DOMAIN, FIVE_YEARS, TWO_YEARS

from .emptying import empty_decided
from .models import (
    Application,
    FormalCheck,
    PanelNote,
    Review,
    Reviewer,
    Section,
    SignOff,
    Submission,
    WorkLink,
)

_CASE = Personal(
    purpose=_("To show who worked on an application, signed, reviewed and decided it."),
    until=_("5 years after it was started, as funders ask for; with the account otherwise."),
)
_LINK = Personal(
    purpose=_("To let a partner city work on an application without an account."),
    until=_("2 years after the link was sent."),
)
_TEXT = Personal(
    purpose=_("To apply for an exchange, to assess and to answer; may name people."),
    until=_("5 years after the application was started; drafts 2 years."),
)
_DECIDED = Personal(
    purpose=_("To plan the visit, to decide and to answer complaints; may name people."),
    until=_("5 years after the decision; without one 5 years after the application was started."),
)
_REVIEWER = Personal(
    purpose=_("To ask people to review, and to keep those out who are close to a city."),
    until=_("As long as the account is kept."),
)

_PEOPLE = (
    *("Section.saved_by", "Section.saved_name", "SignOff.by", "SignOff.name", "SignOff.office"),
    *("Submission.by", "Review.reviewer", "Review.assigned_by", "PanelNote.by", "FormalCheck.by"),
)
_TEXTS = (
    *("Section.content", "Submission.content", "FormalCheck.note", "Review.conflict"),
    *("Review.for_panel", "Review.for_applicant", "PanelNote.text"),
)
_AFTER_DECISION = (
    *("Application.handled_by", "InformationRequest.asked_by", "Decision.drafted_by"),
    *("Decision.released_by", "Condition.met_by", "Complaint.by", "Complaint.answered_by"),
    *("Application.extended_because", "Application.withdrawn_because", "ApplicationGoal.why"),
    *("Traveller.function", "Traveller.position", "Host.function", "Host.position"),
    *("ProgrammeSlot.text", "BudgetLine.text", "InformationRequest.message"),
    *("SignOff.reason", "SignOff.cancelled_because"),
    *("Decision.reason", "Decision.internal_reason", "Condition.text", "Condition.note"),
    *("Letter.subject", "Letter.body", "Complaint.text", "Complaint.answer"),
)
PERSONAL = {
    **dict.fromkeys(_PEOPLE, _CASE),
    **dict.fromkeys(_TEXTS, _TEXT),
    **dict.fromkeys(_AFTER_DECISION, _DECIDED),
    **dict.fromkeys([f"WorkLink.{name}" for name in ("position", "email", "name", "label")], _LINK),
    **dict.fromkeys(["WorkLink.sent_by", "SignOff.link"], _CASE),
    **dict.fromkeys([f"Reviewer.{name}" for name in ("user", "home_city", "is_active")], _REVIEWER),
}
_RATE = ("valid_from", "source", "is_checked")
NOT_PERSONAL = {
    "Call": (
        *("slug", "state", "title", "teaser", "text", "text_html", "opens_on", "closes_on"),
        *("time_zone", "grace_minutes", "submitter_countries", "needs_partner", "is_demo"),
        *("allows_virtual", "checks_trilateral", "min_departments", "needs_youth", "funding"),
        *("most_per_trip", "most_per_person", "min_days", "max_days", "travel_from"),
        *("travel_until", "budget", "trips", "answer_within_days", "report_within_days"),
        *("four_eyes_above", "version"),
    ),
    "Criterion": ("call", "name", "hint", "weight", "order"),
    "Application": (
        *("ref", "title", "call", "partnership", "state", "format", "destination"),
        *("starts_on", "ends_on", "commitment", "own_share", "self_check"),
        *("created_at", "submitted_at", "extended_until", "answer_due_on", "is_demo", "version"),
    ),
    "ApplicationParty": ("application", "city", "is_lead", "order"),
    "Section": (
        *("application", "key", "party", "version", "saved_at", "saved_city", "saved_from"),
    ),
    "ApplicationGoal": ("application", "goal", "target", "order"),
    "WorkLink": (
        *("party", "number", "language", "may_sign", "public_id", "token_version"),
        *("sent_at", "reminded_at", "ended_at"),
    ),
    "Traveller": ("application", "party", "department", "is_youth", "order"),
    "Host": ("application", "party", "department", "order"),
    "ProgrammeSlot": ("application", "day", "half", "host"),
    "Leg": ("application", "origin", "destination", "means", "persons", "is_return", "order"),
    "DailyRate": (
        *("country", "city", "full_day", "partial_day", "breakfast", "lunch", "dinner", *_RATE),
    ),
    "TravelFactor": ("means", "grams", *_RATE),
    "BudgetLine": ("application", "kind", "persons", "units", "price", "rate", "order"),
    "SignOff": ("party", "at", "fingerprint", "is_waived", "cancelled_at"),
    "Submission": ("application", "number", "sha256", "at"),
    "InformationRequest": (
        *("application", "sections", "due_on", "asked_at", "returns_to", "answered_at"),
    ),
    "Review": (
        *("application", "submission", "state", "declared_at", "recommendation", "abstains"),
        *("due_on", "assigned_at", "done_at", "version"),
    ),
    "FormalCheck": ("application", "submission", "failed", "at"),
    "Score": ("review", "criterion", "value"),
    "PanelNote": ("application", "at"),
    "LetterBlock": ("slug", "outcome", "text", "order", "is_default", "version"),
    "Decision": (
        *("application", "number", "outcome", "amount", "rank", "drafted_at", "released_at"),
        "version",
    ),
    "Condition": ("decision", "due_on", "order", "met_at"),
    "Letter": ("decision", "party", "language", "at"),
    "Complaint": ("decision", "party", "at", "answered_at"),
    "Trip": (
        *("application", "destination", "starts_on", "ends_on", "report_due_on", "created_at"),
        "version",
    ),
}


def forget_links(at: dt.datetime, dry_run: bool) -> int:
    """Links to partner cities, two years after they were sent."""
    due = WorkLink.objects.filter(sent_at__lt=at - TWO_YEARS)
    return due.count() if dry_run else due.delete()[0]


def forget_drafts(at: dt.datetime, dry_run: bool) -> int:
    """Drafts that nobody handed in and nobody saved for two years."""
    young = Section.objects.filter(application=OuterRef("pk"), saved_at__gte=at - TWO_YEARS)
    due = Application.objects.filter(state="draft", created_at__lt=at - TWO_YEARS)
    due = due.filter(~Exists(young))
    count = due.count()
    if not dry_run:
        due.delete()
    return count


def forget_names(at: dt.datetime, dry_run: bool) -> int:
    """Who signed and saved, five years after an application was started, and what was frozen."""
    old = {"application__created_at__lt": at - FIVE_YEARS}
    saved = Section.objects.filter(**old).exclude(saved_name="", content={})
    stamps = SignOff.objects.filter(party__application__created_at__lt=at - FIVE_YEARS)
    stamps = stamps.exclude(Q(name="") & Q(office=""))
    frozen = Submission.objects.filter(**old).exclude(content={})
    if dry_run:
        return saved.count() + stamps.count() + frozen.count()
    return (
        saved.update(saved_name="", saved_by=None, content={})
        + stamps.update(name="", office="", by=None)
        + frozen.update(content={}, by=None)
    )


def forget_reviews(at: dt.datetime, dry_run: bool) -> int:
    """What reviewers and staff wrote about an application, five years after it was started."""
    old = {"application__created_at__lt": at - FIVE_YEARS}
    texts = {"conflict": "", "for_panel": "", "for_applicant": "", "assigned_by": None}
    reviews = Review.objects.filter(**old).exclude(**texts)
    notes = PanelNote.objects.filter(**old)
    checks = FormalCheck.objects.filter(**old).exclude(note="", by=None)
    if dry_run:
        return reviews.count() + notes.count() + checks.count()
    return reviews.update(**texts) + notes.delete()[0] + checks.update(note="", by=None)


def forget_reviewers(at: dt.datetime, dry_run: bool) -> int:
    """Who is on the list of reviewers leaves it with their account; their reviews stay."""
    due = Reviewer.objects.filter(user__email__endswith=ANONYMOUS_DOMAIN)
    return due.count() if dry_run else due.delete()[0]


purge.register("exchanges.links", forget_links)
purge.register("exchanges.drafts", forget_drafts)
purge.register("exchanges.names", forget_names)
purge.register("exchanges.reviews", forget_reviews)
purge.register("exchanges.decided", empty_decided)
purge.register("exchanges.reviewers", forget_reviewers)
