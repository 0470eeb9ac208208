"""Partnerships with their cities and topics."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_countries.filters import CountryFilter
from modeltranslation.admin import TranslationAdmin

from journal.admin import StaffInline, VersionedAdmin, both
from journal.languages import BothLanguagesForm
from journal.versions import VersionedForm

from .. import operations
from ..models import Partnership, PartnershipTopic, Party
from .exported import ExportedTable
from .merging import merge_link


class PartnershipForm(BothLanguagesForm, VersionedForm):
    """Both languages, and no overwriting."""


class PartyInline(StaffInline):
    model = Party
    fields = ["city", "order"]
    raw_id_fields = ["city"]
    min_num = 2

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, **{"validate_min": True, **kwargs})


class TopicInline(StaffInline):
    model = PartnershipTopic
    fields = ["topic", "source", "is_demo"]


@admin.register(Partnership)
class PartnershipAdmin(ExportedTable, VersionedAdmin, TranslationAdmin):
    export_name = "all-partnerships"
    form = PartnershipForm
    list_display = ["title", "countries", "regions", "kind", "state", "year_established"]
    list_filter = [
        "kind",
        "state",
        "in_directory",
        ("cities__country", CountryFilter),
        "topics",
    ]
    search_fields = ["search_text", "slug"]
    inlines = [PartyInline, TopicInline]
    readonly_fields = ["title", "doubled"]
    fieldsets = [
        (None, {"fields": ["title", "slug", ("kind", "state"), "in_directory", "doubled"]}),
        (_("Since"), {"fields": [("year_established", "year_is_uncertain")]}),
        (_("Note and source"), {"fields": [both("note"), "source"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("parties__city")

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[models.QuerySet[Partnership], bool]:
        return queryset.search(search_term), False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        operations.edited(partnership=form.instance, by=request.user, is_new=not change)

    @admin.display(description=_("doubled"))
    def doubled(self, partnership: Partnership) -> str:
        return merge_link("partnerships:partnership_merge", partnership.pk and partnership.slug)

    @admin.display(description=_("countries"))
    def countries(self, partnership: Partnership) -> str:
        return _listed(party.city.country.name for party in partnership.parties.all())

    @admin.display(description=_("regions"))
    def regions(self, partnership: Partnership) -> str:
        return _listed(party.city.region for party in partnership.parties.all())


def _listed(names: Any) -> str:
    return ", ".join(dict.fromkeys(name for name in names if name))
