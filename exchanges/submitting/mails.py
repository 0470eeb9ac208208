"""Mails about signing and handing in; texts in ``templates/exchanges/mail``.

Links are filled in while sending (``mail_kinds``): an office page for people of an office, the
work link for others. The end of the key says which.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import translation

from mailing.drafts import Draft
from mailing.rendering import compose, typed

from ..actors import Actor
from ..models import ApplicationParty, SignOff
from ..sections import Part
from .recipients import Mailbox

SIGN_AGAIN = "exchanges.sign_again"


def sign_again(stamp: SignOff, part: Part, what: Any, box: Mailbox, by: Actor) -> Draft:
    """To a city whose stamp was cancelled: what changed, who did it, please sign again."""
    with translation.override(box.language):
        changed = {"part": str(part.label), "what": typed(str(what))}
        changed["who"] = by.city.name if by.city else ""
    return _draft("sign_again", stamp.party, box, changed, key=f"{SIGN_AGAIN}:{stamp.pk}")


def _draft(
    template: str, party: ApplicationParty, box: Mailbox, context: dict[str, Any], *, key: str
) -> Draft:
    language, application = box.language, party.application
    with translation.override(language):
        about = {
            "title": typed(application.name),
            "ref": application.ref,
            "city": party.city.name,
            "contact": settings.OPERATOR["email"],
        }
    address = f"exchanges/mail/{template}.{language}.txt"
    subject, text, html = compose(address, {**about, **context}, language)
    return Draft(
        key=f"{key}:{box.key}",
        kind=key.partition(":")[0],
        to=box.email,
        language=language,
        subject=subject,
        text=text,
        html=html,
        about=party,
        reply_to=settings.OPERATOR["email"],
    )
