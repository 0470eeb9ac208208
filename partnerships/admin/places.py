"""Cities, and the gazetteer to look them up."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django_countries.filters import CountryFilter
from modeltranslation.admin import TranslationAdmin

from journal.admin import ReadOnlyAdmin, VersionedAdmin, both

from .. import operations
from ..models import City, GazetteerPlace
from .exported import ExportedTable
from .merging import merge_link


@admin.register(City)
class CityAdmin(ExportedTable, VersionedAdmin, TranslationAdmin):
    list_display = ["name", "country", "region", "population", "partnership_count"]
    list_filter = [("country", CountryFilter), "region"]
    search_fields = ["search_text"]
    search_help_text = _("Finds every spelling: Köln, koeln, Cologne.")
    prepopulated_fields = {"slug": ["name_de"]}
    readonly_fields = ["positions_here", "doubled"]
    export_name = "cities"
    fieldsets = [
        (None, {"fields": [both("name"), "other_names", "slug", "doubled"]}),
        (_("Place"), {"fields": [("country", "region"), "ags", "time_zone"]}),
        (_("Coordinates"), {"fields": [("latitude", "longitude"), "geo_source"]}),
        (_("Inhabitants"), {"fields": ["population", "population_source"]}),
        (_("People"), {"fields": ["positions_here"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(partnership_count=Count("parties"))

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        return queryset.search(search_term), False

    def save_model(self, request: HttpRequest, obj: City, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        shown = {"name_de", "name_en", "other_names", "country", "region"}
        if change and shown & set(form.changed_data):
            operations.renamed(city=obj)

    @admin.display(description=_("partnerships"), ordering="partnership_count")
    def partnership_count(self, city: Any) -> int:
        return city.partnership_count

    @admin.display(description=_("positions"))
    def positions_here(self, city: City) -> str:
        if city.pk is None:
            return str(_("After saving you can add positions."))
        address = reverse("admin:partnerships_position_changelist")
        count = city.positions.count()
        label = _("Positions in this city (%(count)d)") % {"count": count}
        return format_html('<a href="{}?city__id__exact={}">{}</a>', address, city.pk, label)

    @admin.display(description=_("doubled"))
    def doubled(self, city: City) -> str:
        return merge_link("partnerships:city_merge", city.pk and city.slug)


@admin.register(GazetteerPlace)
class GazetteerPlaceAdmin(ReadOnlyAdmin):
    list_display = ["name", "country", "region", "population", "time_zone"]
    list_filter = [("country", CountryFilter)]
    search_fields = ["search_text"]
    fields = [
        "name",
        ("country", "region"),
        ("latitude", "longitude"),
        "population",
        "time_zone",
        "ags",
    ]
