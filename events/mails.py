"""Every mail about an invitation: one function each, texts in ``templates/events/mail``.

Each text exists in German and in English as a letter of its own; what it may use is in
``mail_facts.facts``. Links are filled in while sending (``mail_links``).
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.utils import timezone

from mailing.drafts import Draft
from mailing.models import Mail
from mailing.rendering import compose, unlinked

from . import calendar_files, seats
from .calendar_state import CANCEL, NOTHING, REQUEST
from .mail_facts import facts, line, plain, texts_of_staff, time_in
from .models import Answer, Event, Invitation, ReminderRule

INVITATION = "events.invitation"
TEST = "events.invitation_test"
CONFIRMATION = "events.confirmation"
PROMOTION = "events.promotion"
WITHDRAWN = "events.withdrawn"
REMINDER = "events.reminder"
CHANGE = "events.change"
CANCELLATION = "events.cancellation"


def campaign_of(event: Event) -> str:
    """The name under which an event's invitations are stopped and continued."""
    return f"event:{event.pk}:invitations"


def invitation(invitation: Invitation, *, test_to: str = "") -> Draft:
    """The invitation in the words of the staff; with ``test_to``, a test to that address."""
    event = invitation.event
    staff = texts_of_staff(invitation)
    if test_to:
        return _draft(
            invitation,
            "invitation",
            {**staff, "subject": f"[TEST] {staff['subject']}"},
            key=_test_key(invitation, test_to, staff["text"]),
            kind=TEST,
            to=test_to,
            about=event,
        )
    return _draft(
        invitation,
        "invitation",
        staff,
        key=f"{INVITATION}:{invitation.pk}:{invitation.send_count}",
        kind=INVITATION,
        campaign=campaign_of(event),
        priority=Mail.Priority.CAMPAIGN,
        not_after=event.closes_at,
    )


def confirmation(invitation: Invitation, answer: Answer, *, method: str = NOTHING) -> Draft:
    """What we understood: a seat, a place on the waitlist, or a no.

    ``method`` is the METHOD of the calendar file it carries (``calendar_state.settle``).
    """
    variant = {"confirmed": "yes", "waitlisted": "waitlist"}.get(answer.seat, "no")
    return _draft(
        invitation,
        f"confirmation_{variant}",
        {
            "answered_by": unlinked(line(answer.answered_by_name)),
            "channel": answer.channel,
            "number": seats.position(invitation) if variant == "waitlist" else None,
        },
        key=f"events.answer:{invitation.pk}:{answer.number}",
        kind=CONFIRMATION,
        method=method,
    )


def promotion(invitation: Invitation) -> Draft:
    """A seat became free for somebody on the waitlist."""
    last = invitation.answers.order_by("-number").values_list("number", flat=True).first()
    return _draft(
        invitation,
        "promotion",
        key=f"{PROMOTION}:{invitation.pk}:{last or 0}",
        kind=PROMOTION,
        method=REQUEST,
    )


def withdrawn(invitation: Invitation, *, method: str = NOTHING) -> Draft:
    """The organisers took the invitation of somebody back who had said yes."""
    return _draft(
        invitation, "withdrawn", key=f"{WITHDRAWN}:{invitation.pk}", kind=WITHDRAWN, method=method
    )


def reminder(invitation: Invitation, rule: ReminderRule) -> Draft:
    """A rule's reminder to somebody silent or to somebody who comes."""
    event = invitation.event
    silent = rule.to == ReminderRule.To.SILENT
    return _draft(
        invitation,
        "reminder_silent" if silent else "reminder_coming",
        texts_of_staff(invitation),
        key=f"{REMINDER}:{invitation.pk}:{rule.pk}:{event.anchor_version}",
        kind=REMINDER,
        priority=Mail.Priority.CAMPAIGN,
        not_after=event.closes_at if silent else event.starts_at,
    )


def change(invitation: Invitation, *, held: str = "") -> Draft:
    """Time or place of the event changed; ``held`` is the calendar file the guest has."""
    before = time_in(held, invitation) if held else ""
    return _draft(
        invitation,
        "change",
        {"old_when": "" if before == facts(invitation)["when"] else before},
        key=f"{CHANGE}:{invitation.pk}:{invitation.calendar_sequence}",
        kind=CHANGE,
        method=REQUEST,
    )


def cancellation(invitation: Invitation, *, method: str = NOTHING) -> Draft:
    """The event does not take place."""
    return _draft(
        invitation,
        "cancellation",
        key=f"{CANCELLATION}:{invitation.pk}",
        kind=CANCELLATION,
        method=method,
    )


def _test_key(invitation: Invitation, to: str, text: str) -> str:
    """The same test twice within a minute is a double click and sends one mail."""
    same = "|".join((to, invitation.email, invitation.language, text))
    digest = hashlib.sha256(same.encode()).hexdigest()[:20]
    return f"{TEST}:{invitation.event.pk}:{timezone.now():%Y%m%d%H%M}:{digest}"


def _draft(
    invitation: Invitation,
    template: str,
    more: dict[str, Any] | None = None,
    *,
    method: str = NOTHING,
    **fields: Any,
) -> Draft:
    """The letter in the recipient's language; ``fields`` are those of ``Draft`` that differ.

    Replies go to the mailbox of the event.
    """
    event, language = invitation.event, invitation.language
    context = {**facts(invitation), **(more or {}), "calendar_removed": method == CANCEL}
    subject, text, html = compose(f"events/mail/{template}.{language}.txt", context, language)
    files = {REQUEST: calendar_files.request, CANCEL: calendar_files.cancel}
    usual = {
        "to": invitation.email,
        "about": invitation,
        "reply_to": calendar_files.contact_of(event),
        "not_after": event.ends_at,
        "calendar": plain(files[method](invitation)) if method else "",
        "calendar_method": method,
    }
    letter = {"language": language, "subject": subject, "text": text, "html": html}
    return Draft(**{**usual, **letter, **fields})
