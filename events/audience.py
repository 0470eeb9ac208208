"""Whom an invitation would reach: every recipient with the reason, everyone left out with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from mailing.operations import blocked
from partnerships.models import Holder, Partnership

from . import delegations
from .addresses import Line, fold, is_address, parse
from .addressing import function_of, neutral_salutation, salutation_of, why_invited
from .lines import add_lines
from .models import Event, Right
from .policies import right_for
from .recipients import Criteria, DelegationCheck, LeftOut, Preflight, Recipient
from .selection import (
    Candidate,
    Selection,
    Stranger,
    add_filtered,
    add_partnerships,
    has_filters,
    positions,
)

__all__ = [
    "Criteria",
    "DelegationCheck",
    "LeftOut",
    "Preflight",
    "Recipient",
    "preflight",
    "recipient_for",
]
_NAME_LENGTH = 150
_LAST_RANK = 1000


def preflight(event: Event, criteria: Criteria) -> Preflight:
    """Find everybody the criteria name and sort out who cannot be invited; writes nothing.

    Recipients stand by country, city and rank of their office; strangers come last.
    """
    selection = _select(criteria)
    found = [_of_position(event, one) for one in selection.candidates.values()]
    found += [_of_stranger(event, one) for one in selection.strangers.values()]
    found.sort(key=_order)
    obstacles = _Obstacles(event, found)
    left_out = [*selection.left_out, *filter(None, map(obstacles.to, found))]
    recipients = [recipient for recipient in found if obstacles.to(recipient) is None]
    present = [*recipients, *filter(obstacles.is_invited, found)]
    checks = [delegations.check(partnership, present) for partnership in selection.partnerships]
    return Preflight(recipients, left_out, checks)


def recipient_for(
    event: Event,
    key: str,
    *,
    name: str = "",
    language: str = "",
    partnership: Partnership | None = None,
) -> Recipient | None:
    """The recipient behind a key, invited or not, as a preview shows them; ``None`` for nobody.

    ``name`` belongs to an address; ``language`` shows a position in the other language.
    """
    kind, rest = key[:1], key[1:]
    if kind == "a" and is_address(rest):
        line = Line(1, rest, name=name, email=rest, language=language)
        return _of_stranger(event, Stranger(line, []))
    if kind != "p" or not rest.isdecimal() or len(rest) > 15:
        return None
    position = positions().filter(pk=int(rest)).first()
    if position is None:
        return None
    position.language = language or position.language
    return _of_position(event, Candidate(position, [], partnership))


def _select(criteria: Criteria) -> Selection:
    """Everybody the criteria find; empty criteria find nobody."""
    selection = Selection()
    if has_filters(criteria):
        add_filtered(selection, criteria)
    if criteria.partnerships:
        add_partnerships(selection, criteria.partnerships)
    lines = parse(criteria.people)
    if lines:
        add_lines(selection, lines)
    return selection


def _of_position(event: Event, found: Candidate) -> Recipient:
    position = found.position
    holder = _current(position.current_holders)
    function = function_of(position, holder)
    right, certain = right_for(position.office, event)
    zone = position.city.time_zone if position.city else event.time_zone
    return Recipient(
        key=f"p{position.pk}",
        position=position,
        holder=holder,
        name=holder.name if holder else "",
        function=function,
        salutation=salutation_of(position, holder),
        email=position.email,
        language=position.language,
        time_zone=zone,
        right=right,
        right_is_certain=certain,
        city=position.city,
        partnership=found.partnership,
        reasons=tuple(found.reasons),
        why=why_invited(position, function, found.partnership, position.language),
        local_start=event.starts_at.astimezone(ZoneInfo(zone)),
    )


def _of_stranger(event: Event, found: Stranger) -> Recipient:
    """An address nobody knows: listens until staff decide, in the event's zone."""
    line = found.line
    language = line.language or settings.LANGUAGE_CODE
    name = Truncator(line.name).chars(_NAME_LENGTH)
    return Recipient(
        key=f"a{fold(line.email)}",
        position=None,
        holder=None,
        name=name,
        function="",
        salutation=neutral_salutation(name, language),
        email=line.email,
        language=language,
        time_zone=event.time_zone,
        right=right_for(None, event)[0],
        right_is_certain=False,
        city=None,
        partnership=None,
        reasons=tuple(found.reasons),
        why=why_invited(None, "", None, language),
        local_start=event.starts_at.astimezone(event.zone),
    )


def _current(holders: Iterable[Holder]) -> Holder | None:
    """Who came last, if a handover left two; a holder without a date came first."""
    return max(holders, key=lambda h: (h.since or dt.date.min, h.pk), default=None)


def _order(recipient: Recipient) -> tuple[Any, ...]:
    position = recipient.position
    if position is None:
        return (2, "", "", 0, 0, recipient.key)
    rank = position.office.rank if position.office else _LAST_RANK
    if position.city is None:
        return (1, "", position.place, rank, position.pk, "")
    return (0, position.city.country.code, position.city.sort_key, rank, position.pk, "")


class _Obstacles:
    """What keeps people out: read once, for all of them."""

    def __init__(self, event: Event, found: list[Recipient]) -> None:
        self.blocked = blocked([recipient.email for recipient in found])
        prefetch_related_objects([event], "pools")
        self.rights = {pool.right for pool in event.pools.all()}
        invited = event.invitations.values_list("position_id", "email", "withdrawn_at")
        self.withdrawn = {
            f"p{position}" if position else f"a{fold(email)}": withdrawn is not None
            for position, email, withdrawn in invited
        }

    def is_invited(self, recipient: Recipient) -> bool:
        return self.withdrawn.get(recipient.key) is False

    def to(self, recipient: Recipient) -> LeftOut | None:
        """The first reason why this person gets no invitation, if there is one."""
        code = self._code(recipient)
        if not code:
            return None
        position = recipient.position
        label = str(position) if position else recipient.name or recipient.email
        return LeftOut(label, recipient.email, code, self._reason(code, recipient))

    def _code(self, recipient: Recipient) -> str:
        if recipient.key in self.withdrawn:
            return "already_invited"
        if not recipient.email:
            return "no_address"
        if not is_address(recipient.email):
            return "broken_address"
        if recipient.email in self.blocked:
            return self.blocked[recipient.email]
        return "" if recipient.right in self.rights else "no_seat_pool"

    def _reason(self, code: str, recipient: Recipient) -> str:
        if code == "already_invited" and self.withdrawn[recipient.key]:
            return _("Was invited; the invitation was withdrawn.")
        return {
            "already_invited": _("Already invited."),
            "no_address": _("No e-mail address is stored."),
            "broken_address": _("The stored e-mail address is broken."),
            "opted_out": _("Wants no invitations."),
            "bounced": _("Mail to this address came back."),
            "no_seat_pool": _("The event has no seats for this right (%(right)s).")
            % {"right": Right(recipient.right).label},
        }[code]
