"""A submitted version as people read it: parts with labelled lines, from the frozen content.

What is frozen is read as it is, whatever the rows say today; ``exchanges.submitting.parts``
writes it. Where something is missing, the line is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import formats
from django.utils.dateparse import parse_date
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ..models import Application, BudgetLine, Leg, ProgrammeSlot, Submission
from ..sections import BY_KEY
from ..sums import euros

#: A label, empty where the part's own is enough, and one or several values.
Line = tuple[str, list[str]]
Piece = dict[str, Any]
Lines = Iterator[Line]
SHOWN = "shown"


@dataclass(frozen=True)
class ReadPart:
    """A part of the application; ``city`` is empty for what the cities wrote together."""

    key: str
    label: Any
    city: str
    lines: list[Line] = field(default_factory=list)


def newest(application: Application) -> Submission | None:
    """The version handed in last."""
    return application.submissions.first()


def parts(version: Submission) -> list[ReadPart]:
    """Everything the version holds, in the order of the application; empty parts are left out."""
    content = version.content if isinstance(version.content, dict) else {}
    cities = {one.get("party"): _name(one) for one in content.get("cities", [])}
    found = [_part(piece, cities) for piece in content.get("pieces", {}).values()]
    order = list(BY_KEY)
    return sorted((one for one in found if one.lines), key=lambda one: order.index(one.key))


def _part(piece: Piece, cities: dict[Any, str]) -> ReadPart:
    key = piece.get("part", "")
    part = BY_KEY.get(key)
    if part is None:
        return ReadPart(key, key, "")
    lines = [*_texts(piece), *_READERS.get(key, _nothing)(piece)]
    return ReadPart(key, part.label, cities.get(piece.get("party"), ""), _filled(lines))


def _filled(lines: list[Line]) -> list[Line]:
    kept = [(label, [value for value in values if value]) for label, values in lines]
    return [(label, values) for label, values in kept if values]


def _texts(piece: Piece) -> Lines:
    labels = {"aim": _("Aim"), "departments": _("Departments"), "text": ""}
    for name, value in piece.get("texts", {}).items():
        values = value if isinstance(value, list) else [value]
        yield labels.get(name, ""), [str(one) for one in values]


def _basics(piece: Piece) -> Lines:
    yield _("Title"), [piece.get("title", "")]
    yield _("Format"), [_choice(Application.Format, piece.get("format"))]
    yield _("City to be visited"), [_name(piece, "destination")]
    yield _("First day"), [_day(piece.get("starts_on"))]
    yield _("Last day"), [_day(piece.get("ends_on"))]


def _purpose(piece: Piece) -> Lines:
    shown = piece.get(SHOWN, {})
    yield _("Topics"), [_in_language(one) for one in shown.get("topics", [])]
    yield _("Goals of the 2030 Agenda"), [_goal(one) for one in piece.get("goals", [])]
    yield _("Earlier commitment"), [shown.get("commitment", "")]


def _people(piece: Piece) -> Lines:
    for name, label in (("travellers", _("Travellers")), ("hosts", _("Hosts"))):
        yield label, [_post(one) for one in piece.get(name, [])]


def _programme(piece: Piece) -> Lines:
    for slot in piece.get("slots", []):
        half = _choice(ProgrammeSlot.Half, slot.get("half"))
        label = _("Day %(day)s, %(half)s") % {"day": slot.get("day"), "half": half}
        yield label, [slot.get("text", "")]


def _budget(piece: Piece) -> Lines:
    total = Decimal(0)
    for line in piece.get("lines", []):
        total += _cost(line)
        kind = capfirst(_choice(BudgetLine.Kind, line.get("kind")))
        label = f"{kind}: {line['text']}" if line.get("text") else kind
        factors = f"{line.get('persons')} × {line.get('units')} × {euros(_sum(line.get('price')))}"
        yield label, [f"{factors} = {euros(_cost(line))}"]
    share = _sum(piece.get("own_share"))
    yield _("Total"), [euros(total)]
    yield _("Own share of the cities"), [euros(share)]
    yield _("Asked for"), [euros(max(total - share, Decimal(0)))]


def _journey(piece: Piece) -> Lines:
    for leg in piece.get("legs", []):
        way = f"{_name(leg, 'origin')} – {_name(leg, 'destination')}"
        count = _count(leg.get("persons"))
        persons = ngettext("%(count)s person", "%(count)s persons", count) % {"count": count}
        words = [_choice(Leg.Means, leg.get("means")), persons]
        yield way, [", ".join([*words, _("there and back")] if leg.get("is_return") else words)]


def _nothing(piece: Piece) -> Lines:
    yield from ()


_READERS: dict[str, Callable[[Piece], Lines]] = {
    "basics": _basics,
    "purpose": _purpose,
    "people": _people,
    "programme": _programme,
    "budget": _budget,
    "journey": _journey,
}


def _post(one: Piece) -> str:
    label = _name(one, "label") or one.get("function", "")
    department = _name(one, "department")
    words = [label, department if department != label else ""]
    return ", ".join([word for word in words if word] + [_("youth")] * bool(one.get("is_youth")))


def _goal(one: Piece) -> str:
    named = f"{one.get('goal')} {_name(one, 'goal')}".strip()
    target = f" ({one['target']})" if one.get("target") else ""
    why = f": {one['why']}" if one.get("why") else ""
    return named + target + why


def _name(thing: Piece, key: str = "") -> str:
    shown = thing.get(SHOWN, {})
    return _in_language(shown.get(key, {}) if key else shown)


def _in_language(names: dict[str, str]) -> str:
    return names.get(get_language() or "de") or names.get("de", "")


def _choice(choices: Any, value: Any) -> str:
    return str(choices(value).label) if value in choices.values else ""


def _day(value: Any) -> str:
    day = parse_date(value) if isinstance(value, str) else None
    return formats.date_format(day, "DATE_FORMAT") if day else ""


def _sum(value: Any) -> Decimal:
    try:
        return Decimal(str(value or 0))
    except InvalidOperation:
        return Decimal(0)


def _count(value: Any) -> int:
    return value if isinstance(value, int) else 1


def _cost(line: Piece) -> Decimal:
    return _sum(line.get("price")) * _sum(line.get("persons")) * _sum(line.get("units"))
