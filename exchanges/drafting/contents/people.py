"""Who of a city travels and who receives: rows by post or department.

A row's ``order`` names it in the fields (``travellers-2-function``), so that saving again while
somebody types meets the same row, and half-days keep their host.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ...models import Host, Section, Traveller
from ..pieces import Piece
from .base import Content, Values

LISTS: dict[str, type[Traveller] | type[Host]] = {"travellers": Traveller, "hosts": Host}
#: Rows of a list, at most; their numbers go from 0 to one less.
MOST = 40
ROW = ("position", "department", "function", "is_youth")


def read(piece: Piece) -> Values:
    values: Values = {}
    for kind in LISTS:
        for one in rows(piece, kind):
            values |= {
                f"{kind}-{one.order}-position": one.position_id,
                f"{kind}-{one.order}-department": one.department_id,
                f"{kind}-{one.order}-function": one.function,
            }
            if isinstance(one, Traveller):
                values[f"{kind}-{one.order}-is_youth"] = one.is_youth
    return values


def rows(piece: Piece, kind: str) -> list[Any]:
    """The city's stored rows of a list; all of the application's are fetched at once."""
    found = getattr(piece.application, kind).all()
    return [one for one in found if piece.party and one.party_id == piece.party.pk]


def write(piece: Piece, section: Section, values: Values) -> None:
    for kind in LISTS:
        _write(piece, kind, values)


def _write(piece: Piece, kind: str, values: Values) -> None:
    model: Any = LISTS[kind]
    stored = {one.order: one for one in rows(piece, kind)}
    wanted = {order: row for order in range(MOST) if (row := _row(kind, order, values))}
    gone = [one.pk for order, one in stored.items() if order not in wanted]
    model.objects.filter(pk__in=gone).delete()
    # Two rows may have changed places, and a post stands in one row only.
    model.objects.filter(application=piece.application, party=piece.party).update(position=None)
    for order, row in wanted.items():
        one = stored.get(order) or model(
            application=piece.application, party=piece.party, order=order
        )
        one.position_id, one.department_id = row["position"], row["department"]
        one.function = row["function"] or ""
        if isinstance(one, Traveller):
            one.is_youth = bool(row["is_youth"])
        one.save()


def _row(kind: str, order: int, values: Values) -> dict[str, Any] | None:
    row = {name: values.get(f"{kind}-{order}-{name}") or None for name in ROW}
    return row if row["position"] or row["department"] or row["function"] else None


def _wanted(piece: Piece) -> tuple[str, ...]:
    """Who travels; in the city to be visited, who receives."""
    application = piece.application
    is_visited = bool(piece.party and application.destination_id == piece.party.city_id)
    if is_visited and not application.is_virtual:
        return ("hosts-",)
    return ("travellers-",)


CONTENT = Content(read, write, _wanted, {"travellers-": _("travellers"), "hosts-": _("hosts")})
