"""Mails about choosing topics: one function each, texts in ``templates/partnerships/focus/mail``.

Each text exists in German and in English as a letter of its own. Links lead to the office's
pages, which ask for an account; they are put in while sending (``mail_kinds``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.utils import translation

from mailing.drafts import Draft
from mailing.operations import one_line
from mailing.rendering import compose

from ..models import City, FocusTopic, Party, TopicRound
from ..office_mail import Recipient

YOUR_TURN = "partnerships.topics_turn"
REVEALED = "partnerships.topics_revealed"


def your_turn(
    round: TopicRound, parties: Sequence[Party], chosen: City, mailboxes: Iterable[Recipient]
) -> Iterator[Draft]:
    """One city has submitted: the others hear that it did, and nothing of what it chose."""
    key = f"{YOUR_TURN}:{round.pk}:{chosen.pk}"
    for to in mailboxes:
        with translation.override(to.language):
            more = {"chosen": one_line(chosen.name), "is_again": round.number > 1}
        yield _draft("your_turn", YOUR_TURN, key, round, parties, to, more)


def revealed(
    round: TopicRound, parties: Sequence[Party], mailboxes: Iterable[Recipient]
) -> Iterator[Draft]:
    """All have submitted: what they have in common, or that it is nothing this time."""
    focus = list(FocusTopic.objects.filter(round=round).select_related("topic").order_by("order"))
    for to in mailboxes:
        with translation.override(to.language):
            more = {"topics": [one_line(link.topic.name) for link in focus]}
        template = "revealed" if focus else "nothing_in_common"
        yield _draft(template, REVEALED, f"{REVEALED}:{round.pk}", round, parties, to, more)


def _draft(
    template: str,
    kind: str,
    key: str,
    round: TopicRound,
    parties: Sequence[Party],
    to: Recipient,
    more: dict[str, Any],
) -> Draft:
    own = next(party for party in parties if party.city_id == to.city_id)
    with translation.override(to.language):
        context = {
            "title": one_line(str(round.partnership)),
            "city": one_line(own.city.name),
            "others": [one_line(p.city.name) for p in parties if p != own],
            "contact": settings.OPERATOR["email"],
            **more,
        }
    address = f"partnerships/focus/mail/{template}.{to.language}.txt"
    subject, text, html = compose(address, context, to.language)
    return Draft(
        key=f"{key}:{to.city_id}:{to.key}",
        kind=kind,
        to=to.email,
        language=to.language,
        subject=subject,
        text=text,
        html=html,
        about=round.rankings.get(party=own),
        reply_to=settings.OPERATOR["email"],
    )
