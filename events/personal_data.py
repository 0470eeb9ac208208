"""Personal data of guests."""

from __future__ import annotations

import datetime as dt

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from mailing.models import Mail
from privacy import ledger, purge
from privacy.inventory import Personal
from privacy.periods import ANONYMOUS_DOMAIN, GUEST

from .models import Answer, Invitation

_GUEST = Personal(
    purpose=_("To invite to an event, to run it and to answer questions afterwards."),
    until=_("6 months after the event; numbers by city and country stay."),
)
_CONTACT = Personal(
    purpose=_("So that guests can write to somebody about the event."),
    until=_("As long as the event is shown."),
)
_STAFF = Personal(
    purpose=_("To see who entered an answer that came by phone or letter."),
    until=_("Until the account of the colleague is anonymised."),
)

PERSONAL = {
    "Event.contact_email": _CONTACT,
    "Answer.by": _STAFF,
    **dict.fromkeys(
        [
            "Invitation.position",
            "Invitation.holder",
            "Invitation.name",
            "Invitation.function",
            "Invitation.salutation",
            "Invitation.email",
            "Invitation.reason",
            "Invitation.answered_by_name",
            "Invitation.message",
            "Answer.answered_by_name",
            "Answer.message",
            "Answer.note",
        ],
        _GUEST,
    ),
}
NOT_PERSONAL = {
    "Event": (
        "slug",
        "kind",
        "format",
        "state",
        "title",
        "teaser",
        "description",
        "description_html",
        "audience",
        "starts_at",
        "ends_at",
        "date_precision",
        "time_zone",
        "answer_by",
        "city",
        "venue",
        "online_url",
        "invitation_subject",
        "invitation_text",
        "reminder_limit",
        "report",
        "report_html",
        "source",
        "is_demo",
        "anchor_version",
        "announced_version",
        "created_at",
        "version",
    ),
    "Session": ("event", "title", "description", "starts_at", "ends_at"),
    "EventFile": ("event", "title", "file", "uploaded_at"),
    "SeatPool": ("event", "right", "mode", "capacity", "held", "taken", "last_number"),
    "Delegation": ("event", "partnership", "evidence"),
    "Invitation": (
        "public_id",
        "token_version",
        "event",
        "delegation",
        "city",
        "language",
        "time_zone",
        "right",
        "choice",
        "seat",
        "pool",
        "waitlist_number",
        "answered_at",
        "send_count",
        "calendar_sequence",
        "has_calendar",
        "withdrawn_at",
        "created_at",
        "version",
    ),
    "Answer": (
        "invitation",
        "number",
        "choice",
        "seat",
        "mode",
        "channel",
        "consent_version",
        "at",
    ),
    "ReminderRule": (
        "event",
        "to",
        "anchor",
        "days_before",
        "at_time",
        "useful_for_hours",
        "is_active",
        "settled_version",
        "created_at",
    ),
    "Reminder": ("rule", "invitation", "anchor_version", "due_at", "state", "at"),
}


def anonymise_guests(at: dt.datetime, dry_run: bool) -> int:
    """Guests of events that ended six months ago: the row keeps answer, seat and city.

    Their answers and the mails about their invitation lose the person, too; links die.
    """
    due = Invitation.objects.filter(event__ends_at__lt=at - GUEST)
    if dry_run:
        return due.exclude(email__endswith=ANONYMOUS_DOMAIN).count()
    return anonymise(due)


def anonymise(invitations: QuerySet[Invitation]) -> int:
    """Take the person from these invitations, their answers and their mails; returns how many."""
    named = invitations.exclude(email__endswith=ANONYMOUS_DOMAIN)
    locked = named.select_for_update(of=("self",)).values_list("pk", "public_id", "token_version")
    rows = list(locked)
    guests = [pk for pk, _, _ in rows]
    _forget_in_mails(guests)
    _forget_in_answers(Answer.objects.filter(invitation__in=guests))
    ledger.note_all(
        "events.anonymised",
        [{"id": public_id, "version": version + 1} for _, public_id, version in rows],
    )
    return Invitation.objects.filter(pk__in=guests).update(
        email=Concat(Cast("pk", CharField()), Value(ANONYMOUS_DOMAIN)),
        position=None,
        holder=None,
        token_version=F("token_version") + 1,
        version=F("version") + 1,
        **dict.fromkeys(
            ["name", "function", "salutation", "reason", "answered_by_name", "message"], ""
        ),
    )


def _forget_in_mails(guests: list[int]) -> None:
    kind = ContentType.objects.get_for_model(Invitation)
    about = Mail.objects.filter(about_type=kind, about_id__in=guests)
    about.filter(state__in=[Mail.State.QUEUED, Mail.State.HELD]).update(state=Mail.State.CANCELLED)
    about.update(to="guest" + ANONYMOUS_DOMAIN, text="", html="", calendar="", server_answer="")


def _forget_in_answers(answers: QuerySet[Answer]) -> int:
    said = answers.exclude(Q(answered_by_name="") & Q(message="") & Q(note=""))
    return said.update(answered_by_name="", message="", note="")


purge.register("events.guests", anonymise_guests)
