"""The departments of the cities of a partnership side by side, and what has no counterpart.

Of another city only departments and offices held are shown: no names, addresses or functions
that somebody typed.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..models import City, Department, Office, Partnership, Position


@dataclass(frozen=True)
class Line:
    """A department and, in the order of the cities, whether each has it."""

    department: Department
    has_it: list[bool]


@dataclass(frozen=True)
class Comparison:
    """What a city of a partnership sees of all its cities; its own stands first."""

    cities: list[City]
    lines: list[Line]
    offices: list[list[str]]
    gaps: list[str]


def compare(partnership: Partnership, own: City) -> Comparison:
    """The active posts of all cities of the partnership, seen from ``own``."""
    cities = [party.city for party in partnership.parties.select_related("city")]
    cities.sort(key=lambda city: city != own)
    posts = Position.objects.active().filter(city__in=cities)
    posts = posts.select_related("department", "office").order_by("office__rank", "pk")
    departments: dict[int, set[Department]] = {city.pk: set() for city in cities}
    offices: dict[int, dict[Office, None]] = {city.pk: {} for city in cities}
    for post in posts:
        where = post.city_id or 0
        if post.department:
            departments[where].add(post.department)
        if post.office:
            offices[where].setdefault(post.office)
    known = sorted(set().union(*departments.values()), key=lambda one: one.name)
    lines = [Line(one, [one in departments[city.pk] for city in cities]) for one in known]
    titles = [[office.title for office in offices[city.pk]] for city in cities]
    return Comparison(cities, lines, titles, _gaps(cities, departments, lines))


def _gaps(
    cities: list[City], departments: dict[int, set[Department]], lines: list[Line]
) -> list[str]:
    """Sentences about the own city, which stands first, and each other one."""
    said = []
    for number, other in enumerate(cities[1:], start=1):
        if not departments[other.pk]:
            said.append(_("%(city)s has not entered any department yet.") % {"city": other.name})
            continue
        for line in lines:
            ours, theirs = line.has_it[0], line.has_it[number]
            if ours != theirs:
                sentence = (
                    _("Your “%(department)s” has no counterpart in %(city)s.")
                    if ours
                    else _("“%(department)s” in %(city)s has no counterpart in yours.")
                )
                said.append(sentence % {"department": line.department.name, "city": other.name})
    return said
