"""Per diems and CO2 factors; a new value is a new row, so that old budgets keep theirs."""

from __future__ import annotations

from django.contrib import admin
from modeltranslation.admin import TranslationAdmin

from journal.admin import StaffAdmin

from ..models import DailyRate, TravelFactor


@admin.register(DailyRate)
class DailyRateAdmin(StaffAdmin, TranslationAdmin):
    list_display = ["country", "city", "valid_from", "full_day", "partial_day", "is_checked"]
    list_filter = ["is_checked"]
    search_fields = ["city", "source_de", "source_en"]
    fields = [
        *("country", "city", "valid_from", "full_day", "partial_day"),
        *("breakfast", "lunch", "dinner", "source", "is_checked"),
    ]


@admin.register(TravelFactor)
class TravelFactorAdmin(StaffAdmin, TranslationAdmin):
    list_display = ["means", "valid_from", "grams", "is_checked"]
    list_filter = ["is_checked"]
    search_fields = ["source_de", "source_en"]
    fields = ["means", "valid_from", "grams", "source", "is_checked"]
