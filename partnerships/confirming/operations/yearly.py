"""Once a year each city is asked whether the partnership is still as stated."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from journal.operations import record
from mailing.operations import enqueue

from ...models import ConfirmationRequest, Partnership, Party
from .. import mails
from ..contacts import contact_of
from ..steps import Purpose, State, ask, parties_of

YEAR = dt.timedelta(days=365)
#: Silence for so long after being asked, and a partnership needs to be confirmed anew.
SILENCE = dt.timedelta(days=60)
REMIND_AFTER = dt.timedelta(days=14)
#: How many a tick takes on, so that a whole registry does not stand in one transaction.
AT_MOST = 50


def ask_yearly(*, at: dt.datetime) -> int:
    """Ask the cities of every partnership confirmed or asked a year ago; returns how many."""
    day = timezone.localdate(at) - YEAR
    due = Partnership.objects.filter(
        Q(asked_on__isnull=True, confirmed_on__lte=day) | Q(asked_on__lte=day),
        state__in=(State.ACTIVE, State.NEEDS_RECONFIRMATION),
    )
    return sum(_ask_all(pk, day, at) for pk in due.values_list("pk", flat=True)[:AT_MOST])


def let_lapse(*, at: dt.datetime) -> int:
    """Neutral, and revived by one answer: silent partnerships need to be confirmed anew.

    Those silent for another year rest (dormant). Returns how many changed.
    """
    silent = Partnership.objects.filter(asked_on__lte=timezone.localdate(at) - SILENCE).filter(
        parties__in=Party.objects.filter(_unanswered())
    )
    lapsed = [
        (State.ACTIVE, State.NEEDS_RECONFIRMATION, silent),
        (
            State.NEEDS_RECONFIRMATION,
            State.DORMANT,
            silent.filter(confirmed_on__lte=timezone.localdate(at) - 2 * YEAR - SILENCE),
        ),
    ]
    moved = 0
    for before, after, due in reversed(lapsed):
        for pk in due.filter(state=before).distinct().values_list("pk", flat=True)[:AT_MOST]:
            moved += _move(pk, before, after)
    return moved


def remind(*, at: dt.datetime) -> int:
    """One reminder to cities that were silent for two weeks; returns how many mails."""
    due = ConfirmationRequest.objects.waiting().filter(
        reminded_at__isnull=True,
        asked_at__lte=at - REMIND_AFTER,
        asked_at__gt=at - 3 * REMIND_AFTER,
    )
    return sum(_remind(pk, at) for pk in due.values_list("pk", flat=True)[:AT_MOST])


def _unanswered() -> Q:
    """Cities that were asked in the last yearly check and did not confirm since."""
    asked = F("partnership__asked_on")
    return Q(confirmed_at__isnull=True) | Q(confirmed_at__date__lt=asked)


@transaction.atomic
def _ask_all(pk: int, day: dt.date, at: dt.datetime) -> bool:
    partnership = Partnership.objects.select_for_update().filter(pk=pk).first()
    if partnership is None or (partnership.asked_on and partnership.asked_on > day):
        return False
    partnership.asked_on = timezone.localdate(at)
    partnership.save(update_fields=["asked_on"])
    for party in parties_of(partnership):
        contact = contact_of(party)
        if contact is not None:
            ask(party, contact, Purpose.YEARLY, by=None)
    record("partnerships.asked_yearly", partnership)
    return True


@transaction.atomic
def _move(pk: int, before: str, after: str) -> bool:
    partnership = Partnership.objects.select_for_update().filter(pk=pk).first()
    if partnership is None or partnership.state != before:
        return False
    partnership.state = after
    partnership.save(update_fields=["state"])
    record(f"partnerships.{after}", partnership)
    return True


@transaction.atomic
def _remind(pk: int, at: dt.datetime) -> bool:
    request = ConfirmationRequest.objects.select_for_update().get(pk=pk)
    if request.reminded_at or request.answered_at or request.replaced_at:
        return False
    request.reminded_at = at
    request.save(update_fields=["reminded_at"])
    enqueue(mails.request(request, is_reminder=True))
    return True
