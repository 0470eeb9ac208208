"""Mails between offices that may want to talk; texts in ``templates/partnerships/cards/mail``.

They name cities and topics, never a person, an address or what somebody typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.utils import translation

from mailing.drafts import Draft
from mailing.operations import one_line
from mailing.rendering import compose

from ..models import City, ContactWish
from ..office_mail import Recipient

WISHED = "partnerships.contact_wished"
ANSWERED = "partnerships.contact_answered"
ENDED = "partnerships.contact_ended"


def wished(wish: ContactWish, mailboxes: Iterable[Recipient]) -> Iterator[Draft]:
    """Another office would like to talk."""
    return (_draft("wished", WISHED, wish, to) for to in mailboxes)


def answered(wish: ContactWish, mailboxes: Iterable[Recipient]) -> Iterator[Draft]:
    """The asked office agreed or declined."""
    template = "agreed" if wish.state == ContactWish.State.ACCEPTED else "declined"
    return (_draft(template, ANSWERED, wish, to) for to in mailboxes)


def ended(wish: ContactWish, by: City, mailboxes: Iterable[Recipient]) -> Iterator[Draft]:
    """The other office, ``by``, ended a contact that both had agreed to."""
    return (_draft("ended", ENDED, wish, to, by=by) for to in mailboxes)


def _draft(
    template: str, kind: str, wish: ContactWish, to: Recipient, *, by: City | None = None
) -> Draft:
    with translation.override(to.language):
        context = {
            "asking": one_line(wish.asking.name),
            "asked": one_line(wish.asked.name),
            "by": one_line(by.name) if by else "",
            "topic": one_line(wish.topic.name) if wish.topic else "",
            "shared": one_line(wish.shared_partner.name) if wish.shared_partner else "",
            "contact": settings.OPERATOR["email"],
        }
    address = f"partnerships/cards/mail/{template}.{to.language}.txt"
    subject, text, html = compose(address, context, to.language)
    return Draft(
        key=f"{kind}:{wish.pk}:{to.key}",
        kind=kind,
        to=to.email,
        language=to.language,
        subject=subject,
        text=text,
        html=html,
        about=wish,
        reply_to=settings.OPERATOR["email"],
    )
