"""Staff bring back to mind what nobody goes on with: questions without an answer, old drafts."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.operations import record
from mailing.operations import enqueue, enqueue_all

from ...models import ConfirmationRequest, Partnership, Party
from .. import mails
from ..contacts import contact_of, told
from ..steps import Purpose, State, ask, locked, parties_of

#: For so long after a city was asked or reminded, asking once more changes nothing.
ONCE_IN = dt.timedelta(days=1)


@transaction.atomic
def remind_silent(*, partnership: Partnership, by: User) -> int:
    """Ask every city once more that has not answered; returns how many mails.

    A question that stands is reminded of, one that is over or was never sent is asked anew.
    Codes: ``state``, ``lately`` (all were asked within a day), ``nobody`` (no address of any of
    these cities is known).
    """
    partnership = locked(partnership, State.AWAITING_PARTNER, State.NEEDS_RECONFIRMATION)
    at = timezone.now()
    lately = _asked_lately(partnership, at)
    parties = [party for party in parties_of(partnership) if _is_silent(party, partnership)]
    silent = [party for party in parties if party.pk not in lately]
    if parties and not silent:
        raise ValidationError(
            _("Nothing was sent: who has not answered was asked within the last day."),
            code="lately",
        )
    asked = [party for party in silent if _remind(party, at, by=by)]
    if not asked:
        raise ValidationError(
            _("We know no address of %(cities)s. Please enter a post there first."),
            code="nobody",
            params={"cities": ", ".join(party.city.name for party in silent)},
        )
    record("partnerships.reminded", partnership, by=by, count=len(asked))
    return len(asked)


@transaction.atomic
def tell_office(*, draft: Partnership, by: User) -> int:
    """Tell the office that its draft waits; returns how many mails.

    Codes: ``state``, ``nobody`` (nobody of the office reads mail), ``lately`` (told today).
    """
    draft = locked(draft, State.DRAFT)
    city = draft.started_by
    contacts = told(city) if city else []
    if city is None or not contacts:
        raise ValidationError(
            _("Nobody of this office reads mail. Please enter a post there first."), code="nobody"
        )
    count = enqueue_all(mails.draft_waits(draft, city, contact) for contact in contacts)
    if not count:
        raise ValidationError(
            _("Nothing was sent: the office was told today already."), code="lately"
        )
    record("partnerships.draft_told", draft, by=by, count=count)
    return count


def _asked_lately(partnership: Partnership, at: dt.datetime) -> set[int]:
    """Parties with a question that was sent, or reminded of, within a day."""
    waiting = ConfirmationRequest.objects.waiting().filter(party__partnership=partnership)
    since = at - ONCE_IN
    sent = waiting.filter(Q(asked_at__gt=since) | Q(reminded_at__gt=since))
    return set(sent.values_list("party", flat=True))


def _is_silent(party: Party, partnership: Partnership) -> bool:
    if party.confirmed_at is None:
        return True
    asked_on = partnership.asked_on
    return asked_on is not None and timezone.localdate(party.confirmed_at) < asked_on


def _remind(party: Party, at: dt.datetime, *, by: User) -> bool:
    waiting = ConfirmationRequest.objects.waiting().filter(party=party)
    request = waiting.select_for_update().order_by("-round").first()
    if request is not None and at <= request.answer_by:
        request.reminded_at = at
        request.save(update_fields=["reminded_at"])
        enqueue(mails.request(request, is_reminder=True, again=at))
        return True
    contact = contact_of(party)
    if contact is None:
        return False
    is_yearly = party.confirmed_at is not None
    ask(party, contact, Purpose.YEARLY if is_yearly else Purpose.CONFIRM, by=by)
    return True
