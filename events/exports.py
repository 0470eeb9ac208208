"""The guest list as a file, in the order and with the filters of the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.operations import record
from mailing.queries import Delivered, delivery_of
from partnerships.workbooks import CSV, XLSX, Value, as_csv, as_xlsx

from .guest_list import DELIVERY_LABELS, guests
from .guest_rows import delivery_detail, delivery_group, moment
from .mails import INVITATION
from .models import Event, Invitation

Column = tuple[str | Promise, int, Callable[[Any, Delivered | None], Value]]


@dataclass(frozen=True)
class ExportFile:
    """A finished file; ``count`` is the number of guests in it."""

    name: str
    content_type: str
    content: bytes
    count: int


def _city(guest: Invitation) -> str:
    return guest.city.name if guest.city else ""


def _country(guest: Invitation) -> str:
    return str(guest.city.country.name) if guest.city else ""


def _delegation(guest: Invitation) -> str:
    return str(guest.delegation.partnership) if guest.delegation else ""


#: Heading, width in characters, and what a guest and the latest invitation mail put there.
COLUMNS: list[Column] = [
    (_("Name"), 28, lambda guest, mail: guest.name),
    (_("Function"), 32, lambda guest, mail: guest.function),
    (_("City"), 20, lambda guest, mail: _city(guest)),
    (_("Country"), 22, lambda guest, mail: _country(guest)),
    (_("E-mail address"), 34, lambda guest, mail: guest.email),
    (_("Language"), 10, lambda guest, mail: guest.get_language_display()),
    (_("Delegation"), 30, lambda guest, mail: _delegation(guest)),
    (_("Right"), 12, lambda guest, mail: guest.get_right_display()),
    (_("Answer"), 18, lambda guest, mail: guest.get_choice_display()),
    (_("Seat"), 18, lambda guest, mail: guest.get_seat_display() if guest.choice else ""),
    (_("Place on the waiting list"), 12, lambda guest, mail: guest.place_in_line),
    (_("Answered"), 18, lambda guest, mail: guest.answered_at),
    (_("Answered by"), 24, lambda guest, mail: guest.answered_by_name),
    (_("Message to the organisers"), 40, lambda guest, mail: guest.message),
    (_("Delivery"), 22, lambda guest, mail: str(DELIVERY_LABELS[delivery_group(mail)])),
    (_("Server's answer or cause"), 40, lambda guest, mail: delivery_detail(mail)),
    (_("Invited"), 18, lambda guest, mail: guest.created_at),
    (_("Withdrawn"), 18, lambda guest, mail: guest.withdrawn_at),
]


@transaction.atomic
def export_guests(*, event: Event, filters: dict[str, Any], form: str, by: User) -> ExportFile:
    """The filtered guest list as ``xlsx`` or ``csv``; the journal keeps who took how many."""
    write, content_type = _WRITERS[form]
    found = guests(event, filters).select_related("city", "delegation__partnership")
    shown = list(found)
    mails = delivery_of(Invitation, [guest.pk for guest in shown], INVITATION)
    rows = [[value(guest, mails.get(guest.pk)) for *_, value in COLUMNS] for guest in shown]
    record("events.exported", event, by=by, count=len(rows), format=form)
    name = f"{event.slug}-{timezone.localdate():%Y-%m-%d}.{form}"
    return ExportFile(name, content_type, write(rows), len(rows))


def _headings() -> list[tuple[str | Promise, int]]:
    return [(label, width) for label, width, _value in COLUMNS]


def _csv(rows: list[list[Value]]) -> bytes:
    return as_csv(_headings(), rows, show=moment)


def _xlsx(rows: list[list[Value]]) -> bytes:
    return as_xlsx(str(_("Guests")), _headings(), rows)


_WRITERS: dict[str, tuple[Callable[[list[list[Value]]], bytes], str]] = {
    "xlsx": (_xlsx, XLSX),
    "csv": (_csv, CSV),
}
FORMATS = tuple(_WRITERS)
