"""Merges, only to read: merging and taking back are done on pages of their own."""

from __future__ import annotations

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from journal.admin import ReadOnlyAdmin

from ..models import Merge


def merge_link(name: str, slug: str | None) -> str:
    """From an entry to the page that merges it with its double; nothing for a new one."""
    if not slug:
        return "–"
    return format_html('<a href="{}">{}</a>', reverse(name, args=[slug]), _("Compare and merge"))


@admin.register(Merge)
class MergeAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "kind", "at", "by", "undone_at"]
    list_filter = ["kind"]
    list_select_related = [
        *("kept_city", "merged_city", "kept_partnership", "merged_partnership", "by"),
    ]
    fields = ["kind", "kept_entry", "merged_entry", "at", "by", "count", "undone_at", "undone_by"]
    readonly_fields = ["kept_entry", "merged_entry", "count"]

    @admin.display(description=_("stays"))
    def kept_entry(self, merge: Merge) -> str:
        return format_html('<a href="{}">{}</a>', merge.kept.get_absolute_url(), merge.kept)

    @admin.display(description=_("merged"))
    def merged_entry(self, merge: Merge) -> str:
        return str(merge.merged)

    @admin.display(description=_("moved rows"))
    def count(self, merge: Merge) -> int:
        return merge.count
