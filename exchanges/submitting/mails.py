"""Mails about signing and handing in; texts in ``templates/exchanges/mail``.

Links are filled in while sending (``mail_kinds``): an office page for people of an office, the
work link for others. The end of the key says which.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import formats, timezone, translation

from mailing.drafts import Draft
from mailing.rendering import compose, typed, unlinked

from ..actors import Actor
from ..models import Application, ApplicationParty, InformationRequest, SignOff, Submission
from ..moments import last_minute, moment
from ..sections import BY_KEY, Part
from .recipients import Mailbox

SIGN_AGAIN = "exchanges.sign_again"
ALL_SIGNED = "exchanges.all_signed"
WAIVED = "exchanges.sign_off_waived"
RECEIVED = "exchanges.received"
EXTENDED = "exchanges.extended"
QUESTION = "exchanges.question"
WITHDRAWN = "exchanges.withdrawn"
WITHDRAWN_STAFF = "exchanges.withdrawn_staff"


def sign_again(stamp: SignOff, part: Part, what: Any, box: Mailbox, by: Actor) -> Draft:
    """To a city whose stamp was cancelled: what changed, who did it, please sign again."""
    with translation.override(box.language):
        changed = {"part": str(part.label), "what": typed(str(what))}
        changed["who"] = by.city.name if by.city else ""
    return _draft("sign_again", stamp.party, box, changed, key=f"{SIGN_AGAIN}:{stamp.pk}")


def all_signed(stamp: SignOff, party: ApplicationParty, box: Mailbox) -> Draft:
    """To the submitting city: the last stamp is there, it can hand in."""
    deadline = party.application.deadline()
    with translation.override(box.language), timezone.override(party.city.time_zone):
        context = {"deadline": last_minute(deadline, party.application.call) if deadline else ""}
    return _draft("all_signed", party, box, context, key=f"{ALL_SIGNED}:{stamp.pk}:{party.pk}")


def waived(stamp: SignOff, party: ApplicationParty, box: Mailbox) -> Draft:
    """To all cities: staff do without one city's sign-off, and why."""
    with translation.override(box.language):
        context = {"of": stamp.party.city.name, "reason": typed(stamp.reason)}
    return _draft("waived", party, box, context, key=f"{WAIVED}:{stamp.pk}:{party.pk}")


def received(version: Submission, party: ApplicationParty, box: Mailbox) -> Draft:
    """To all cities: the receipt, with the number and the hash of what was handed in."""
    application = party.application
    with translation.override(box.language), timezone.override(party.city.time_zone):
        context = {
            "number": str(version.number),
            "sha256": version.sha256,
            "at": moment(version.at, application.call),
            "answer_due": day(application.answer_due_on),
        }
    key = f"{RECEIVED}:{application.pk}:{version.number}:{party.pk}"
    return _draft("received", party, box, context, key=key)


def extended(application: Application, party: ApplicationParty, box: Mailbox) -> Draft:
    """To all cities: there is more time for their draft."""
    until = application.extended_until or timezone.now()
    with translation.override(box.language), timezone.override(party.city.time_zone):
        context = {
            "until": last_minute(until, application.call),
            "reason": typed(application.extended_because),
        }
    key = f"{EXTENDED}:{application.pk}:{application.version}:{party.pk}"
    return _draft("extended", party, box, context, key=key)


def question(asked: InformationRequest, party: ApplicationParty, box: Mailbox) -> Draft:
    """To all cities: what staff would like to know, which parts are open again, until when."""
    names = dict.fromkeys(name.partition(":")[0] for name in asked.sections)
    with translation.override(box.language):
        context = {
            "message": unlinked(asked.message),
            "parts": [str(BY_KEY[name].label) for name in names],
            "due": day(asked.due_on),
        }
    return _draft("question", party, box, context, key=f"{QUESTION}:{asked.pk}:{party.pk}")


def withdrawn(application: Application, party: ApplicationParty, box: Mailbox) -> Draft:
    """To the cities: the submitting one took the application back."""
    context = {"reason": typed(application.withdrawn_because)}
    return _draft("withdrawn", party, box, context, key=f"{WITHDRAWN}:{party.pk}")


def withdrawn_for_staff(application: Application) -> Draft:
    """To who handles the case, else to the programme's own address."""
    person = application.handled_by
    email = person.email if person else settings.OPERATOR["email"]
    box = Mailbox("staff", email, person.language if person else "de")
    context = {"reason": typed(application.withdrawn_because)}
    key = f"{WITHDRAWN_STAFF}:{application.pk}"
    return _compose("withdrawn_staff", application, application, box, context, key)


def day(on: dt.date | None) -> str:
    return formats.date_format(on, "DATE_FORMAT") if on else ""


def _draft(
    template: str, party: ApplicationParty, box: Mailbox, context: dict[str, Any], *, key: str
) -> Draft:
    with translation.override(box.language):
        city = {"city": party.city.name}
    return _compose(template, party, party.application, box, {**city, **context}, key)


def _compose(
    template: str,
    about: models.Model,
    application: Application,
    box: Mailbox,
    context: dict[str, Any],
    key: str,
) -> Draft:
    language = box.language
    with translation.override(language):
        common = {
            "title": typed(application.name),
            "ref": application.ref,
            "contact": settings.OPERATOR["email"],
        }
    address = f"exchanges/mail/{template}.{language}.txt"
    subject, text, html = compose(address, {**common, **context}, language)
    return Draft(
        key=f"{key}:{box.key}",
        kind=key.partition(":")[0],
        to=box.email,
        language=language,
        subject=subject,
        text=text,
        html=html,
        about=about,
        reply_to=settings.OPERATOR["email"],
    )
