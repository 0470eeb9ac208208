"""Whose desk a case lies on, and reminding cities."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.operations import record
from mailing.models import Mail
from mailing.operations import enqueue_all

from ..actors import Actor
from ..locking import locked
from ..models import Application
from ..policies import Action
from ..states import State
from ..submitting.recipients import all_mailboxes
from . import mails

#: States in which something waits for the cities.
REMINDABLE = frozenset({State.DRAFT, State.INFORMATION})


@dataclass(frozen=True)
class Prospect:
    """What reminding a case would do: how many mails, or why none."""

    application: Application
    mails: int
    refusal: str = ""


@transaction.atomic
def transfer(*, application: Application, to: User | None, reason: str, by: Actor) -> Application:
    """Lay a case on a colleague's desk, or on nobody's; the colleague gets a mail.

    Raises ``ValidationError``: ``not_yours``, ``not_now`` or ``not_staff``.
    """
    application = locked(application)
    by.check(Action.TRANSFER, application)
    if application.handled_by_id == (to.pk if to else None):
        return application
    if to is not None and not (to.is_staff and to.is_active):
        raise ValidationError(_("Cases lie with the programme's staff."), code="not_staff")
    application.handled_by = to
    application.save(update_fields=["handled_by"])
    if to is not None and to != by.user:
        enqueue_all([mails.transferred(application, to, reason)])
    record("exchanges.transferred", application, by=by.user, to=str(to or "–"), reason=reason)
    return application


@transaction.atomic
def assign_many(
    *, applications: Iterable[Application], to: User | None, reason: str, by: Actor
) -> list[Application]:
    """``transfer`` for several cases at once; one that is refused refuses all, and is named."""
    moved = []
    for one in sorted(applications, key=lambda one: one.pk):
        try:
            moved.append(transfer(application=one, to=to, reason=reason, by=by))
        except ValidationError as refusal:
            sentence = f"{one.ref}: {' '.join(refusal.messages)}"
            raise ValidationError(sentence, code=refusal.code) from refusal
    return moved


@transaction.atomic
def remind(*, application: Application, at: dt.datetime, by: Actor) -> int:
    """Write to the cities that wait to act; returns the number of mails, 0 the second time a day.

    Raises ``ValidationError``: ``not_yours`` or ``not_now``.
    """
    application = locked(application)
    by.check(Action.READ, application)
    prospect = prospect_of(application, at)
    if prospect.refusal:
        raise ValidationError(prospect.refusal, code="not_now")
    day = at.astimezone(application.call.zone).date()
    boxes = all_mailboxes(application.parties.select_related("city"))
    for party, _box in boxes:
        party.application = application
    enqueue_all(mails.reminded(party, box, day) for party, box in boxes)
    record("exchanges.reminded", application, by=by.user, count=len(boxes))
    return len(boxes)


def prospect_of(application: Application, at: dt.datetime) -> Prospect:
    """What ``remind`` would do at that moment; changes nothing."""
    if State(application.state) not in REMINDABLE:
        return Prospect(application, 0, str(_("Nothing waits for the cities.")))
    if application.state == State.DRAFT and not application.accepts(at):
        return Prospect(application, 0, str(_("The deadline is over.")))
    day = at.astimezone(application.call.zone).date()
    key = mails.key_of(application, day)
    if Mail.objects.filter(key__startswith=f"{key}:").exists():
        return Prospect(application, 0, str(_("The cities were reminded today already.")))
    boxes = all_mailboxes(application.parties.select_related("city"))
    if not boxes:
        return Prospect(application, 0, str(_("Nobody of these cities can be written to.")))
    return Prospect(application, len(boxes))
