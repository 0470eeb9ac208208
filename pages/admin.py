"""Texts of the public site."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from journal.admin import VersionedAdmin, both
from journal.languages import BothLanguagesForm
from journal.versions import VersionedForm

from .models import NewsItem, Page


class TextForm(BothLanguagesForm, VersionedForm):
    """Both languages, and no overwriting."""


@admin.register(Page)
class PageAdmin(VersionedAdmin, TranslationAdmin):
    form = TextForm
    list_display = ["title", "slug", "place", "position", "is_published", "updated_at"]
    list_filter = ["place", "is_published"]
    search_fields = ["slug", *both("title"), *both("lead"), *both("body")]
    prepopulated_fields = {"slug": ["title_de"]}
    fieldsets = [
        (None, {"fields": [both("title"), both("lead"), both("body")]}),
        (_("Where it appears"), {"fields": ["slug", ("place", "position"), "is_published"]}),
    ]


@admin.register(NewsItem)
class NewsItemAdmin(VersionedAdmin, TranslationAdmin):
    form = TextForm
    list_display = ["title", "published_at", "is_published"]
    list_filter = ["is_published"]
    search_fields = ["slug", *both("title"), *both("teaser"), *both("body")]
    date_hierarchy = "published_at"
    prepopulated_fields = {"slug": ["title_de"]}
    fieldsets = [
        (None, {"fields": [both("title"), both("teaser"), both("body")]}),
        (_("Where it appears"), {"fields": ["slug", "published_at", "is_published"]}),
    ]
