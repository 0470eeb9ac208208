"""Catalogues: organisations, departments, offices held."""

from __future__ import annotations

from django.contrib import admin
from django_countries.filters import CountryFilter
from modeltranslation.admin import TranslationAdmin

from journal.admin import StaffAdmin, both
from journal.languages import BothLanguagesForm

from ..models import Department, Office, Organisation


@admin.register(Organisation)
class OrganisationAdmin(StaffAdmin, TranslationAdmin):
    form = BothLanguagesForm
    list_display = ["name", "level", "country", "role"]
    list_filter = ["level", ("country", CountryFilter)]
    search_fields = ["slug", *both("name"), *both("role")]
    ordering = ["name_de"]
    prepopulated_fields = {"slug": ["name_de"]}
    fields = [both("name"), "slug", ("level", "country"), both("role"), "source"]


@admin.register(Department)
class DepartmentAdmin(StaffAdmin, TranslationAdmin):
    form = BothLanguagesForm
    list_display = ["name", "slug"]
    search_fields = ["slug", *both("name")]
    ordering = ["name_de"]
    prepopulated_fields = {"slug": ["name_de"]}
    fields = [both("name"), "slug"]


@admin.register(Office)
class OfficeAdmin(StaffAdmin, TranslationAdmin):
    form = BothLanguagesForm
    list_display = ["title", "country", "kind", "may_speak", "rank"]
    list_filter = [("country", CountryFilter), "kind", "may_speak"]
    search_fields = ["slug", *both("title"), *both("note")]
    prepopulated_fields = {"slug": ["title_de"]}
    fields = [
        both("title"),
        "slug",
        ("country", "kind"),
        "may_speak",
        both("salutation"),
        both("note"),
        "rank",
    ]
