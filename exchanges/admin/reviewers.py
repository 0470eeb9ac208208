"""Who may be asked to review."""

from __future__ import annotations

from django.contrib import admin

from journal.admin import StaffAdmin

from ..models import Reviewer


@admin.register(Reviewer)
class ReviewerAdmin(StaffAdmin):
    list_display = ["user", "home_city", "is_active"]
    list_filter = ["is_active"]
    list_select_related = ["user", "home_city"]
    search_fields = ["user__name", "user__email", "home_city__search_text"]
    raw_id_fields = ["user", "home_city"]
