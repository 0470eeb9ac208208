"""Guests, their answers and reminders: to look at. They change in the portal, by operations."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django_countries.filters import CountryFilter

from journal.admin import ReadOnlyAdmin

from ..models import Answer, Delegation, Invitation, Reminder


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ["event", "name", "email", "country", "region", "right", "choice", "seat"]
    list_display_links = ["name", "email"]
    list_filter = ["choice", "seat", "right", ("city__country", CountryFilter), "event"]
    list_select_related = ["event", "city"]
    search_fields = ["name", "email", "function", "city__search_text"]
    date_hierarchy = "created_at"
    fieldsets = [
        (None, {"fields": ["event", "name", "function", "email", "salutation", "language"]}),
        (_("Who"), {"fields": ["position", "holder", "city", "delegation", "reason"]}),
        (
            _("Answer"),
            {
                "fields": [
                    ("right", "choice", "seat", "pool", "waitlist_number"),
                    ("answered_at", "answered_by_name"),
                    "message",
                ]
            },
        ),
        (_("Delivery"), {"fields": ["created_at", "send_count", "withdrawn_at"]}),
    ]

    @admin.display(description=_("country"), ordering="city__country")
    def country(self, invitation: Any) -> str:
        return invitation.city.country.name if invitation.city else ""

    @admin.display(description=_("region"), ordering="city__region")
    def region(self, invitation: Any) -> str:
        return invitation.city.region if invitation.city else ""


@admin.register(Answer)
class AnswerAdmin(ReadOnlyAdmin):
    list_display = ["at", "event", "invitation", "choice", "seat", "channel", "by"]
    list_filter = ["choice", "channel", "invitation__event"]
    list_select_related = ["invitation__event", "by"]
    search_fields = ["invitation__name", "invitation__email", "answered_by_name"]
    date_hierarchy = "at"
    fields = [
        "invitation",
        "number",
        "at",
        ("choice", "seat", "mode"),
        ("channel", "by"),
        "answered_by_name",
        "message",
        "note",
        "consent_version",
    ]

    @admin.display(description=_("event"), ordering="invitation__event")
    def event(self, answer: Answer) -> str:
        return str(answer.invitation.event)


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    list_display = ["at", "event", "invitation", "rule", "due_at", "state"]
    list_filter = ["state", "rule__event"]
    list_select_related = ["invitation", "rule__event"]
    search_fields = ["invitation__name", "invitation__email"]
    date_hierarchy = "due_at"
    fields = ["rule", "invitation", "due_at", "state", "at"]

    @admin.display(description=_("event"), ordering="rule__event")
    def event(self, reminder: Reminder) -> str:
        return str(reminder.rule.event)


@admin.register(Delegation)
class DelegationAdmin(ReadOnlyAdmin):
    list_display = ["event", "partnership", "evidence"]
    list_filter = ["event"]
    list_select_related = ["event", "partnership"]
    search_fields = ["partnership__search_text", *(f"event__title_{code}" for code in ("de", "en"))]
    fields = ["event", "partnership", "evidence"]
