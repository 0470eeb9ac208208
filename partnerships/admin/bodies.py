"""Catalogues: organisations, departments, offices held."""

from __future__ import annotations

from django.contrib import admin
from django_countries.filters import CountryFilter
from modeltranslation.admin import TranslationAdmin, TranslationInlineModelAdmin

from journal.admin import StaffAdmin, StaffInline, both
from journal.languages import BothLanguagesForm

from ..models import Department, DepartmentAbroad, Duty, Office, Organisation
from .exported import ExportedTable


@admin.register(Organisation)
class OrganisationAdmin(StaffAdmin, TranslationAdmin):
    form = BothLanguagesForm
    list_display = ["name", "level", "country", "role"]
    list_filter = ["level", ("country", CountryFilter)]
    search_fields = ["slug", *both("name"), *both("role")]
    ordering = ["name_de"]
    prepopulated_fields = {"slug": ["name_de"]}
    fields = [both("name"), "slug", ("level", "country"), both("role"), "source"]


class AbroadInline(StaffInline, TranslationInlineModelAdmin):
    model = DepartmentAbroad
    fields = ["country", "name", both("note")]


@admin.register(Department)
class DepartmentAdmin(StaffAdmin, TranslationAdmin):
    form = BothLanguagesForm
    list_display = ["name", "slug"]
    search_fields = ["slug", *both("name")]
    ordering = ["name_de"]
    prepopulated_fields = {"slug": ["name_de"]}
    fields = [both("name"), "slug", both("decides"), "is_checked"]
    inlines = [AbroadInline]
    list_filter = ["is_checked"]


@admin.register(Duty)
class DutyAdmin(StaffAdmin, TranslationAdmin):
    form = BothLanguagesForm
    list_display = ["name", "rank"]
    search_fields = ["slug", *both("name"), *both("explanation")]
    prepopulated_fields = {"slug": ["name_de"]}
    fields = [both("name"), "slug", both("explanation"), "rank"]


@admin.register(Office)
class OfficeAdmin(ExportedTable, StaffAdmin, TranslationAdmin):
    export_name = "offices"
    form = BothLanguagesForm
    list_display = ["title", "country", "kind", "may_speak", "rank"]
    list_filter = [("country", CountryFilter), "kind", "may_speak", "is_checked"]
    search_fields = ["slug", *both("title"), *both("note")]
    prepopulated_fields = {"slug": ["title_de"]}
    fields = [
        both("title"),
        "slug",
        ("country", "kind"),
        "may_speak",
        both("salutation"),
        "duties",
        both("decides"),
        both("note"),
        "is_checked",
        "rank",
    ]
