"""A difference ends when one city gives way, or when staff mediate."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.operations import record
from mailing.operations import enqueue_all

from ...models import FactConfirmation, Partnership, Party
from ...operations import refresh
from .. import mails
from ..contacts import told
from ..facts import FACTS, Value, values_of, write
from ..steps import SHARED, end_if_all_say_so, locked, parties_of


@transaction.atomic
def give_way(*, party: Party, fact: str, value: Value, by: User | None = None) -> Partnership:
    """The city takes over the value of another one; without ``by`` somebody did so by link.

    Once all state the same it becomes the partnership's. Codes: ``state``, ``settled`` (there is
    no difference any more), ``nobody_says_so`` (no other city states that value).
    """
    partnership = locked(party.partnership, *SHARED)
    stated = _stated(partnership, fact)
    others = [one.value for one in stated if one.party_id != party.pk]
    if value not in [*others, values_of(partnership)[fact]]:
        raise ValidationError(
            _("No other city states this value any more. Please look again."), code="nobody_says_so"
        )
    own = next((one for one in stated if one.party_id == party.pk), None)
    if own is None:
        own = FactConfirmation(party=party, fact=fact)
    own.value, own.at, own.comment = value, timezone.now(), ""
    own.save()
    _level(partnership, fact, at=own.at)
    who: dict[str, Any] = {"by": by} if by else {"guest": True}
    record("partnerships.gave_way", partnership, **who, city=party.city_id, fact=fact)
    _tell(partnership, fact, except_city=party.city_id)
    return partnership


@transaction.atomic
def mediate(
    *, partnership: Partnership, fact: str, value: Value, reason: str, by: User
) -> Partnership:
    """Staff settle a difference with the cities' consent: the value holds for all.

    Codes: ``state``, ``settled``, ``nobody_says_so``.
    """
    partnership = locked(partnership, *SHARED)
    stated = _stated(partnership, fact)
    if value not in [one.value for one in stated]:
        raise ValidationError(
            _("No city states this value any more. Please look again."), code="nobody_says_so"
        )
    at = timezone.now()
    for one in stated:
        one.value, one.at = value, at
    FactConfirmation.objects.bulk_update(stated, ["value", "at"])
    _level(partnership, fact, at=at)
    record("partnerships.mediated", partnership, by=by, fact=fact, reason=reason)
    _tell(partnership, fact, reason=reason)
    return partnership


def _stated(partnership: Partnership, fact: str) -> list[FactConfirmation]:
    """Every city's statement on a fact that differs; refuses with ``settled`` otherwise."""
    stated = list(FactConfirmation.objects.filter(party__partnership=partnership, fact=fact))
    if fact not in FACTS or not any(one.differs_since for one in stated):
        raise ValidationError(_("This difference is settled already."), code="settled")
    return stated


def _level(partnership: Partnership, fact: str, *, at: dt.datetime) -> None:
    """Where all state the same, the partnership says so; what still differs keeps its date."""
    stated = list(FactConfirmation.objects.filter(party__partnership=partnership, fact=fact))
    values = [one.value for one in stated]
    if all(value == values[0] for value in values):
        write(partnership, {fact: values[0]})
        refresh(partnership)
    shared = values_of(partnership)[fact]
    for one in stated:
        one.differs_since = (one.differs_since or at) if one.value != shared else None
    FactConfirmation.objects.bulk_update(stated, ["differs_since"])
    if fact == "status":
        end_if_all_say_so(partnership)


def _tell(partnership: Partnership, fact: str, *, except_city: int = 0, reason: str = "") -> None:
    """The other cities hear which value holds now, or what still differs."""
    enqueue_all(
        mails.settled(partnership, party.city, fact, contact, reason=reason)
        for party in parties_of(partnership)
        if party.city_id != except_city
        for contact in told(party.city)
    )
