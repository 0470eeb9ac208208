"""The parts an application is written in: their order, and which city writes which.

A part of kind ``EACH`` exists once for every city, ``LEAD`` for the submitting one, ``PARTNER``
for each of the others, ``JOINT`` once for all. A city signs its own parts and the joint ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy as _

from .models import Application, ApplicationParty


class Writer(Enum):
    """Which cities write a part."""

    JOINT = _("both cities together")
    LEAD = _("the submitting city")
    PARTNER = _("the partner city")
    EACH = _("each city for itself")


@dataclass(frozen=True)
class Part:
    """``key`` names it in addresses and in ``Section.key`` (15 characters at most)."""

    key: str
    label: Any
    writer: Writer


SECTIONS = (
    Part("basics", _("Title, dates and place"), Writer.JOINT),
    Part("purpose", _("Aim, topics and goals"), Writer.JOINT),
    Part("need", _("What we want to learn"), Writer.LEAD),
    Part("offer", _("What we can show"), Writer.PARTNER),
    Part("people", _("Travellers and hosts"), Writer.EACH),
    Part("programme", _("Programme by half-days"), Writer.JOINT),
    Part("budget", _("Budget"), Writer.LEAD),
    Part("journey", _("Journey and climate"), Writer.LEAD),
    Part("follow_up", _("What comes afterwards"), Writer.JOINT),
)
BY_KEY = {part.key: part for part in SECTIONS}


def parties_of(application: Application) -> list[ApplicationParty]:
    """Its cities, the submitting one first, each knowing the application in hand."""
    found = list(application.parties.select_related("city"))
    for party in found:
        party.application = application
    return found


def writers(part: Part, parties: Sequence[ApplicationParty]) -> list[ApplicationParty | None]:
    """Whose copies of the part exist: one ``None`` for a joint part, else the cities'."""
    if part.writer is Writer.JOINT:
        return [None]
    wanted = {Writer.LEAD: (True,), Writer.PARTNER: (False,), Writer.EACH: (True, False)}
    return [party for party in parties if party.is_lead in wanted[part.writer]]


def pieces(parties: Sequence[ApplicationParty]) -> Iterator[tuple[Part, ApplicationParty | None]]:
    """Every part with the city that writes it, in the order of the application."""
    for part in SECTIONS:
        for party in writers(part, parties):
            yield part, party


def writes(party: ApplicationParty | None, whose: ApplicationParty | None) -> bool:
    """Whether a city may edit a piece: its own, or a joint one."""
    return party is not None and (whose is None or whose.pk == party.pk)
