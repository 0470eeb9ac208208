"""Cities and positions as spreadsheets, for staff."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.operations import record

from .workbooks import XLSX, Column, as_xlsx

CITY_COLUMNS: list[Column] = [
    (_("Name (German)"), 28),
    (_("Name (English)"), 28),
    (_("Country"), 10),
    (_("Region"), 24),
    (_("AGS"), 12),
    (_("Inhabitants"), 14),
    (_("Time zone"), 20),
    (_("Short name"), 28),
]
POSITION_COLUMNS: list[Column] = [
    (_("City or organisation"), 28),
    (_("Country"), 10),
    (_("Region"), 24),
    (_("Function"), 36),
    (_("Department"), 30),
    (_("Holder"), 28),
    (_("E-mail address"), 34),
    (_("Language"), 10),
    (_("Active"), 8),
]


@transaction.atomic
def cities(*, cities: QuerySet[Any], by: User) -> bytes:
    """The chosen cities as XLSX; the journal keeps who exported how many."""
    rows = [
        [c.name_de, c.name_en, c.country.code, c.region, c.ags, c.population, c.time_zone, c.slug]
        for c in cities
    ]
    record("partnerships.cities_exported", by, by=by, count=len(rows))
    return as_xlsx(str(_("Cities")), CITY_COLUMNS, rows)


@transaction.atomic
def positions(*, positions: QuerySet[Any], by: User) -> bytes:
    """The chosen positions with their present holders as XLSX; the journal keeps who did it."""
    related = ("city", "organisation", "office", "department")
    rows = [_position(p) for p in positions.select_related(*related).prefetch_related("holders")]
    record("partnerships.positions_exported", by, by=by, count=len(rows))
    return as_xlsx(str(_("Positions")), POSITION_COLUMNS, rows)


def _position(position: Any) -> list[Any]:
    where = position.city or position.organisation
    return [
        position.place,
        where.country.code or "",
        position.city.region if position.city else "",
        position.function,
        position.department.name if position.department else "",
        ", ".join(holder.name for holder in position.holders.all() if holder.is_current),
        position.email,
        position.language,
        str(_("yes") if position.is_active else _("no")),
    ]


def answer(content: bytes, name: str) -> HttpResponse:
    """The file as a download."""
    disposition = {"Content-Disposition": f'attachment; filename="ude-{name}.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=disposition)
