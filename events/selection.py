"""Whom the criteria find: positions by filter, by partnership and by line, and strangers.

Reads only, with a number of queries that does not depend on how many are found.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_countries import countries

from partnerships.models import Holder, Partnership, PartnershipTopic, Party, Position
from sdg.models import Topic

from .addresses import Line
from .recipients import Criteria, LeftOut


@dataclass
class Candidate:
    """A position that was found, with all reasons; ``partnership`` if it came with one."""

    position: Position
    reasons: list[str]
    partnership: Partnership | None = None


@dataclass
class Stranger:
    """An address that belongs to no position."""

    line: Line
    reasons: list[str]


@dataclass
class Selection:
    """What the criteria found, by position and by folded address, and unusable lines."""

    candidates: dict[int, Candidate] = field(default_factory=dict)
    strangers: dict[str, Stranger] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    partnerships: list[Partnership] = field(default_factory=list)

    def add(
        self, position: Position, reasons: list[str], partnership: Partnership | None = None
    ) -> None:
        found = self.candidates.setdefault(position.pk, Candidate(position, []))
        found.reasons += [reason for reason in reasons if reason not in found.reasons]
        found.partnership = found.partnership or partnership


def positions() -> Any:
    """Active positions with all an invitation needs to know."""
    return complete(Position.objects.active())


def complete(positions: Any) -> Any:
    current = Holder.objects.current(timezone.localdate())
    return positions.select_related(
        "city", "organisation", "department", "office"
    ).prefetch_related(Prefetch("holders", queryset=current, to_attr="current_holders"))


def has_filters(criteria: Criteria) -> bool:
    return any(
        (
            criteria.countries,
            criteria.regions,
            criteria.partner_countries,
            criteria.offices,
            criteria.departments,
            criteria.topics,
        )
    )


def _matches(criteria: Criteria) -> Q:
    """Kinds of filters are joined by and, the values of one kind by or."""
    matches = Q()
    if criteria.countries:
        matches &= Q(city__country__in=criteria.countries)
    if criteria.regions:
        matches &= Q(city__region__in=criteria.regions)
    if criteria.offices:
        matches &= Q(office__in=criteria.offices)
    if criteria.departments:
        matches &= Q(department__in=criteria.departments)
    if criteria.partner_countries:
        matches &= Q(city__in=_cities_with_partners_in(criteria.partner_countries))
    if criteria.topics:
        links = PartnershipTopic.objects.filter(
            topic__in=criteria.topics, partnership__in=Partnership.objects.public()
        )
        matches &= Q(city__in=links.values("partnership__parties__city"))
    return matches


def _cities_with_partners_in(codes: Iterable[str]) -> Any:
    """Cities with a public partnership to another city in one of the countries."""
    partners = Party.objects.filter(
        ~Q(city=OuterRef("city")),
        partnership=OuterRef("partnership"),
        city__country__in=list(codes),
    )
    public = Party.objects.filter(partnership__in=Partnership.objects.public())
    return public.filter(Exists(partners)).values("city")


def _reasons(position: Position, criteria: Criteria, topics: list[str]) -> list[str]:
    """Why the filters found a position, as labels with the value that matched."""
    found: list[tuple[str, Any]] = []
    if criteria.countries:
        found.append((_("Country"), position.city.country.name))
    if criteria.regions:
        found.append((_("Region"), position.city.region))
    if criteria.partner_countries:
        named = [countries.name(code) for code in criteria.partner_countries]
        found.append((_("Partner city in"), ", ".join(named)))
    if criteria.offices:
        found.append((_("Office held"), position.office.title))
    if criteria.departments:
        found.append((_("Department"), position.department.name))
    if criteria.topics:
        found.append((_("Topic"), ", ".join(topics)))
    return [f"{label}: {value}" for label, value in found]


def add_filtered(selection: Selection, criteria: Criteria) -> None:
    topics = []
    if criteria.topics:
        topics = [topic.name for topic in Topic.objects.filter(pk__in=criteria.topics)]
    for position in positions().filter(_matches(criteria)):
        selection.add(position, _reasons(position, criteria, topics))


def add_partnerships(selection: Selection, pks: Iterable[int]) -> None:
    """All active positions of all cities; one in two partnerships comes with the first."""
    chosen = Partnership.objects.filter(pk__in=pks).prefetch_related("parties__city")
    selection.partnerships = list(chosen)
    of_city: dict[int, list[Partnership]] = {}
    for partnership in selection.partnerships:
        for party in partnership.parties.all():
            of_city.setdefault(party.city_id, []).append(partnership)
    for position in positions().filter(city__in=list(of_city)):
        for partnership in of_city[position.city_id]:
            reason = f"{_('Partnership')}: {partnership.title}"
            selection.add(position, [reason], partnership)
