"""A dry run as the page shows it: both entries side by side, and what would become of each row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..confirming.facts import ASKED, values_of
from ..models import City, Merge, Partnership
from ..portraits import coordinates
from ..regions import country_name, region_name
from ..sources import source_text
from .planning import Mergeable, Plan
from .relations import relation


@dataclass(frozen=True)
class Value:
    """One property of both entries."""

    label: str
    kept: str
    merged: str

    @property
    def differs(self) -> bool:
        return self.kept != self.merged


@dataclass(frozen=True)
class Hanging:
    """What hangs on both entries by one relation, and what becomes of it."""

    label: str
    has: int
    moves: int
    stays: int
    ended: int
    because: str


def values(plan: Plan) -> list[Value]:
    """Every property side by side."""
    kept, merged = _values(plan.kept), _values(plan.merged)
    return [Value(label, kept[label], merged[label]) for label in kept]


def hanging(plan: Plan) -> list[Hanging]:
    """What hangs on one of them, summed up where cities of a partnership have it each."""
    found: dict[str, list[Any]] = {}
    for one in plan.moves:
        found.setdefault(one.relation.key, []).append(one)
    return [
        Hanging(
            label=moves[0].relation.label,
            has=sum(one.has for one in moves),
            moves=sum(len(one.moves) for one in moves),
            stays=sum(len(one.stays) for one in moves),
            ended=sum(len(one.ended) for one in moves),
            because=_because(moves),
        )
        for moves in found.values()
        if any(one.has or one.moves or one.stays for one in moves)
    ]


def _because(moves: list[Any]) -> str:
    """Why something does not simply move."""
    rule = moves[0].rule
    is_simple = not any(one.stays or one.ended for one in moves)
    if is_simple:
        return ""
    if rule.because and (not rule.stays or any(one.ended for one in moves)):
        return str(rule.because)
    return _("Belongs to the merged entry and stays with it.")


def _values(entry: Mergeable) -> dict[str, str]:
    return _of_city(entry) if isinstance(entry, City) else _of_partnership(entry)


def _of_city(city: City) -> dict[str, str]:
    place = (city.latitude, city.longitude)
    known = None not in place
    return {
        _("Name in German"): city.name_de,
        _("Name in English"): city.name_en or "",
        _("Other spellings"): ", ".join(city.spellings),
        _("Country"): country_name(city.country.code),
        _("Region"): region_name(city.region),
        _("Municipality key (AGS)"): city.ags,
        _("Inhabitants"): number_format(city.population, force_grouping=True)
        if city.population
        else "",
        _("Coordinates"): coordinates(city.latitude or 0, city.longitude or 0) if known else "",
        _("Time zone"): city.time_zone,
        _("Address"): city.get_absolute_url(),
    }


def _of_partnership(partnership: Partnership) -> dict[str, str]:
    stored = values_of(partnership)
    confirmed = partnership.confirmed_on
    return {
        _("Cities"): partnership.title,
        _("State"): capfirst(partnership.get_state_display()),
        **{str(fact.label): fact.shown(stored[fact.name]) for fact in ASKED},
        _("Confirmed by all cities"): date_format(confirmed) if confirmed else "",
        _("Shown in the directory"): _("yes") if partnership.in_directory else _("no"),
        _("Public note"): partnership.note,
        _("Source"): source_text(partnership.source) if partnership.source else "",
        _("Address"): partnership.get_absolute_url(),
    }


def moved(merge: Merge) -> list[tuple[str, int]]:
    """What moved and how many, as a list of a merge that was done."""
    counts: dict[str, int] = {}
    for one in merge.moved:
        label = relation(one["relation"]).label
        counts[label] = counts.get(label, 0) + len(one["rows"])
    return list(counts.items())
