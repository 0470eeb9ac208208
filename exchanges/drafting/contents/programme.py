"""The programme by half-days: what happens, and who receives."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from ...models import ProgrammeSlot, Section
from ..pieces import Piece
from .base import Content, Values

#: Days a programme can have.
MOST_DAYS = 60
HALVES = tuple(ProgrammeSlot.Half)
_TEXT = re.compile(r"slot-(\d{1,2})-(am|pm)-text")


def name_of(day: int, half: str, what: str) -> str:
    return f"slot-{day}-{half}-{what}"


def slot_of(name: str) -> tuple[int, str] | None:
    """Day and half-day of a text's field; ``None`` for another field."""
    found = _TEXT.fullmatch(name)
    day = int(found[1]) if found else 0
    return (day, found[2]) if found and 1 <= day <= MOST_DAYS else None


def read(piece: Piece) -> Values:
    values: Values = {}
    for slot in piece.application.slots.all():
        values[name_of(slot.day, slot.half, "text")] = slot.text
        values[name_of(slot.day, slot.half, "host")] = slot.host_id
    return values


def write(piece: Piece, section: Section, values: Values) -> None:
    stored = {(slot.day, slot.half): slot for slot in piece.application.slots.all()}
    wanted = {at: text for name, text in values.items() if text and (at := slot_of(name))}
    gone = [slot.pk for at, slot in stored.items() if at not in wanted]
    piece.application.slots.filter(pk__in=gone).delete()
    for (day, half), text in wanted.items():
        slot = stored.get((day, half)) or ProgrammeSlot(
            application=piece.application, day=day, half=half
        )
        slot.text, slot.host_id = text, values.get(name_of(day, half, "host")) or None
        slot.save()


def _wanted(piece: Piece) -> tuple[str, ...]:
    """Something for every day."""
    days = min(piece.application.days, MOST_DAYS) or 1
    return tuple(f"slot-{day}-" for day in range(1, days + 1))


CONTENT = Content(read, write, _wanted, {"slot-": _("programme")})
