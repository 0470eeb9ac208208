"""Mails of the staff's desk; texts in ``templates/exchanges/mail``."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format

from accounts.models import User
from mailing.drafts import Draft
from mailing.rendering import compose, typed

from ..models import Application, ApplicationParty
from ..moments import last_minute
from ..submitting.recipients import Mailbox

TRANSFERRED = "exchanges.transferred"
REMINDED = "exchanges.nudged"


def key_of(application: Application, day: dt.date) -> str:
    """The beginning of the keys of a day's reminders: one a day and mailbox."""
    return f"{REMINDED}:{application.pk}:{day:%Y%m%d}"


def transferred(application: Application, to: User, reason: str) -> Draft:
    """To a colleague: a case lies on your desk now."""
    context = {"reason": typed(reason), "city": "", "due": _day(application.answer_due_on, to)}
    key = f"{TRANSFERRED}:{application.pk}:{to.pk}:{application.version}"
    return _draft("transferred", application, to.email, to.language, key, context, application)


def reminded(party: ApplicationParty, box: Mailbox, day: dt.date) -> Draft:
    """To a mailbox of a city: the application still waits for you."""
    application = party.application
    deadline = application.deadline()
    with translation.override(box.language), timezone.override(party.city.time_zone):
        until = (
            last_minute(deadline, application.call)
            if (deadline and application.state == Application.State.DRAFT)
            else ""
        )
    context = {"city": party.city.name, "until": until}
    key = f"{key_of(application, day)}:{party.pk}:{box.key}"
    return _draft("nudged", application, box.email, box.language, key, context, party)


def _day(day: dt.date | None, to: User) -> str:
    with translation.override(to.language):
        return date_format(day, "DATE_FORMAT") if day else ""


def _draft(
    template: str,
    application: Application,
    email: str,
    language: str,
    key: str,
    more: dict[str, Any],
    about: Any,
) -> Draft:
    with translation.override(language):
        context = {
            "title": typed(application.name),
            "ref": application.ref,
            "contact": settings.OPERATOR["email"],
            **more,
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
