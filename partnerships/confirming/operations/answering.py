"""A city answers: by a link without an account, or signed in from its office."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.operations import record
from mailing.operations import enqueue, enqueue_all

from ...models import Confirmation, ConfirmationRequest, Partnership, Party
from .. import mails
from ..contacts import Contact, is_known, told
from ..facts import ENDED, Value, values_of
from ..steps import (
    SHARED,
    Purpose,
    ask,
    end_if_all_say_so,
    locked,
    parties_of,
    settle_state,
    state_facts,
)

Outcome, Review = Confirmation.Outcome, Confirmation.Review
Said = dict[str, dict[str, Value]]


@transaction.atomic
def confirm(
    *,
    party: Party,
    outcome: str,
    said: Said,
    name: str,
    office: str,
    message: str = "",
    request: ConfirmationRequest | None = None,
    by: User | None = None,
) -> Confirmation:
    """Record a city's answer; ``said`` holds value and comment of each fact that differs.

    Who came by a link to an address that nobody knows for this city waits for the staff.
    Codes: ``closed`` (answered already, replaced, too late), ``state``.
    """
    partnership = locked(party.partnership, *SHARED)
    party = partnership.parties.select_related("city").get(pk=party.pk)
    at = timezone.now()
    if request is not None:
        request = _open(request, at)
    is_vetted = request is None or is_known(party.city, request.email)
    confirmation = Confirmation.objects.create(
        party=party,
        request=request,
        outcome=outcome,
        at=at,
        by=by,
        name=name,
        office=office,
        email=request.email if request else "",
        message=message,
        statements=said,
        review=Review.NOT_NEEDED if is_vetted else Review.WAITING,
    )
    if request is not None:
        request.answered_at = at
        request.save(update_fields=["answered_at"])
    verb = "partnerships.answered" if is_vetted else "partnerships.answer_to_review"
    who: dict[str, Any] = {"by": by} if by else {"guest": True}
    record(verb, partnership, **who, city=party.city_id, outcome=outcome)
    if is_vetted:
        _count(confirmation, partnership, party)
    if request is not None:
        enqueue(mails.receipt(confirmation, request))
    return confirmation


@transaction.atomic
def pass_on(*, request: ConfirmationRequest, email: str, name: str, language: str) -> None:
    """“Somebody else does this now”: the link goes to the new address, this one ends.

    Codes: ``closed``, ``same_address``.
    """
    partnership = locked(request.party.partnership, *SHARED)
    request = _open(request, timezone.now())
    if email.lower() == request.email.lower():
        raise ValidationError(
            _("This is the address that our message already went to."), code="same_address"
        )
    request.passed_on_to, request.answered_at = email, timezone.now()
    request.save(update_fields=["passed_on_to", "answered_at"])
    ask(request.party, Contact(email, language), Purpose(request.purpose), by=None)
    record("partnerships.passed_on", partnership, guest=True, city=request.party.city_id)


@transaction.atomic
def review(*, confirmation: Confirmation, accept: bool, reason: str, by: User) -> Confirmation:
    """Staff decide whether somebody at an unknown address speaks for the city.

    Code ``settled`` when a colleague was faster; ``state``.
    """
    partnership = locked(confirmation.party.partnership, *SHARED)
    found = Confirmation.objects.select_for_update().get(pk=confirmation.pk)
    if found.review != Review.WAITING:
        raise ValidationError(_("A colleague has settled this already."), code="settled")
    found.review = Review.ACCEPTED if accept else Review.REFUSED
    found.reviewed_by, found.reviewed_at, found.reason = by, timezone.now(), reason
    found.save()
    party = partnership.parties.select_related("city").get(pk=found.party_id)
    verb = "partnerships.answer_accepted" if accept else "partnerships.answer_refused"
    record(verb, partnership, by=by, city=party.city_id)
    if accept:
        _count(found, partnership, party)
    enqueue(mails.reviewed(found))
    return found


def _open(request: ConfirmationRequest, at: dt.datetime) -> ConfirmationRequest:
    """The request, locked, if it can be answered now."""
    found = ConfirmationRequest.objects.select_for_update().get(pk=request.pk)
    if found.answered_at or found.replaced_at or at > found.answer_by:
        raise ValidationError(
            _("This question was answered already, or a newer message has replaced it."),
            code="closed",
        )
    return found


def _count(confirmation: Confirmation, partnership: Partnership, party: Party) -> None:
    """The answer counts: facts, the city's confirmation, the state, and news to the others."""
    at = timezone.now()
    if confirmation.outcome == Outcome.NOT_OURS:
        party.declined_at, party.confirmed_at = at, None
        party.save(update_fields=["declined_at", "confirmed_at"])
    else:
        _state(confirmation, partnership, party, at)
        party.confirmed_at, party.declined_at = at, None
        party.confirmed_office = confirmation.office
        party.save(update_fields=["confirmed_at", "declined_at", "confirmed_office"])
    became_active = settle_state(partnership, at)
    if became_active:
        record("partnerships.active", partnership)
    others = [one for one in parties_of(partnership) if one != party]
    enqueue_all(
        mails.news(confirmation, contact, other.city)
        for other in others
        for contact in told(other.city)
    )


def _state(
    confirmation: Confirmation, partnership: Partnership, party: Party, at: dt.datetime
) -> None:
    """What the city states about every fact: the shared value where it said nothing else."""
    shared = values_of(partnership)
    said: Said = {name: {"value": value} for name, value in shared.items()}
    if confirmation.outcome == Outcome.DIFFERS:
        said |= confirmation.statements
    if confirmation.outcome == Outcome.ENDED:
        said["status"] = {"value": ENDED, "comment": confirmation.message[:500]}
    differing = state_facts(party, said, shared=shared, at=at)
    if confirmation.outcome == Outcome.ENDED:
        end_if_all_say_so(partnership)
    elif differing:
        record("partnerships.differs", partnership, city=party.city_id, facts=differing)
