"""Tables of the administration as files: the table itself reads search, filters and order."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import BadRequest, ValidationError
from django.db import DataError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..models import City, Membership, Office, Partnership, Position
from .lists import Chosen, ListColumn, ListExport
from .of_directory import COLUMNS as OF_PARTNERSHIPS
from .of_directory import with_all

#: What stands in a table's address and chooses no rows.
NOT_FILTERS = {"p", "all", "e", "_changelist_filters", "_popup", "_to_field"}
LONGEST, MOST = 200, 20
Prepare = Callable[[Any], Any]


def of(model: type[Model], prepare: Prepare) -> Callable[[HttpRequest], Chosen]:
    """Reads an address as the table of ``model`` does; what it refuses is a ``BadRequest``."""

    def find(request: HttpRequest) -> Chosen:
        asked = copy(request)
        asked.GET = _filters(request)  # type: ignore[assignment]
        try:
            found = _rows(model, asked)
            count = found.count()
        except (
            *(DataError, OverflowError, ValueError, ValidationError),
            IncorrectLookupParameters,
        ) as error:
            raise BadRequest("a filter that the table refuses") from error
        names = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        page, query = reverse(names), asked.GET.urlencode()
        return Chosen(
            count=count,
            rows=lambda: prepare(found),
            filters={name: value for name, value in asked.GET.items() if name != "o"},
            back=f"{page}?{query}" if query else page,
        )

    return find


def _filters(request: HttpRequest) -> Any:
    filters = request.GET.copy()
    for name in NOT_FILTERS & set(filters):
        del filters[name]
    too_long = any(len(value) > LONGEST for _name, many in filters.lists() for value in many)
    if too_long or len(filters) > MOST:
        raise BadRequest("filters too long")
    return filters


def _rows(model: type[Model], request: HttpRequest) -> QuerySet[Any]:
    table = admin.site.get_model_admin(model)
    return table.get_changelist_instance(request).get_queryset(request)


CITY_COLUMNS = (
    ListColumn("name_de", _("Name (German)"), 28, lambda city: city.name_de),
    ListColumn("name_en", _("Name (English)"), 28, lambda city: city.name_en),
    ListColumn("country", _("Country"), 10, lambda city: city.country.code),
    ListColumn("region", _("Region"), 24, lambda city: city.region),
    ListColumn("ags", _("AGS"), 12, lambda city: city.ags),
    ListColumn("population", _("Inhabitants"), 14, lambda city: city.population),
    ListColumn("time_zone", _("Time zone"), 20, lambda city: city.time_zone),
    ListColumn("slug", _("Short name"), 28, lambda city: city.slug),
)


def _country(position: Position) -> str:
    where = position.city or position.organisation
    return where.country.code or "" if where else ""


def _holders(position: Position) -> str:
    return ", ".join(holder.name for holder in position.holders.all() if holder.is_current)


POSITION_COLUMNS = (
    ListColumn("place", _("City or organisation"), 28, lambda post: post.place),
    ListColumn("country", _("Country"), 10, _country),
    ListColumn("region", _("Region"), 24, lambda post: post.city.region if post.city else ""),
    ListColumn("function", _("Function"), 36, lambda post: str(post.function)),
    ListColumn(
        "department",
        _("Department"),
        30,
        lambda post: post.department.name if post.department else "",
    ),
    ListColumn("language", _("Language"), 10, lambda post: post.language),
    ListColumn("active", _("Active"), 8, lambda post: str(_("yes") if post.is_active else _("no"))),
    ListColumn("holder", _("Holder"), 28, _holders, is_personal=True),
    ListColumn("email", _("E-mail address"), 34, lambda post: post.email, is_personal=True),
)
MEMBERSHIP_COLUMNS = (
    ListColumn("city", _("City"), 28, lambda one: one.city.name),
    ListColumn("country", _("Country"), 10, lambda one: one.city.country.code),
    ListColumn("region", _("Region"), 24, lambda one: one.city.region),
    ListColumn("role", _("Role"), 22, lambda one: str(one.get_role_display())),
    ListColumn("since", _("Since"), 18, lambda one: one.created_at),
    ListColumn("person", _("Name"), 28, lambda one: one.user.name, is_personal=True),
    ListColumn("email", _("E-mail address"), 34, lambda one: one.user.email, is_personal=True),
)
OFFICE_COLUMNS = (
    ListColumn("title_de", _("Title (German)"), 30, lambda office: office.title_de),
    ListColumn("title_en", _("Title (English)"), 30, lambda office: office.title_en),
    ListColumn("country", _("Country"), 10, lambda office: office.country.code),
    ListColumn("kind", _("Kind"), 22, lambda office: str(office.get_kind_display())),
    ListColumn(
        "may_speak", _("At a roundtable"), 18, lambda office: str(office.get_may_speak_display())
    ),
    ListColumn("decides", _("Decides on"), 40, lambda office: office.decides or ""),
    ListColumn("note", _("Explanation"), 40, lambda office: office.note or ""),
)


def _posts(found: Any) -> Any:
    return found.select_related("city", "organisation", "office", "department")


TABLES = (
    ListExport("cities", _("Cities"), CITY_COLUMNS, of(City, lambda found: found)),
    ListExport("positions", _("Positions"), POSITION_COLUMNS, of(Position, _posts)),
    ListExport(
        "memberships",
        _("Roles in city offices"),
        MEMBERSHIP_COLUMNS,
        of(Membership, lambda found: found.select_related("user", "city")),
    ),
    ListExport("offices", _("Offices held"), OFFICE_COLUMNS, of(Office, lambda found: found)),
    ListExport(
        "all-partnerships",
        _("Partnerships (administration)"),
        OF_PARTNERSHIPS,
        of(Partnership, with_all),
    ),
)
