"""The guest list as a file, in the order and with the filters of the page."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mailing.queries import Delivered, delivery_of
from partnerships.exporting.lists import Chosen, ListColumn, ListExport

from .forms.guest_filter import GuestFilter
from .guest_counts import overview
from .guest_list import DELIVERY_LABELS, guests
from .guest_rows import delivery_detail, delivery_group
from .mails import INVITATION
from .models import Event, Invitation

#: A guest and the latest invitation mail.
Row = tuple[Any, Delivered | None]


def guests_of(event: Event) -> ListExport:
    """The event's guests; the journal's entry stands in the event's history."""

    def find(request: HttpRequest) -> Chosen:
        form = GuestFilter(request.GET, overview=overview(event))
        if not form.is_valid():
            raise BadRequest("filters that do not fit the guest list")
        found = guests(event, form.filters)
        query, page = request.GET.urlencode(), reverse("events:guests", args=[event.slug])
        return Chosen(
            count=found.count(),
            rows=lambda: _with_mails(found),
            filters={name: str(value) for name, value in form.filters.items()},
            back=f"{page}?{query}" if query else page,
        )

    return ListExport(f"guests-{event.slug}", _("Guests"), COLUMNS, find, about=event)


def _with_mails(found: Any) -> list[Row]:
    shown = list(found.select_related("city", "delegation__partnership"))
    mails = delivery_of(Invitation, [guest.pk for guest in shown], INVITATION)
    return [(guest, mails.get(guest.pk)) for guest in shown]


def _city(row: Row) -> str:
    return row[0].city.name if row[0].city else ""


def _country(row: Row) -> str:
    return str(row[0].city.country.name) if row[0].city else ""


def _delegation(row: Row) -> str:
    return str(row[0].delegation.partnership) if row[0].delegation else ""


def _seat(row: Row) -> str:
    return row[0].get_seat_display() if row[0].choice else ""


def _delivery(row: Row) -> str:
    return str(DELIVERY_LABELS[delivery_group(row[1])])


def _personal(name: str, label: Any, width: int, value: Any) -> ListColumn:
    return ListColumn(name, label, width, value, is_personal=True)


COLUMNS = (
    _personal("name", _("Name"), 28, lambda row: row[0].name),
    ListColumn("function", _("Function"), 32, lambda row: row[0].function),
    ListColumn("city", _("City"), 20, _city),
    ListColumn("country", _("Country"), 22, _country),
    _personal("email", _("E-mail address"), 34, lambda row: row[0].email),
    ListColumn("language", _("Language"), 10, lambda row: row[0].get_language_display()),
    ListColumn("delegation", _("Delegation"), 30, _delegation),
    ListColumn("right", _("Right"), 12, lambda row: row[0].get_right_display()),
    ListColumn("answer", _("Answer"), 18, lambda row: row[0].get_choice_display()),
    ListColumn("seat", _("Seat"), 18, _seat),
    ListColumn("waiting", _("Place on the waiting list"), 12, lambda row: row[0].place_in_line),
    ListColumn("answered", _("Answered"), 18, lambda row: row[0].answered_at),
    _personal("answered_by", _("Answered by"), 24, lambda row: row[0].answered_by_name),
    _personal("message", _("Message to the organisers"), 40, lambda row: row[0].message),
    ListColumn("delivery", _("Delivery"), 22, _delivery),
    _personal("cause", _("Server's answer or cause"), 40, lambda row: delivery_detail(row[1])),
    ListColumn("invited", _("Invited"), 18, lambda row: row[0].created_at),
    ListColumn("withdrawn", _("Withdrawn"), 18, lambda row: row[0].withdrawn_at),
)
