"""The whole application to read: on a printed page and in a Word document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from ..drafting.forms import FORMS, form_of
from ..drafting.pieces import pieces_of
from ..models import Application
from ..sections import parties_of
from ..states import PUBLIC, State
from .climate import estimate, sentences
from .totals import facts, too_much, totals

Rows = list[tuple[Any, Any]]


@dataclass(frozen=True)
class Chapter:
    """A part of the application: its title, whose it is, groups of labels and values."""

    title: str
    city: str
    groups: list[tuple[Any, Rows]]
    notes: list[str]


def chapters(application: Application) -> list[Chapter]:
    """Every part in its order, with the sums below the budget and the estimate of the journey."""
    return [
        Chapter(
            str(piece.part.label),
            piece.party.city.name if piece.party else "",
            [(legend, list(rows)) for legend, rows in form_of(piece).readable()]
            + _sums(application, piece.part.key),
            _notes(application, piece.part.key),
        )
        for piece in pieces_of(application, parties_of(application))
        if piece.part.key in FORMS
    ]


def front(application: Application) -> Rows:
    """What stands above the chapters."""
    cities = [party.city.name for party in parties_of(application)]
    return [
        (_("Reference"), application.ref),
        (_("Call"), application.call.title),
        (_("Cities"), ", ".join(cities)),
        (_("State"), PUBLIC[State(application.state)].label),
    ]


def _sums(application: Application, key: str) -> list[tuple[Any, Rows]]:
    found = totals(application) if key == "budget" else None
    return [(_("Sums"), list(facts(found)))] if found and found.costs else []


def _notes(application: Application, key: str) -> list[str]:
    if key == "budget":
        found = totals(application)
        unchecked = [line for line in application.lines.all() if _is_unchecked(line)]
        told = [_("Per diems of this budget are not checked by finance yet.")] if unchecked else []
        return [*too_much(application, found), *told] if found.costs else told
    journey = estimate(application, timezone.localdate()) if key == "journey" else None
    return list(sentences(journey)) if journey else []


def _is_unchecked(line: Any) -> bool:
    return line.rate is not None and not line.rate.is_checked
