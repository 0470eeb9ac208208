"""Promising, changing, closing and reopening; the partnership's row is locked first."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.operations import record
from mailing.operations import one_line

from ..models import Commitment, Partnership
from .policies import may_promise

State = Commitment.State


@transaction.atomic
def promise(*, commitment: Commitment, by: User) -> Commitment:
    """Keep a new, checked commitment; the same one, sent twice, is one.

    Raises ``ValidationError``: ``not_now``, ``foreign_position`` or ``foreign_city``.
    """
    _lock_partnership(commitment)
    _check_whose(commitment)
    commitment.text = one_line(commitment.text)
    same = ("party", "position", "topic", "text", "due_on", "made_on")
    values = {name: getattr(commitment, name) for name in same}
    twin = Commitment.objects.filter(state=State.OPEN, **values).first()
    if twin is not None:
        return twin
    commitment.made_by = by
    commitment.save()
    record("partnerships.commitment_made", commitment, by=by, within=commitment.party.city)
    return commitment


@transaction.atomic
def change(*, commitment: Commitment, by: User) -> Commitment:
    """Store a checked commitment while it is open.

    Raises ``ValidationError``: ``not_now``, ``gone``, ``conflict``, ``closed`` or
    ``foreign_position``.
    """
    stored = _unchanged(commitment)
    _check_open(stored)
    _check_whose(commitment)
    commitment.text = one_line(commitment.text)
    commitment.save()
    record("partnerships.commitment_changed", commitment, by=by, within=commitment.party.city)
    return commitment


@transaction.atomic
def close(*, commitment: Commitment, by: User) -> Commitment:
    """Store that it is done or given up, with a note; ``commitment`` carries both.

    Raises ``ValidationError``: ``not_now``, ``gone``, ``conflict`` or ``closed``.
    """
    stored = _unchanged(commitment)
    _check_open(stored)
    stored.state, stored.note = commitment.state, one_line(commitment.note)
    stored.closed_on = timezone.localdate()
    stored.save()
    record(f"partnerships.commitment_{stored.state}", stored, by=by, within=stored.party.city)
    return stored


@transaction.atomic
def reopen(*, commitment: Commitment, by: User) -> Commitment:
    """It is to be done after all; the note stays. An open one is returned as it is.

    Raises ``ValidationError``: ``not_now`` or ``gone``.
    """
    stored = _locked(commitment)
    if stored.state == State.OPEN:
        return stored
    stored.state, stored.closed_on = State.OPEN, None
    stored.save()
    record("partnerships.commitment_reopened", stored, by=by, within=stored.party.city)
    return stored


def _lock_partnership(commitment: Commitment) -> None:
    rows = Partnership.objects.select_for_update(of=("self",))
    partnership = rows.filter(pk=commitment.partnership_id).first()
    if partnership is None or not may_promise(partnership):
        raise ValidationError(
            _("In this partnership nothing can be promised or changed at the moment."),
            code="not_now",
        )


def _locked(commitment: Commitment) -> Commitment:
    _lock_partnership(commitment)
    rows = Commitment.objects.select_for_update(of=("self",)).select_related("party__city")
    stored = rows.filter(pk=commitment.pk).first()
    if stored is None:
        raise ValidationError(_("This commitment does not exist any more."), code="gone")
    return stored


def _unchanged(commitment: Commitment) -> Commitment:
    """The stored row, locked, if it is as ``commitment`` was when it was read."""
    stored = _locked(commitment)
    if stored.version != commitment.version:
        raise ValidationError(
            _("Somebody else changed this commitment meanwhile. Please open it again."),
            code="conflict",
        )
    return stored


def _check_open(stored: Commitment) -> None:
    if stored.state != State.OPEN:
        raise ValidationError(
            _("This commitment is closed. Open it again to change it."), code="closed"
        )


def _check_whose(commitment: Commitment) -> None:
    """The city belongs to the partnership, and the post to the city."""
    party, position = commitment.party, commitment.position
    if party.partnership_id != commitment.partnership_id:
        raise ValidationError(_("This city is not in the partnership."), code="foreign_city")
    if position is not None and position.city_id != party.city_id:
        raise ValidationError(_("This post does not belong to your city."), code="foreign_position")
