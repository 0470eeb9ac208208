"""This room's blocks on the staff's page of one case."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from accounts.models import User
from journal.models import Entry

from ..models import Application, Review
from ..policies import Action, Who, may
from ..staff_page import Block
from ..submitting import rules
from . import conflicts, others, reading, sight
from .forms import NoteForm
from .sight import Sight
from .staff_forms import AssignForm, CheckForm, candidates

_STAFF = (Who.STAFF,)


def head(application: Application, user: User) -> dict[str, Any]:
    return {"version": reading.newest(application)}


def frozen(application: Application, user: User) -> dict[str, Any]:
    version = reading.newest(application)
    return {"parts": reading.parts(version) if version else []}


def checking(application: Application, user: User) -> dict[str, Any]:
    """The form while the case waits for its check, and the checks so far with what failed."""
    can = may(Action.START_REVIEW, application, _STAFF)
    return {
        "checking": CheckForm() if can else None,
        "checks": [
            (one, rules.sentences(one.failed))
            for one in application.formal_checks.select_related("by", "submission")
        ],
    }


def reviewers(application: Application, user: User) -> dict[str, Any]:
    """Who is asked, with hints at conflicts, and the form that asks more people."""
    reviews = list(application.reviews.select_related("reviewer"))
    hints = conflicts.hints(
        [one.reviewer for one in reviews], [party.city for party in application.parties.all()]
    )
    can = may(Action.ASSIGN, application, _STAFF)
    return {
        "assigned": [(one, hints[one.reviewer_id]) for one in reviews],
        "assigning": assign_form(application) if can else None,
        "missing": sum(one.state in {"assigned", "open"} for one in reviews),
    }


def reviews(application: Application, user: User) -> dict[str, Any]:
    """What reviewers wrote; staff who review the case themselves hand in their own first."""
    own = application.reviews.filter(reviewer=user).first()
    if sight.of_staff(own) < Sight.OTHERS:
        return {"own_first": True}
    can = may(Action.DISCUSS, application, _STAFF)
    comparison = others.comparison(application)
    return {"comparison": comparison, "note": NoteForm() if can else None}


def journal(application: Application, user: User) -> dict[str, Any]:
    """What happened to the case and to its reviews; cities read only the former."""
    of_reviews = Q(
        about_type=ContentType.objects.get_for_model(Review),
        about_id__in=application.reviews.values("pk"),
    )
    found = Entry.objects.about(application) | Entry.objects.filter(of_reviews)
    return {"entries": found.select_related("by").order_by("-at", "-pk")[:50]}


def assign_form(application: Application, data: Any = None) -> AssignForm:
    asked = list(application.reviews.all())
    return AssignForm(data, candidates=candidates(application, asked))


BLOCKS = (
    Block("exchanges/staff/_head.html", 10, head),
    Block("exchanges/staff/_check.html", 20, checking),
    Block("exchanges/staff/_reviewers.html", 40, reviewers),
    Block("exchanges/staff/_reviews.html", 50, reviews),
    Block("exchanges/staff/_reading.html", 80, frozen),
    Block("exchanges/staff/_journal.html", 90, journal),
)
