"""Mails about decisions; texts in ``templates/exchanges/mail``. Letters are read on their page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import translation

from mailing.drafts import Draft
from mailing.rendering import compose, typed

from ..models import ApplicationParty, Complaint, Letter
from ..submitting.recipients import Mailbox

DECISION = "exchanges.decision"
COMPLAINED = "exchanges.complained"
COMPLAINT_ANSWERED = "exchanges.complaint_answered"
#: The language in which the programme's own mailbox is written to.
OF_STAFF = "de"


def decided(letter: Letter, box: Mailbox) -> Draft:
    """To a mailbox of a city: there is a decision, the letter is on the page."""
    key = f"{DECISION}:{letter.decision_id}:{letter.party_id}:{box.key}"
    return _draft("decision", letter.party, box.email, box.language, key, about=letter)


def complained(complaint: Complaint) -> Iterator[Draft]:
    """To the programme's mailbox: a city objects."""
    key = f"{COMPLAINED}:{complaint.pk}"
    email = settings.OPERATOR["email"]
    yield _draft("complained", complaint.party, email, OF_STAFF, key, about=complaint)


def complaint_answered(complaint: Complaint, party: ApplicationParty, box: Mailbox) -> Draft:
    """To a mailbox of the city that objected: the answer is on the page."""
    key = f"{COMPLAINT_ANSWERED}:{complaint.pk}:{box.key}"
    return _draft("complaint_answered", party, box.email, box.language, key, about=complaint)


def _draft(
    template: str,
    party: ApplicationParty,
    email: str,
    language: str,
    key: str,
    *,
    about: models.Model,
) -> Draft:
    application = party.application
    with translation.override(language):
        context: dict[str, Any] = {
            "title": typed(application.name),
            "ref": application.ref,
            "city": party.city.name,
            "contact": settings.OPERATOR["email"],
        }
    subject, text, html = compose(f"exchanges/mail/{template}.{language}.txt", context, language)
    return Draft(
        key=key,
        kind=key.partition(":")[0],
        to=email,
        language=language,
        subject=subject,
        text=text,
        html=html,
        about=about,
        reply_to=settings.OPERATOR["email"],
    )
