"""Pasted lines become positions, strangers, or lines left out with the reason."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models.functions import Lower
from django.utils import translation
from django.utils.translation import gettext as _

from partnerships.folding import search_terms, search_text
from partnerships.models import Position

from .addresses import Line, fold
from .recipients import LeftOut
from .selection import Selection, Stranger, complete, positions

#: How many of several matching positions a message names.
_NAMED = 3


def add_lines(selection: Selection, lines: list[Line]) -> None:
    """Find what each line means; a person named twice is taken once."""
    by_address = _positions_at({fold(line.email) for line in lines if line.email})
    index = _index() if any(line.query for line in lines) else []
    first_line: dict[str, int] = {}
    for line in lines:
        if line.is_broken:
            _leave_out(selection, line, "broken_address", _("This is not an e-mail address."))
            continue
        matches = _search(index, line) if line.query else by_address.get(fold(line.email), [])
        key = _key(line, matches)
        if key in first_line:
            repeated = _("Same person as in line %(number)d.") % {"number": first_line[key]}
            _leave_out(selection, line, "duplicate", repeated)
        elif _take(selection, line, matches):
            first_line[key] = line.number


def _positions_at(addresses: set[str]) -> dict[str, list[Position]]:
    """Positions by their folded address, the inactive ones included."""
    if not addresses:
        return {}
    found = complete(Position.objects.alias(folded=Lower("email")).filter(folded__in=addresses))
    at: dict[str, list[Position]] = {}
    for position in found:
        at.setdefault(fold(position.email), []).append(position)
    return at


def _index() -> list[tuple[str, Position]]:
    """Every active position with the words it is found by, in both languages."""
    return [(search_text(_names(position)), position) for position in positions()]


def _names(position: Position) -> Iterable[str]:
    yield from (holder.name for holder in position.current_holders)
    if position.city:
        yield from (position.city.name_de, position.city.name_en or "", *position.city.spellings)
    for language in ("de", "en"):
        with translation.override(language):
            yield from (position.function, str(position.organisation or ""))


def _search(index: list[tuple[str, Position]], line: Line) -> list[Position]:
    terms = search_terms(line.query)
    return [p for text, p in index if terms and all(term in text for term in terms)]


def _key(line: Line, matches: list[Position]) -> str:
    if len(matches) == 1:
        return f"p{matches[0].pk}"
    return f"a{fold(line.email)}" if line.email else f"q{line.query.casefold()}"


def _take(selection: Selection, line: Line, matches: list[Position]) -> bool:
    """Add whom the line means; ``False`` when it is left out."""
    reason = _("Line %(number)d") % {"number": line.number}
    active = [position for position in matches if position.is_active]
    if len(active) == 1:
        selection.add(active[0], [reason])
        return True
    if len(active) > 1:
        _leave_out(selection, line, "ambiguous", _several(active))
    elif matches:
        _leave_out(selection, line, "inactive", _("This position is no longer active."))
    elif line.query:
        _leave_out(selection, line, "not_found", _("Nobody found."))
    else:
        selection.strangers[fold(line.email)] = Stranger(line, [reason])
        return True
    return False


def _several(found: list[Position]) -> str:
    names = sorted(str(position) for position in found)
    if len(names) > _NAMED:
        names[_NAMED:] = ["…"]
    return _("Several match: %(names)s") % {"names": "; ".join(names)}


def _leave_out(selection: Selection, line: Line, code: str, reason: str) -> None:
    selection.left_out.append(LeftOut(line.text, line.email, code, reason, line.number))
