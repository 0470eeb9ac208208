"""Every mail about a confirmation; texts in ``templates/partnerships/mail``, one per language.

Links are filled in while sending (``mail_kinds``).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils import formats, timezone, translation

from mailing.drafts import Draft
from mailing.models import Mail
from mailing.rendering import compose, typed

from ..models import City, CityProposal, Confirmation, ConfirmationRequest, Partnership
from .contacts import Contact
from .differences import differences
from .facts import ASKED, FACTS, values_of

CONFIRM = "partnerships.confirm"
REMINDER = "partnerships.confirm_reminder"
RECEIPT = "partnerships.receipt"
REVIEWED = "partnerships.reviewed"
NEWS = "partnerships.news"
SETTLED = "partnerships.settled"
CITY_DECIDED = "partnerships.city_decided"
DRAFT_WAITS = "partnerships.draft_waits"


def request(
    request: ConfirmationRequest, *, is_reminder: bool = False, again: dt.datetime | None = None
) -> Draft:
    """The question to a city, or its one reminder; ``again`` is when the staff send another."""
    party = request.party
    with translation.override(request.language):
        partnership = party.partnership
        values = values_of(partnership)
        context = {
            **_about(partnership, party.city),
            "from_city": str(partnership.started_by.name if partnership.started_by else ""),
            "facts": [(str(fact.label), fact.shown(values[fact.name])) for fact in ASKED],
            "answer_by": formats.date_format(timezone.localtime(request.answer_by), "DATE_FORMAT"),
            "yearly": request.purpose == ConfirmationRequest.Purpose.YEARLY,
            "reminder": is_reminder,
        }
    yearly = request.purpose == ConfirmationRequest.Purpose.YEARLY
    kind = REMINDER if is_reminder else CONFIRM
    return _draft(
        "yearly" if yearly else "confirm",
        Contact(request.email, request.language),
        context,
        key=f"{kind}:{party.pk}:{request.round}{f':{again:%Y%m%d}' if again else ''}",
        kind=kind,
        about=request,
        priority=Mail.Priority.CAMPAIGN if yearly else Mail.Priority.ANSWER,
        not_after=request.answer_by,
    )


def receipt(confirmation: Confirmation, request: ConfirmationRequest) -> Draft:
    """To who answered by link: what we understood, and what happens next."""
    return _draft(
        "receipt",
        Contact(confirmation.email, request.language),
        _answer(confirmation, request.language, confirmation.party.city),
        key=f"{RECEIPT}:{confirmation.pk}",
        kind=RECEIPT,
        about=request,
    )


def reviewed(confirmation: Confirmation) -> Draft:
    """To who answered from an address nobody knew: how the staff decided."""
    request = confirmation.request
    language = request.language if request else "de"
    context = {
        **_answer(confirmation, language, confirmation.party.city),
        "accepted": confirmation.review == Confirmation.Review.ACCEPTED,
        "reason": typed(confirmation.reason),
    }
    return _draft(
        "reviewed",
        Contact(confirmation.email, language),
        context,
        key=f"{REVIEWED}:{confirmation.pk}",
        kind=REVIEWED,
        about=confirmation.party.partnership,
    )


def news(confirmation: Confirmation, contact: Contact, city: City) -> Draft:
    """To the other cities' offices: somebody confirmed, or stated something else."""
    return _draft(
        "news",
        contact,
        _answer(confirmation, contact.language, city),
        key=f"{NEWS}:{confirmation.pk}:{city.pk}:{contact.email.lower()}",
        kind=NEWS,
        about=confirmation.party.partnership,
    )


def settled(
    partnership: Partnership, city: City, fact: str, contact: Contact, *, reason: str = ""
) -> Draft:
    """To a city's office: a difference is settled, or came nearer to it."""
    with translation.override(contact.language):
        one = FACTS[fact]
        context = {
            **_about(partnership, city),
            "fact": str(one.label),
            "value": typed(one.shown(values_of(partnership)[fact])),
            "differences": _differences(partnership),
            "reason": typed(reason),
        }
    stamp = f"{timezone.now():%Y%m%d%H%M%S%f}"
    return _draft(
        "settled",
        contact,
        context,
        key=f"{SETTLED}:{partnership.pk}:{fact}:{stamp}:{city.pk}:{contact.email.lower()}",
        kind=SETTLED,
        about=partnership,
    )


def city_decided(proposal: CityProposal, contact: Contact) -> Draft:
    """To the office that proposed a city."""
    with translation.override(contact.language):
        context = {
            **_about(proposal.partnership, proposal.by_city),
            "name": typed(proposal.name),
            "accepted": proposal.state == CityProposal.State.ACCEPTED,
            "reason": typed(proposal.reason),
        }
    return _draft(
        "city_decided",
        contact,
        context,
        key=f"{CITY_DECIDED}:{proposal.pk}:{contact.email.lower()}",
        kind=CITY_DECIDED,
        about=proposal.partnership,
    )


def draft_waits(draft: Partnership, city: City, contact: Contact) -> Draft:
    """To the office whose draft nobody has touched for a long time."""
    with translation.override(contact.language):
        since = formats.date_format(timezone.localtime(draft.changed_at), "DATE_FORMAT")
        context = {**_about(draft, city), "since": since, "has_title": bool(draft.title)}
    return _draft(
        "draft_waits",
        contact,
        context,
        key=f"{DRAFT_WAITS}:{draft.pk}:{timezone.now():%Y%m%d}:{contact.email.lower()}",
        kind=DRAFT_WAITS,
        about=draft,
    )


def _answer(confirmation: Confirmation, language: str, reader: City) -> dict[str, Any]:
    """What a city answered and where the partnership stands now, for a reader's city."""
    party, partnership = confirmation.party, confirmation.party.partnership
    with translation.override(language):
        silent = partnership.parties.filter(confirmed_at__isnull=True).select_related("city")
        return {
            **_about(partnership, reader),
            "answering_city": party.city.name,
            "outcome": confirmation.outcome,
            "name": typed(confirmation.name),
            "office_held": typed(confirmation.office),
            "message": typed(confirmation.message),
            "said": [
                (
                    str(FACTS[name].label),
                    typed(FACTS[name].shown(one["value"])),
                    typed(one.get("comment", "")),
                )
                for name, one in confirmation.statements.items()
            ],
            "waits_for_staff": confirmation.review == Confirmation.Review.WAITING,
            "active": partnership.state == Partnership.State.ACTIVE,
            "ended": partnership.state == Partnership.State.ENDED,
            "missing": ", ".join(one.city.name for one in silent if not one.declined_at),
            "declined": ", ".join(one.city.name for one in silent if one.declined_at),
            "differences": _differences(partnership),
        }


def _differences(partnership: Partnership) -> list[tuple[str, str]]:
    return [
        (
            str(one.fact.label),
            "; ".join(f"{side.party.city.name}: {typed(side.shown)}" for side in one.sides),
        )
        for one in differences(partnership)
    ]


def _about(partnership: Partnership, city: City) -> dict[str, Any]:
    return {
        "title": typed(partnership.title or partnership.slug),
        "city": city.name,
        "contact": settings.OPERATOR["email"],
    }


def _draft(template: str, contact: Contact, context: dict[str, Any], **fields: Any) -> Draft:
    language = contact.language
    subject, text, html = compose(f"partnerships/mail/{template}.{language}.txt", context, language)
    usual = {"to": contact.email, "reply_to": settings.OPERATOR["email"]}
    letter = {"language": language, "subject": subject, "text": text, "html": html}
    return Draft(**{**usual, **letter, **fields})
