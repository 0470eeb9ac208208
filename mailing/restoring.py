"""After a backup was restored: nothing may go out before people looked at it.

A restored outbox takes mails for waiting that were sent between backup and loss, and reminders
of those days are written once more. So what waited is held, what is written afterwards waits
(``Mail.objects.due``), and staff let it go or drop it. Mails about signing in are excepted:
without them nobody could decide.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from journal.operations import record

from .bell import ring_on_commit
from .models import UNCLAIMED, Mail, Restoration

State = Mail.State
RESTORED = "restored"


def undecided() -> Restoration | None:
    """The restored backup about whose mails staff have not decided yet."""
    return Restoration.objects.undecided().first()


@transaction.atomic
def close(*, backup_of: dt.datetime | None = None) -> int:
    """Stop every mail that the worker would send, flagged as a possible repetition.

    ``backup_of`` is the moment of the restored state. Closing a closed outbox holds what was
    written meanwhile; returns how many mails were stopped.
    """
    if undecided() is None:
        Restoration.objects.create(backup_of=backup_of)
    resent_by_itself = models.Q(state=State.UNCERTAIN, may_be_duplicate=False)
    on_their_way = models.Q(state__in=[State.QUEUED, State.CLAIMED]) | resent_by_itself
    return Mail.objects.filter(on_their_way).update(
        state=State.HELD,
        reason=RESTORED,
        may_be_duplicate=True,
        handed_over_at=None,
        **UNCLAIMED,
    )


@transaction.atomic
def release(*, by: Any = None) -> int:
    """Open the outbox and let go what was stopped, and nothing that staff stopped themselves.

    Invitations and reminders written since the restoring are flagged, too. Returns how many.
    """
    restoration = _decide()
    if restoration is None:
        return 0
    written_since().filter(_REPEATS).update(may_be_duplicate=True)
    count = written_since().count() + held().update(state=State.QUEUED, reason="")
    record("mailing.released", restoration, by=by, count=count)
    ring_on_commit()
    return count


@transaction.atomic
def drop(*, by: Any = None) -> int:
    """Open the outbox, but drop what was stopped and the invitations and reminders since.

    Staff can still send single ones; answers to what people did since then go out. Returns how
    many were dropped.
    """
    restoration = _decide()
    if restoration is None:
        return 0
    repeats = held() | written_since().filter(_REPEATS)
    count = repeats.update(state=State.CANCELLED, reason="withdrawn")
    record("mailing.dropped", restoration, by=by, count=count)
    ring_on_commit()
    return count


def held() -> models.QuerySet[Mail]:
    """What ``close`` stopped."""
    return Mail.objects.filter(state=State.HELD, reason=RESTORED)


def written_since() -> models.QuerySet[Mail]:
    """What waits because the outbox is closed."""
    return Mail.objects.filter(state=State.QUEUED).exclude(priority=Mail.Priority.AT_ONCE)


#: Written by a campaign or a rule, so it may have gone out before the loss already.
_REPEATS = models.Q(priority=Mail.Priority.CAMPAIGN)


def _decide() -> Restoration | None:
    """Mark the restored backup as decided; ``None`` when somebody did already."""
    restoration = Restoration.objects.undecided().select_for_update().first()
    if restoration is not None:
        restoration.decided_at = timezone.now()
        restoration.save(update_fields=["decided_at"])
    return restoration
