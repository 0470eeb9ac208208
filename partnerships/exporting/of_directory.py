"""The directory as a file for staff, with whatever filters stand in its address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .. import directory
from ..directory_page import since
from ..directory_query import Query
from ..directory_rows import ORDERS
from ..finding.matching import matching
from ..models import Partnership, Party
from ..regions import country_name, region_name
from ..workbooks import Value
from .lists import Chosen, ListColumn, ListExport


def find(request: HttpRequest) -> Chosen:
    """The rows that list and map show, in the list's order; unknown filters find nothing."""
    query = Query.from_address(request.GET.dict())
    found = matching(query, directory.catalogue())
    language = "en" if get_language() == "en" else "de"
    ordered = found.order_by(*ORDERS[query.sort, language], "pk")
    address, page = query.address(), reverse("partnerships:directory")
    return Chosen(
        count=found.count(),
        rows=lambda: with_all(ordered),
        filters={"words": query.words, **query.filters},
        back=f"{page}?{address}" if address else page,
    )


def with_all(found: Any) -> Iterable[Partnership]:
    """Partnerships with all that their columns show, in five queries."""
    return found.select_related("started_by").prefetch_related(
        "parties__city", "topics", "organisations"
    )


def _home(partnership: Partnership) -> list[Party]:
    return [party for party in partnership.parties.all() if party.city.country.code == "DE"]


def _abroad(partnership: Partnership) -> list[Party]:
    return [party for party in partnership.parties.all() if party.city.country.code != "DE"]


def _listed(values: Iterable[Any]) -> str:
    return "; ".join(dict.fromkeys(str(value) for value in values if value))


def _cities(parties: list[Party]) -> str:
    return _listed(party.city.name for party in parties)


def _confirmed(partnership: Partnership) -> str:
    """Which city confirmed when, by day."""
    return "; ".join(
        f"{party.city.name}: {timezone.localdate(party.confirmed_at):%Y-%m-%d}"
        for party in partnership.parties.all()
        if party.confirmed_at
    )


def _signed(partnership: Partnership) -> str:
    return _listed(
        f"{party.city.name}: {party.confirmed_office}"
        for party in partnership.parties.all()
        if party.confirmed_office
    )


def _day(value: Any) -> Value:
    return f"{value:%Y-%m-%d}" if value else ""


COLUMNS = (
    ListColumn("title", _("Partnership"), 36, lambda one: str(one)),
    ListColumn("home", _("Cities in Germany"), 24, lambda one: _cities(_home(one))),
    ListColumn(
        "land",
        _("German Land"),
        22,
        lambda one: _listed(region_name(party.city.region) for party in _home(one)),
    ),
    ListColumn("abroad", _("Cities abroad"), 24, lambda one: _cities(_abroad(one))),
    ListColumn(
        "country",
        _("Country"),
        20,
        lambda one: _listed(country_name(party.city.country.code) for party in _abroad(one)),
    ),
    ListColumn(
        "region",
        _("Region"),
        20,
        lambda one: _listed(region_name(party.city.region) for party in _abroad(one)),
    ),
    ListColumn("kind", _("Kind of link"), 20, lambda one: str(capfirst(one.get_kind_display()))),
    ListColumn(
        "since",
        _("Since"),
        12,
        lambda one: (
            since(one.year_established, uncertain=True)
            if one.year_is_uncertain
            else one.year_established
        ),
    ),
    ListColumn("state", _("State"), 20, lambda one: str(one.get_state_display())),
    ListColumn("topics", _("Topics"), 36, lambda one: _listed(t.name for t in one.topics.all())),
    ListColumn(
        "organisations",
        _("Organisations"),
        30,
        lambda one: _listed(body.name for body in one.organisations.all()),
    ),
    ListColumn(
        "registered_by",
        _("Registered by"),
        20,
        lambda one: one.started_by.name if one.started_by else "",
    ),
    ListColumn("confirmed", _("Confirmed by (city and day)"), 34, _confirmed),
    ListColumn("complete", _("Confirmed by all"), 14, lambda one: _day(one.confirmed_on)),
    ListColumn("asked", _("Last yearly check"), 14, lambda one: _day(one.asked_on)),
    ListColumn("note", _("Note"), 40, lambda one: one.note or ""),
    ListColumn("source", _("Source"), 40, lambda one: one.source),
    ListColumn("offices", _("Confirmed in the office of"), 34, _signed, is_personal=True),
)

DIRECTORY = ListExport("partnerships", _("Town twinnings"), COLUMNS, find)
