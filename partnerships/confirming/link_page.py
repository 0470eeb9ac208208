"""What the page behind a confirmation's link shows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse

from mailing.door import language_links

from ..models import Confirmation, ConfirmationRequest
from .answer_form import AnswerForm
from .differences import Difference, differences
from .facts import ASKED
from .forms import TakeOverForm
from .standing import standing
from .steps import SHARED


def context_of(
    asked: ConfirmationRequest,
    form: AnswerForm,
    language: str,
    *,
    at: dt.datetime,
    taking: TakeOverForm | None = None,
) -> dict[str, Any]:
    """Facts, who confirmed, what was answered, and whether it can be answered now.

    The facts are those the form has read, so that the page does not read them once more.
    """
    party, partnership = asked.party, asked.party.partnership
    here = reverse("confirmation:page", args=[asked.public_id])
    differing, last = differences(partnership), last_answer(asked)
    return {
        "asked": asked,
        "party": party,
        "partnership": partnership,
        "form": form,
        "facts": [(fact.label, form.shown[fact.name]) for fact in ASKED],
        "standing": standing(partnership),
        "differences": differing,
        "taking": taking or take_over_form(asked, last, differing, at),
        "last": last,
        "is_open": _is_open(asked, at),
        "is_yearly": asked.purpose == ConfirmationRequest.Purpose.YEARLY,
        "is_over": asked.answered_at is None and at > asked.answer_by,
        "passed_on_to": asked.passed_on_to.rpartition("@")[2],
        "contact": settings.OPERATOR["email"],
        "language": language,
        "language_links": language_links(here, asked.language, language),
    }


def last_answer(asked: ConfirmationRequest) -> Confirmation | None:
    """What was answered by this link."""
    return Confirmation.objects.filter(request=asked).first() if asked.answered_at else None


def take_over_form(
    asked: ConfirmationRequest,
    last: Confirmation | None,
    differing: list[Difference],
    at: dt.datetime,
    data: Any = None,
) -> TakeOverForm | None:
    """For taking over another city's value; ``None`` where no fact differs or nobody may."""
    if not differing or not may_take_over(asked, last, at):
        return None
    return TakeOverForm(data, party=asked.party, differing=differing)


def may_take_over(asked: ConfirmationRequest, last: Confirmation | None, at: dt.datetime) -> bool:
    """Whether who answered by this link speaks for the city and may take over a value.

    An answer that staff did not accept, and a link with a newer one after it, speak for nobody.
    """
    counts = last is not None and last.review in {"", Confirmation.Review.ACCEPTED}
    if not counts or asked.party.confirmed_at is None:
        return False
    is_newest = not asked.party.requests.filter(round__gt=asked.round).exists()
    return is_newest and at <= asked.answer_by and asked.party.partnership.state in SHARED


def _is_open(asked: ConfirmationRequest, at: dt.datetime) -> bool:
    is_shared = asked.party.partnership.state in SHARED
    return asked.answered_at is None and at <= asked.answer_by and is_shared
