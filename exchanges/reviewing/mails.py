"""Mails to reviewers; texts in ``templates/exchanges/mail``.

They tell the title of a case and never its cities, which stay hidden until the declaration.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils import formats, translation

from mailing.drafts import Draft
from mailing.operations import one_line
from mailing.rendering import compose

from ..models import Review
from . import sight

ASSIGNED = "exchanges.review_assigned"
REMINDER = "exchanges.review_reminder"
SETTLED = "exchanges.review_settled"


def assigned(review: Review) -> Draft:
    """Somebody is asked to review."""
    return _draft("review_assigned", ASSIGNED, review, f"{review.pk}")


def reminder(review: Review, on: dt.date) -> Draft:
    """A review is missing; at most one such mail a day."""
    return _draft("review_reminder", REMINDER, review, f"{review.pk}:{on:%Y-%m-%d}")


def settled(review: Review) -> Draft:
    """Staff have decided whether somebody who was unsure may review."""
    return _draft("review_settled", SETTLED, review, f"{review.pk}")


def _draft(template: str, kind: str, review: Review, key: str) -> Draft:
    person = review.reviewer
    language = person.language
    with translation.override(language):
        context = {
            "title": one_line(sight.title_of(review.application)),
            "due": formats.date_format(review.due_on, "DATE_FORMAT") if review.due_on else "",
            "may_review": review.state == Review.State.OPEN,
            "contact": settings.OPERATOR["email"],
        }
    address = f"exchanges/mail/{template}.{language}.txt"
    subject, text, html = compose(address, context, language)
    return Draft(
        key=f"{kind}:{key}",
        kind=kind,
        to=person.email,
        language=language,
        subject=subject,
        text=text,
        html=html,
        about=review,
        reply_to=settings.OPERATOR["email"],
    )
