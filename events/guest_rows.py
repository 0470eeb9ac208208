"""What one row of the guest list says, ready to print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils.formats import date_format
from django.utils.timezone import get_default_timezone, localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from journal.prepared import Prepared
from mailing.models import Mail
from mailing.queries import Delivered, delivery_of, plain_reason
from partnerships.models import City

from .guest_list import DELIVERY_LABELS, DELIVERY_STATES, guests
from .mails import INVITATION
from .models import Event, Invitation, Right

_GROUP_OF = {state: group for group, states in DELIVERY_STATES.items() for state in states}
NOWHERE = "–"
_DELIVERY_KINDS = {"sent": "success", "uncertain": "warning", "failed": "danger"}


class Listed(NamedTuple):
    """What a row needs of an invitation and its city; see ``columns``."""

    pk: int
    public_id: str
    name: str
    email: str
    function: str
    right: str
    choice: str
    seat: str
    withdrawn_at: dt.datetime | None
    answered_at: dt.datetime | None
    created_at: dt.datetime
    place_in_line: int | None
    country: str | None
    town: str | None
    town_elsewhere: str | None

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


def columns() -> tuple[str, ...]:
    """The columns of ``Listed`` in a queryset of ``guest_list.guests``, for this language."""
    towns = ("city__name_en", "city__name_de")
    own = towns if get_language() == "en" else tuple(reversed(towns))
    return (*Listed._fields[: Listed._fields.index("country")], "city__country", *own)


class Everybody:
    """All guests of an event in an order of ``SORTS``; a slice of it is read from the database."""

    def __init__(self, event: Event, sort: str) -> None:
        self._event, self._sort = event, sort

    def __getitem__(self, cut: slice) -> list[tuple[Any, ...]]:
        """The paginator asks for nothing where there is nobody."""
        if cut.start == cut.stop:
            return []
        return _cut(self._sort, cut.start, cut.stop)(self._event.pk)


@lru_cache(maxsize=64)
def _cut(sort: str, start: int, stop: int) -> Prepared:
    """The page of a list; its numbers stand in the statement's text."""

    def rows(event: int) -> Any:
        found = guests(Event(pk=event), {"sort": sort})
        return found.values_list(*columns())[start:stop]

    return Prepared(rows, int)


class GuestRow(NamedTuple):
    """Strings in the reader's language; ``*_kind`` is a badge colour or empty."""

    public_id: str
    label: str
    function: str
    place: str
    right: str
    answer: str
    answer_kind: str
    delivery: str
    delivery_kind: str
    delivery_detail: str
    latest: str


def guest_rows(rows: Iterable[tuple[Any, ...]]) -> list[GuestRow]:
    """One row for each tuple of ``columns``; one query for all their mails."""
    shown = [Listed(*row) for row in rows]
    mails = delivery_of(Invitation, [guest.pk for guest in shown], INVITATION)
    return [_row(guest, mails.get(guest.pk)) for guest in shown]


def _row(guest: Listed, mail: Delivered | None) -> GuestRow:
    answer, answer_kind = answer_of(guest)
    group = delivery_group(mail)
    language = get_language()
    town = guest.town or guest.town_elsewhere
    return GuestRow(
        public_id=guest.public_id,
        label=guest.name or guest.email,
        function=guest.function,
        place=f"{town}, {guest.country}" if town else NOWHERE,
        right=_right(guest.right, language),
        answer=answer,
        answer_kind=answer_kind,
        delivery=_delivery(group, language),
        delivery_kind=_DELIVERY_KINDS.get(group, ""),
        delivery_detail=delivery_detail(mail),
        latest=latest_of(guest),
    )


# The same few words stand in thousands of rows: each is translated once for each language.


@lru_cache(maxsize=16)
def _right(right: str, language: str) -> str:
    return str(Right(right).label)


@lru_cache(maxsize=32)
def _delivery(group: str, language: str) -> str:
    return str(DELIVERY_LABELS[group])


def place_of(city: City | None) -> str:
    """City and country code, as in “Köln, DE”; a dash where there is no city."""
    return f"{city.name}, {city.country.code}" if city else NOWHERE


def answer_of(invitation: Invitation | Listed) -> tuple[str, str]:
    """Where a guest stands, with a badge colour; needs ``place_in_line`` for those who wait."""
    position = getattr(invitation, "place_in_line", None)
    standing = "withdrawn" if invitation.is_withdrawn else invitation.choice
    return _answer(standing, invitation.seat, position, get_language())


@lru_cache(maxsize=1024)
def _answer(standing: str, seat: str, position: int | None, language: str) -> tuple[str, str]:
    if standing == "withdrawn":
        return _("withdrawn"), ""
    if not standing:
        return _("no answer yet"), ""
    choice = Invitation.Choice(standing)
    if choice == Invitation.Choice.NO:
        return str(choice.label), "info"
    if seat == Invitation.Seat.WAITLISTED:
        return _("waiting list, place %(position)s") % {"position": position}, "warning"
    return str(choice.label), "success"


def delivery_group(mail: Delivered | None) -> str:
    """The group of ``DELIVERY_STATES`` a mail belongs to; ``none`` for no mail."""
    return _GROUP_OF.get(mail.state, "none") if mail else "none"  # type: ignore[call-overload]


def delivery_detail(mail: Delivered | None) -> str:
    """When and how the server accepted the mail, or in plain words why it did not."""
    if mail is None or (mail.state == Mail.State.QUEUED and not mail.reason):
        return ""
    if mail.state == Mail.State.SENT and mail.sent_at:
        return f"{moment(mail.sent_at)} · {mail.server_answer}".rstrip(" ·")
    return str(plain_reason(mail))


def latest_of(invitation: Listed) -> str:
    """The guest's last event in the list: withdrawn, answered or invited, with its time."""
    if invitation.withdrawn_at:
        return _written("withdrawn", _minute(invitation.withdrawn_at), get_language())
    if invitation.answered_at:
        return _written("answered", _minute(invitation.answered_at), get_language())
    return _written("invited", _minute(invitation.created_at), get_language())


def moment(at: dt.datetime) -> str:
    """Date and time in the portal's zone, short."""
    return _written("", _minute(at), get_language())


def _minute(at: dt.datetime) -> dt.datetime:
    return at.replace(second=0, microsecond=0)


@lru_cache(maxsize=4096)
def _written(what: str, at: dt.datetime, language: str) -> str:
    """Whole campaigns leave in a few minutes, and each minute is written once."""
    sentences = {
        "": "%(time)s",
        "withdrawn": _("withdrawn %(time)s"),
        "answered": _("answered %(time)s"),
        "invited": _("invited %(time)s"),
    }
    local = localtime(at, get_default_timezone())
    return sentences[what] % {"time": date_format(local, "SHORT_DATETIME_FORMAT")}
