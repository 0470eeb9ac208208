"""After a backup was restored: nothing waiting may go out before people looked at it.

A restored outbox takes mails for waiting that were sent between backup and loss.
"""

from __future__ import annotations

from django.db import models, transaction

from .bell import ring_on_commit
from .models import Mail

State = Mail.State
RESTORED = "restored"


@transaction.atomic
def hold_all() -> int:
    """Stop every mail that the worker would send, flagged as a possible repetition.

    Call it while no worker runs; returns how many. Mails written afterwards go out as usual.
    """
    resent_by_itself = models.Q(state=State.UNCERTAIN, may_be_duplicate=False)
    on_their_way = models.Q(state__in=[State.QUEUED, State.CLAIMED]) | resent_by_itself
    return Mail.objects.filter(on_their_way).update(
        state=State.HELD,
        reason=RESTORED,
        may_be_duplicate=True,
        lease_owner="",
        lease_until=None,
        handed_over_at=None,
    )


@transaction.atomic
def release_all() -> int:
    """Let go what ``hold_all`` stopped, and nothing that staff stopped; returns how many."""
    count = _held().update(state=State.QUEUED, reason="")
    if count:
        ring_on_commit()
    return count


def drop_all() -> int:
    """Take back what ``hold_all`` stopped; staff can still send single ones. Returns how many."""
    return _held().update(state=State.CANCELLED, reason="withdrawn")


def _held() -> models.QuerySet[Mail]:
    return Mail.objects.filter(state=State.HELD, reason=RESTORED)
