"""Telling guests that an event moved, changed or does not take place."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.operations import record
from mailing.models import Mail
from mailing.operations import cancel_about, enqueue_all

from .. import calendar_files, mails, seats
from ..calendar_state import CANCEL, NOTHING, REQUEST
from ..models import Event, Invitation
from .inviting import complete, rewrite_waiting

_WAITING = (Mail.State.QUEUED, Mail.State.HELD, Mail.State.CLAIMED)
_ARRIVED = (Mail.State.SENT, Mail.State.UNCERTAIN, Mail.State.CLAIMED)


@transaction.atomic
def announce_change(*, event: Event, by: User) -> int:
    """Bring the calendars that show something else up to date, with a mail; returns how many.

    Invitations that have not left yet are rewritten. A second call finds nothing to tell.
    Refuses with ``not_published`` or ``over``.
    """
    stored = _locked(event)
    _refuse_unless_running(stored)
    holders = complete(stored, stored.invitations.coming().filter(has_calendar=True))
    held = _held_calendars(holders)
    is_moved = stored.announced_version != stored.anchor_version
    changed = [guest for guest in holders if _shows_something_else(guest, held, is_moved)]
    for guest in changed:
        guest.calendar_sequence += 1
    Invitation.objects.bulk_update(changed, ["calendar_sequence"], batch_size=200)
    enqueue_all(mails.change(guest, held=held.get(guest.pk, "")) for guest in changed)
    rewrite_waiting(stored)
    event.announced_version = stored.anchor_version
    Event.objects.filter(pk=event.pk).update(announced_version=stored.anchor_version)
    if changed or is_moved:
        record("events.announced", event, by=by, count=len(changed))
    return len(changed)


@transaction.atomic
def cancel_event(*, event: Event, by: User) -> int:
    """Cancel an event: a CANCEL to every calendar, a notice to all whom an invitation reached.

    Invitations and reminders still waiting are taken back. Returns how many people are told;
    cancelling twice changes nothing. Refuses with ``not_published`` or ``over``.
    """
    stored = _locked(event)
    if stored.state == Event.State.CANCELLED:
        return 0
    _refuse_unless_running(stored)
    stored.state = event.state = Event.State.CANCELLED
    stored.save(update_fields=["state"])
    event.version = stored.version
    guests = complete(stored, stored.invitations.standing().order_by("pk"))
    reached = _take_back_waiting(guests)
    told = [guest for guest in guests if guest.has_calendar or guest.choice or guest.pk in reached]
    methods = {guest.pk: _clear_calendar(guest) for guest in told}
    fields = ["calendar_sequence", "has_calendar"]
    Invitation.objects.bulk_update(told, fields, batch_size=200)
    enqueue_all(mails.cancellation(guest, method=methods[guest.pk]) for guest in told)
    record("events.cancelled", event, by=by, count=len(told))
    return len(told)


def _locked(event: Event) -> Event:
    """The event as it stands now; pools are locked first, as everywhere (``seats``)."""
    seats.lock(event)
    return Event.objects.select_for_update().get(pk=event.pk)


def _refuse_unless_running(event: Event) -> None:
    if event.state != Event.State.PUBLISHED:
        raise ValidationError(
            _("The event is not published, so there is nobody to tell."), code="not_published"
        )
    if timezone.now() > event.ends_at:
        raise ValidationError(_("The event is over."), code="over")


def _mails_about(guests: list[Invitation]) -> Any:
    kind = ContentType.objects.get_for_model(Invitation)
    return Mail.objects.filter(about_type=kind, about_id__in=[guest.pk for guest in guests])


def _held_calendars(guests: list[Invitation]) -> dict[int, str]:
    """The calendar file each guest got last, unless its text has been erased."""
    sent = _mails_about(guests).filter(calendar_method=REQUEST).exclude(calendar="")
    wanted = sent.exclude(state__in=[Mail.State.STALE, Mail.State.CANCELLED, Mail.State.FAILED])
    return dict(wanted.order_by("pk").values_list("about_id", "calendar"))


def _shows_something_else(guest: Invitation, held: dict[int, str], is_moved: bool) -> bool:
    """Compared with the file itself; by the version of the dates where that is erased."""
    if guest.pk not in held:
        return is_moved
    return calendar_files.differ(held[guest.pk], calendar_files.request(guest))


def _take_back_waiting(guests: list[Invitation]) -> set[int]:
    """Cancel invitations and reminders that wait; returns whom an invitation has reached."""
    of_kind = _mails_about(guests).filter(kind__in=[mails.INVITATION, mails.REMINDER])
    waiting = set(of_kind.filter(state__in=_WAITING).values_list("about_id", flat=True))
    for guest in guests:
        if guest.pk in waiting:
            cancel_about(guest, kinds=[mails.INVITATION, mails.REMINDER])
    arrived = _mails_about(guests).filter(kind=mails.INVITATION, state__in=_ARRIVED)
    return set(arrived.values_list("about_id", flat=True))


def _clear_calendar(guest: Invitation) -> str:
    """Note that the guest's calendar is emptied; returns the METHOD that does it."""
    if not guest.has_calendar:
        return NOTHING
    guest.calendar_sequence += 1
    guest.has_calendar = False
    return CANCEL
