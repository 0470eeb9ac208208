"""Everything in an application as one plain structure, piece by piece, and its fingerprints.

The structure is what a submission freezes and what a city signs. It refers to rows by their
keys, so that a post that is renamed elsewhere makes no stamp invalid; how things are called at
the moment stands beside it under ``shown`` (German and English), which no fingerprint reads.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from django.utils import translation

from ..models import Application, ApplicationParty
from ..sections import Part, pieces

Content = dict[str, Any]
SHOWN = "shown"


def name_of(part: Part, party: ApplicationParty | None) -> str:
    """How a piece is called in the structure: ``budget:12``, joint ones ``basics``."""
    return f"{part.key}:{party.pk}" if party else part.key


def content_of(application: Application) -> Content:
    """All of a stored application, in a constant number of queries."""
    rows = _Rows(application)
    found = {}
    for part, party in pieces(rows.parties):
        piece = {
            "part": part.key,
            "party": party.pk if party else None,
            "texts": rows.texts.get((part.key, party.pk if party else None), {}),
        }
        found[name_of(part, party)] = piece | _READERS.get(part.key, _nothing)(rows, party)
    return {
        "ref": rows.application.ref,
        "call": rows.application.call.slug,
        "cities": [_city(party) for party in rows.parties],
        "pieces": found,
    }


def fingerprint(application: Application, party: ApplicationParty) -> str:
    """Hash of what a city signs as it is stored now: its own pieces and the joint ones."""
    return fingerprint_in(content_of(application), party)


def fingerprint_in(content: Content, party: ApplicationParty) -> str:
    """``fingerprint`` of a structure that was read already."""
    signed = {name: content["pieces"][name] for name in signed_by(content, party)}
    return sha256_of(_without_names(signed))


def signed_by(content: Content, party: ApplicationParty) -> list[str]:
    """The names of the pieces a city signs."""
    mine = (None, party.pk)
    return [name for name, piece in content["pieces"].items() if piece["party"] in mine]


def canonical(value: Any) -> str:
    """The one JSON text of a value; equal values have equal texts, on every database."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sha256_of(value: Any) -> str:
    """The hash of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


class _Rows:
    """What is stored of one application, read at once."""

    def __init__(self, application: Application) -> None:
        found = Application.objects.select_related("call", "destination", "commitment")
        row = self.application = found.get(pk=application.pk)
        posts = ("position__office", "position__department", "department")
        self.parties = list(row.parties.select_related("city"))
        self.texts = {
            (one.key, one.party_id): {name: text for name, text in one.content.items() if text}
            for one in row.sections.all()
        }
        self.topics = list(row.topics.order_by("slug"))
        self.goals = list(row.goals.select_related("goal", "target"))
        self.travellers = list(row.travellers.select_related(*posts))
        self.hosts = list(row.hosts.select_related(*posts))
        self.slots = list(row.slots.all())
        self.lines = list(row.lines.all())
        self.legs = list(row.legs.select_related("origin", "destination"))


def _nothing(rows: _Rows, party: ApplicationParty | None) -> Content:
    return {}


def _basics(rows: _Rows, party: ApplicationParty | None) -> Content:
    row = rows.application
    return {
        "title": row.title,
        "format": row.format,
        "destination": row.destination_id,
        "starts_on": row.starts_on.isoformat() if row.starts_on else None,
        "ends_on": row.ends_on.isoformat() if row.ends_on else None,
        SHOWN: {"destination": _named(row.destination)},
    }


def _purpose(rows: _Rows, party: ApplicationParty | None) -> Content:
    commitment = rows.application.commitment
    return {
        "topics": [topic.slug for topic in rows.topics],
        "goals": [
            {
                "goal": one.goal_id,
                "target": one.target.code if one.target else None,
                "why": one.why,
                SHOWN: {"goal": _both(lambda one=one: one.goal.title)},
            }
            for one in rows.goals
        ],
        "commitment": commitment.pk if commitment else None,
        SHOWN: {
            "topics": [_named(topic) for topic in rows.topics],
            "commitment": commitment.text if commitment else "",
        },
    }


def _people(rows: _Rows, party: ApplicationParty | None) -> Content:
    mine = party.pk if party else None
    return {
        "travellers": [
            _post(one) | {"is_youth": one.is_youth}
            for one in rows.travellers
            if one.party_id == mine
        ],
        "hosts": [_post(one) for one in rows.hosts if one.party_id == mine],
    }


def _programme(rows: _Rows, party: ApplicationParty | None) -> Content:
    slots = [
        {"day": one.day, "half": one.half, "text": one.text, "host": one.host_id}
        for one in rows.slots
    ]
    return {"slots": slots}


def _budget(rows: _Rows, party: ApplicationParty | None) -> Content:
    lines = [
        {
            "kind": one.kind,
            "text": one.text,
            "persons": one.persons,
            "units": one.units,
            "price": _sum(one.price),
            "rate": one.rate_id,
        }
        for one in rows.lines
    ]
    return {"lines": lines, "own_share": _sum(rows.application.own_share)}


def _journey(rows: _Rows, party: ApplicationParty | None) -> Content:
    legs = [
        {
            "origin": one.origin_id,
            "destination": one.destination_id,
            "means": one.means,
            "persons": one.persons,
            "is_return": one.is_return,
            SHOWN: {"origin": _named(one.origin), "destination": _named(one.destination)},
        }
        for one in rows.legs
    ]
    return {"legs": legs}


_READERS: dict[str, Callable[[_Rows, ApplicationParty | None], Content]] = {
    "basics": _basics,
    "purpose": _purpose,
    "people": _people,
    "programme": _programme,
    "budget": _budget,
    "journey": _journey,
}


def _city(party: ApplicationParty) -> Content:
    return {
        "party": party.pk,
        "city": party.city_id,
        "is_lead": party.is_lead,
        SHOWN: _named(party.city),
    }


def _post(one: Any) -> Content:
    return {
        "id": one.pk,
        "position": one.position_id,
        "department": one.department_id,
        "function": one.function,
        SHOWN: {"label": _both(lambda: one.label), "department": _named(one.department)},
    }


def _sum(amount: Decimal) -> str:
    return f"{amount:.2f}"


def _named(thing: Any) -> dict[str, str]:
    return _both(lambda: thing.name) if thing else {}


def _both(read: Callable[[], Any]) -> dict[str, str]:
    """What something is called in each language."""
    return dict(_in_each(read))


def _in_each(read: Callable[[], Any]) -> Iterator[tuple[str, str]]:
    for language in ("de", "en"):
        with translation.override(language):
            yield language, str(read())


def _without_names(value: Any) -> Any:
    """The same without what only says how things are called."""
    if isinstance(value, dict):
        return {name: _without_names(one) for name, one in value.items() if name != SHOWN}
    if isinstance(value, list):
        return [_without_names(one) for one in value]
    return value
