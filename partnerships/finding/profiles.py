"""What profiles say about work that is going on: coming events, topics, and who else is at it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language

from sdg.models import Goal, Topic

from ..models import City, Partnership
from ..regions import country_name

#: Cities that a goal's or topic's page names; the map shows all of them.
NAMED = 24


class CityLink(NamedTuple):
    name: str
    url: str
    country: str


def coming(
    partnership: Partnership, cities: Sequence[City], *, at: dt.datetime
) -> QuerySet[Any, Any]:
    """Delegations to published events to come to which every city of it is invited, soonest first.

    That the cities are invited is public, who is invited is not.
    """
    invited = Q(invitations__withdrawn_at=None, invitations__city__in=cities)
    return (
        partnership.delegations.filter(event__state="published", event__ends_at__gte=at)
        .annotate(invited=Count("invitations__city", filter=invited, distinct=True))
        .filter(invited=len(cities))
        .select_related("event__city")
        .order_by("event__starts_at")
    )


def work_of(city: City) -> dict[str, Any]:
    """Topics and goals of the city's public partnerships; two queries."""
    links = {
        "partnership_links__partnership__in_directory": True,
        "partnership_links__partnership__parties__city": city,
    }
    goals = {f"topics__{name}": value for name, value in links.items()}
    return {
        "topics": Topic.objects.filter(**links).distinct(),
        "goals": Goal.objects.filter(**goals).distinct().first_things_first(),
    }


def cities_at_work(**links: Any) -> dict[str, Any]:
    """Cities whose public partnerships have such topic links, by name; one query."""
    linked = {f"parties__partnership__topic_links__{name}": v for name, v in links.items()}
    found = City.objects.filter(parties__partnership__in_directory=True, **linked).distinct()
    names = ("name_en", "name_de") if get_language() == "en" else ("name_de", "name_en")
    rows = found.order_by("sort_key", "pk").values_list("slug", *names, "country")
    cities = [
        CityLink(name or other, reverse("partnerships:city", args=[slug]), country_name(country))
        for slug, name, other, country in rows
    ]
    return {"cities": cities[:NAMED], "city_count": len(cities)}
