"""Calls with their rules and criteria, and the paragraphs letters are made of."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationInlineModelAdmin

from journal.admin import StaffInline, VersionedAdmin, both
from journal.languages import BothLanguagesForm
from journal.versions import VersionedForm

from ..models import Call, Criterion, LetterBlock


class CallForm(BothLanguagesForm, VersionedForm):
    """A call; what contradicts itself is said beside the field by the model's constraints."""


class CriterionInline(StaffInline, TranslationInlineModelAdmin):
    model = Criterion
    fields = [*both("name"), *both("hint"), "weight", "order"]


@admin.register(Call)
class CallAdmin(VersionedAdmin, TranslationAdmin):
    form = CallForm
    list_display = ["title", "state", "opens_on", "closes_on", "funding", "budget", "trips"]
    list_filter = ["state", "funding", "is_demo"]
    search_fields = ["slug", *both("title")]
    date_hierarchy = "opens_on"
    prepopulated_fields = {"slug": ["title_de"]}
    inlines = [CriterionInline]
    fieldsets = [
        (None, {"fields": [both("title"), "slug", "state", both("teaser"), both("text")]}),
        (
            _("When"),
            {"fields": [("opens_on", "closes_on"), "time_zone", "grace_minutes"]},
        ),
        (
            _("Who"),
            {
                "fields": [
                    "submitter_countries",
                    "needs_partner",
                    "allows_virtual",
                    "checks_trilateral",
                    "min_departments",
                    "needs_youth",
                ]
            },
        ),
        (
            _("Visits"),
            {"fields": [("travel_from", "travel_until"), ("min_days", "max_days")]},
        ),
        (
            _("Money"),
            {
                "fields": [
                    "funding",
                    ("budget", "trips"),
                    ("most_per_trip", "most_per_person"),
                    "four_eyes_above",
                ]
            },
        ),
        (_("Afterwards"), {"fields": ["answer_within_days", "report_within_days"]}),
    ]


@admin.register(LetterBlock)
class LetterBlockAdmin(VersionedAdmin, TranslationAdmin):
    list_display = ["slug", "outcome", "order", "is_default"]
    list_filter = ["outcome"]
    search_fields = ["slug", *both("text")]
    fieldsets = [
        (None, {"fields": ["slug", "outcome", both("text"), "order", "is_default"]}),
    ]
