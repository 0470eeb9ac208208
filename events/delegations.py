"""Delegations: the guests of a partnership's cities together, and what they lack.

The rule is the programme's: at a partnership conference both cities stand together, each with
its head and at least two specialist departments.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.models import City, Office, Partnership

from .models import Event, Invitation
from .recipients import DelegationCheck, Member

SPECIALIST_DEPARTMENTS = 2
#: Departments that organise and accompany; they do not count as specialists.
_NOT_SPECIALIST = frozenset({"international-affairs", "mayors-office"})


def check(partnership: Partnership, members: Sequence[Member]) -> DelegationCheck:
    """The members from the partnership's cities, and a sentence for each thing missing."""
    cities = [party.city for party in partnership.parties.all()]
    own = [m for m in members if m.city is not None and m.city in cities]
    missing = [sentence for city in cities for sentence in _missing(city, own)]
    return DelegationCheck(partnership, own, missing)


def of_event(event: Event) -> list[DelegationCheck]:
    """Every delegation of an event: its standing invitations, with answers.

    Whoever declined stays in the list but fills no gap.
    """
    delegations = event.delegations.select_related("partnership")
    partnerships = [
        delegation.partnership
        for delegation in delegations.prefetch_related("partnership__parties__city")
    ]
    guests = list(
        event.invitations.standing()
        .select_related("city", "position__office", "position__department")
        .order_by("city__sort_key", F("position__office__rank").asc(nulls_last=True), "pk")
    )
    return [_with_answers(partnership, guests) for partnership in partnerships]


def _with_answers(partnership: Partnership, guests: list[Invitation]) -> DelegationCheck:
    everybody = check(partnership, guests)
    willing = check(partnership, [g for g in guests if g.choice != Invitation.Choice.NO])
    return DelegationCheck(partnership, everybody.members, willing.missing)


def _missing(city: City, members: Sequence[Member]) -> list[str]:
    own = [member.position for member in members if member.city == city]
    if not own:
        return [_("%(city)s: no guest at all") % {"city": city.name}]
    sentences = []
    if not any(_is_head(position) for position in own):
        sentences.append(_("%(city)s: no head of the city") % {"city": city.name})
    departments = {_specialist(position) for position in own} - {None}
    lacking = SPECIALIST_DEPARTMENTS - len(departments)
    if lacking > 0:
        sentences.append(
            ngettext(
                "%(city)s: %(count)d more specialist department needed",
                "%(city)s: %(count)d more specialist departments needed",
                lacking,
            )
            % {"city": city.name, "count": lacking}
        )
    return sentences


def _is_head(position: Any) -> bool:
    """Heads of cities and their equals are the offices that speak at a mayors' roundtable."""
    office = position.office if position else None
    return office is not None and office.may_speak == Office.MaySpeak.YES


def _specialist(position: Any) -> int | None:
    department = position.department if position else None
    if department is None or department.slug in _NOT_SPECIALIST:
        return None
    return int(department.pk)
