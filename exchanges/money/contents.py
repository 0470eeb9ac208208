"""What the parts *budget* and *journey* hold, as plain values by the name of their field.

A row's ``order`` names it in the fields (``lines-2-price``), as in the lists of people.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..drafting.contents import Content, Values
from ..drafting.pieces import Piece
from ..models import BudgetLine, Leg, Section

#: Rows of a list, at most; their numbers go from 0 to one less.
MOST = 40
LINE = ("kind", "text", "persons", "units", "price", "rate")
LEG = ("origin", "destination", "means", "persons", "is_return")


def read_budget(piece: Piece) -> Values:
    values: Values = {"own_share": piece.application.own_share or None}
    for line in piece.application.lines.all():
        found = (line.kind, line.text, line.persons, line.units, line.price, line.rate_id)
        values |= _row_values("lines", line.order, LINE, found)
    return values


def write_budget(piece: Piece, section: Section, values: Values) -> None:
    application = piece.application
    application.own_share = values.get("own_share") or Decimal(0)
    application.save(update_fields=["own_share"])
    application.lines.all().delete()
    BudgetLine.objects.bulk_create(
        BudgetLine(
            application=application,
            order=order,
            kind=row["kind"],
            text=row["text"] or "",
            persons=row["persons"] or 1,
            units=row["units"] or 1,
            price=row["price"] or Decimal(0),
            rate_id=row["rate"],
        )
        for order, row in rows_of("lines", LINE, values)
        if row["kind"]
    )


def read_journey(piece: Piece) -> Values:
    values: Values = {}
    for leg in piece.application.legs.all():
        found = (leg.origin_id, leg.destination_id, leg.means, leg.persons, leg.is_return)
        values |= _row_values("legs", leg.order, LEG, found)
    return values


def write_journey(piece: Piece, section: Section, values: Values) -> None:
    piece.application.legs.all().delete()
    Leg.objects.bulk_create(
        Leg(
            application=piece.application,
            order=order,
            origin_id=row["origin"],
            destination_id=row["destination"],
            means=row["means"],
            persons=row["persons"] or 1,
            is_return=bool(row["is_return"]),
        )
        for order, row in rows_of("legs", LEG, values)
        if row["origin"] and row["destination"] and row["means"]
    )


def rows_of(kind: str, names: tuple[str, ...], values: Values) -> list[tuple[int, dict[str, Any]]]:
    """The rows of a list that hold anything, with their numbers."""
    found = [
        (order, {name: values.get(f"{kind}-{order}-{name}") or None for name in names})
        for order in range(MOST)
    ]
    return [(order, row) for order, row in found if any(row.values())]


def _row_values(kind: str, order: int, names: tuple[str, ...], found: tuple[Any, ...]) -> Values:
    return {f"{kind}-{order}-{name}": value for name, value in zip(names, found, strict=True)}


def _wants_a_journey(piece: Piece) -> tuple[str, ...]:
    return () if piece.application.is_virtual else ("legs-",)


BUDGET = Content(
    read_budget,
    write_budget,
    lambda piece: ("lines-",),
    {"lines-": _("costs"), "own_share": _("own share")},
)
JOURNEY = Content(read_journey, write_journey, _wants_a_journey, {"legs-": _("journey")})
