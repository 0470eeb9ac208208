"""What the page behind a confirmation's link shows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse

from mailing.door import language_links

from ..models import Confirmation, ConfirmationRequest
from .answer_form import AnswerForm
from .differences import differences
from .facts import ASKED
from .standing import standing
from .steps import SHARED


def context_of(
    asked: ConfirmationRequest, form: AnswerForm, language: str, *, at: dt.datetime
) -> dict[str, Any]:
    """Facts, who confirmed, what was answered, and whether it can be answered now.

    The facts are those the form has read, so that the page does not read them once more.
    """
    party, partnership = asked.party, asked.party.partnership
    here = reverse("confirmation:page", args=[asked.public_id])
    return {
        "asked": asked,
        "party": party,
        "partnership": partnership,
        "form": form,
        "facts": [(fact.label, form.shown[fact.name]) for fact in ASKED],
        "standing": standing(partnership),
        "differences": differences(partnership),
        "last": Confirmation.objects.filter(request=asked).first() if asked.answered_at else None,
        "is_open": _is_open(asked, at),
        "is_yearly": asked.purpose == ConfirmationRequest.Purpose.YEARLY,
        "is_over": asked.answered_at is None and at > asked.answer_by,
        "passed_on_to": asked.passed_on_to.rpartition("@")[2],
        "contact": settings.OPERATOR["email"],
        "language": language,
        "language_links": language_links(here, asked.language, language),
    }


def _is_open(asked: ConfirmationRequest, at: dt.datetime) -> bool:
    is_shared = asked.party.partnership.state in SHARED
    return asked.answered_at is None and at <= asked.answer_by and is_shared
