"""What the operations share, within their transactions: the lock, what a city states, the state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.operations import record
from mailing.operations import enqueue
from privacy import ledger

from ..models import (
    ConfirmationRequest,
    FactConfirmation,
    Partnership,
    Party,
)
from . import mails
from .contacts import Contact
from .days import day_of
from .facts import ENDED, Value, values_of

State = Partnership.State
Purpose = ConfirmationRequest.Purpose
#: States in which the cities work on a partnership together.
SHARED = (State.AWAITING_PARTNER, State.ACTIVE, State.NEEDS_RECONFIRMATION, State.DORMANT)


def locked(partnership: Partnership, *states: Partnership.State) -> Partnership:
    """The partnership's row, locked, in one of ``states``; else refuses with code ``state``."""
    found = Partnership.objects.select_for_update().filter(pk=partnership.pk).first()
    if found is None or found.state not in states:
        raise ValidationError(
            _("This is not possible any more: somebody else was faster. Please look again."),
            code="state",
        )
    return found


def parties_of(partnership: Partnership) -> list[Party]:
    return list(partnership.parties.select_related("city").order_by("order", "pk"))


def state_facts(
    party: Party,
    said: dict[str, dict[str, Value]],
    *,
    shared: dict[str, Value],
    at: dt.datetime,
) -> list[str]:
    """Write what a city states (name → value and comment); returns the names that differ.

    A fact that differed before keeps the time since when.
    """
    since = dict(
        FactConfirmation.objects.filter(party=party, differs_since__isnull=False).values_list(
            "fact", "differs_since"
        )
    )
    rows = [
        FactConfirmation(
            party=party,
            fact=name,
            value=one["value"],
            comment=one.get("comment", ""),
            at=at,
            differs_since=since.get(name, at) if one["value"] != shared[name] else None,
        )
        for name, one in said.items()
    ]
    FactConfirmation.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["party", "fact"],
        update_fields=["value", "comment", "at", "differs_since"],
    )
    return [row.fact for row in rows if row.differs_since]


def state_own_facts(party: Party, partnership: Partnership, at: dt.datetime) -> None:
    """The city that registers or claims states what the partnership says."""
    shared = values_of(partnership)
    said = {name: {"value": value} for name, value in shared.items()}
    state_facts(party, said, shared=shared, at=at)


def ask(party: Party, contact: Contact, purpose: Purpose, *, by: User | None) -> None:
    """Write the request and its mail; requests of the same city before it end."""
    end_requests([party])
    last = ConfirmationRequest.objects.filter(party=party).order_by("-round").first()
    request = ConfirmationRequest.objects.create(
        party=party,
        round=last.round + 1 if last else 1,
        purpose=purpose,
        position=contact.position,
        email=contact.email,
        language=contact.language,
        asked_by=by,
    )
    enqueue(mails.request(request))


def end_requests(parties: Iterable[Party], *, also_answered: bool = False) -> None:
    """Links that were not answered open nothing any more, in a restored backup neither."""
    every = ConfirmationRequest.objects
    ending = every.standing() if also_answered else every.waiting()
    ending = ending.filter(party__in=list(parties))
    for public_id in ending.values_list("public_id", flat=True):
        ledger.note("partnerships.request_ended", id=public_id)
    ending.update(replaced_at=timezone.now())


def may_be_taken_back(others: Iterable[Party]) -> bool:
    """Whether none of the other cities confirmed, or one of them declined."""
    answers = [(party.confirmed_at, party.declined_at) for party in others]
    return any(declined for _at, declined in answers) or not any(at for at, _declined in answers)


def settle_state(partnership: Partnership, at: dt.datetime) -> bool:
    """Active as soon as every city confirmed, in a yearly check anew; returns whether it became so.

    ``confirmed_on`` is the day the last city did.
    """
    parties = partnership.parties.all()
    asked_on = partnership.asked_on
    is_complete = partnership.state in SHARED and all(
        party.confirmed_at and not (asked_on and day_of(party.confirmed_at) < asked_on)
        for party in parties
    )
    if not is_complete:
        return False
    became_active = partnership.state != State.ACTIVE
    partnership.state, partnership.in_directory = State.ACTIVE, True
    partnership.confirmed_on = day_of(at)
    partnership.save(update_fields=["state", "in_directory", "confirmed_on"])
    return became_active


def end_if_all_say_so(partnership: Partnership) -> bool:
    """A partnership ends when every city says so; one alone makes a difference to settle."""
    cities = partnership.parties.count()
    ended = FactConfirmation.objects.filter(
        party__partnership=partnership, fact="status", value=ENDED
    )
    if ended.count() < cities:
        return False
    ended.update(differs_since=None)
    partnership.state = Partnership.State.ENDED
    partnership.save(update_fields=["state"])
    record("partnerships.ended", partnership)
    return True
