"""What one row of the guest list says, ready to print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mailing.models import Mail
from mailing.queries import delivery_of, plain_reason
from partnerships.models import City

from .guest_list import DELIVERY_LABELS, DELIVERY_STATES
from .mails import INVITATION
from .models import Invitation, Right

_GROUP_OF = {state: group for group, states in DELIVERY_STATES.items() for state in states}
_DELIVERY_KINDS = {"sent": "success", "uncertain": "warning", "failed": "danger"}


#: All that a row needs of an invitation and its city.
COLUMNS = (
    *("event", "public_id", "name", "email", "function", "right", "choice", "seat"),
    *("withdrawn_at", "answered_at", "created_at"),
    *("city__name_de", "city__name_en", "city__country"),
)


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


def guest_rows(invitations: Iterable[Invitation]) -> list[GuestRow]:
    """One row for each invitation of ``guest_list.guests``; one query for all their mails."""
    shown = list(invitations)
    mails = delivery_of(shown, INVITATION)
    return [_row(invitation, mails.get(invitation.pk)) for invitation in shown]


def _row(invitation: Invitation, mail: Mail | None) -> GuestRow:
    answer, answer_kind = answer_of(invitation)
    group = delivery_group(mail)
    language = get_language()
    return GuestRow(
        public_id=invitation.public_id,
        label=str(invitation),
        function=invitation.function,
        place=place_of(invitation.city),
        right=_right(invitation.right, language),
        answer=answer,
        answer_kind=answer_kind,
        delivery=_delivery(group, language),
        delivery_kind=_DELIVERY_KINDS.get(group, ""),
        delivery_detail=delivery_detail(mail),
        latest=latest_of(invitation),
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
    return f"{city.name}, {city.country.code}" if city else "–"


def answer_of(invitation: Invitation) -> tuple[str, str]:
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


def delivery_group(mail: Mail | None) -> str:
    """The group of ``DELIVERY_STATES`` a mail belongs to; ``none`` for no mail."""
    return _GROUP_OF.get(mail.state, "none") if mail else "none"  # type: ignore[call-overload]


def delivery_detail(mail: Mail | None) -> str:
    """When and how the server accepted the mail, or in plain words why it did not."""
    if mail is None or (mail.state == Mail.State.QUEUED and not mail.reason):
        return ""
    if mail.state == Mail.State.SENT and mail.sent_at:
        return f"{moment(mail.sent_at)} · {mail.server_answer}".rstrip(" ·")
    return str(plain_reason(mail))


def latest_of(invitation: Invitation) -> str:
    """The guest's last event in the list: withdrawn, answered or invited, with its time."""
    if invitation.withdrawn_at:
        return _("withdrawn %(time)s") % {"time": moment(invitation.withdrawn_at)}
    if invitation.answered_at:
        return _("answered %(time)s") % {"time": moment(invitation.answered_at)}
    return _("invited %(time)s") % {"time": moment(invitation.created_at)}


def moment(at: dt.datetime) -> str:
    """Date and time in the portal's zone, short."""
    return _moment(localtime(at).replace(second=0, microsecond=0), get_language())


@lru_cache(maxsize=4096)
def _moment(at: dt.datetime, language: str) -> str:
    """Whole campaigns leave in a few minutes, and each minute is written once."""
    return date_format(at, "SHORT_DATETIME_FORMAT")
