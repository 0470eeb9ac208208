"""Mails with a partner city's link; texts in ``templates/exchanges/mail``, one per language.

The link is filled in while sending (``mail_kinds``).
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils import timezone, translation

from mailing.drafts import Draft
from mailing.models import Mail
from mailing.rendering import compose, typed

from ..models import WorkLink
from ..moments import last_minute

LINK = "exchanges.link"
REMINDER = "exchanges.link_reminder"


def link(link: WorkLink, *, reminded_at: dt.datetime | None = None) -> Draft:
    """The link with what it is for, or the same link once more."""
    application = link.party.application
    city = link.party.city
    with translation.override(link.language), timezone.override(city.time_zone):
        deadline = application.deadline()
        lead = application.parties.select_related("city").get(is_lead=True)
        context = {
            "city": city.name,
            "lead": lead.city.name,
            "title": typed(application.name),
            "call": application.call.title,
            "ref": application.ref,
            "reminder": reminded_at is not None,
            "signs": link.may_sign,
            "until": last_minute(deadline, application.call) if deadline else "",
            "contact": settings.OPERATOR["email"],
        }
    address = f"exchanges/mail/link.{link.language}.txt"
    subject, text, html = compose(address, context, link.language)
    kind = REMINDER if reminded_at else LINK
    when = f":{reminded_at:%Y%m%d%H%M%S}" if reminded_at else ""
    return Draft(
        key=f"{kind}:{link.pk}{when}",
        kind=kind,
        to=link.email,
        language=link.language,
        subject=subject,
        text=text,
        html=html,
        about=link,
        priority=Mail.Priority.ANSWER,
        reply_to=settings.OPERATOR["email"],
    )
