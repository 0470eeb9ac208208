"""Events with their seats, agenda, reminders and files."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationInlineModelAdmin

from journal.admin import StaffInline, VersionedAdmin, both

from ..forms.administration import (
    EventFileForm,
    EventForm,
    ReminderRuleForm,
    SeatPoolForm,
    SeatPoolFormSet,
    SessionForm,
    ZonedFormSet,
)
from ..models import Event, EventFile, ReminderRule, SeatPool, Session
from ..operations.editing import after_edit


class SeatPoolInline(StaffInline):
    model = SeatPool
    form = SeatPoolForm
    formset = SeatPoolFormSet
    fields = ["right", "mode", "capacity", "held", "taken"]
    readonly_fields = ["taken"]


class SessionInline(StaffInline, TranslationInlineModelAdmin):
    model = Session
    form = SessionForm
    formset = ZonedFormSet
    fields = ["starts_at", "ends_at", *both("title"), *both("description")]


class ReminderRuleInline(StaffInline):
    model = ReminderRule
    form = ReminderRuleForm
    fields = ["to", "anchor", "days_before", "at_time", "useful_for_hours", "is_active"]


class EventFileInline(StaffInline, TranslationInlineModelAdmin):
    model = EventFile
    form = EventFileForm
    fields = [*both("title"), "file"]


@admin.register(Event)
class EventAdmin(VersionedAdmin, TranslationAdmin):
    form = EventForm
    list_display = ["title", "local_start", "kind", "format", "state", "country", "region"]
    list_filter = ["state", "kind", "format", "is_demo"]
    list_select_related = ["city"]
    search_fields = ["slug", *both("title"), "venue", "city__search_text"]
    date_hierarchy = "starts_at"
    prepopulated_fields = {"slug": ["title_de"]}
    raw_id_fields = ["city"]
    readonly_fields = ["guests"]
    inlines = [SeatPoolInline, SessionInline, ReminderRuleInline, EventFileInline]
    fieldsets = [
        (
            None,
            {"fields": [both("title"), "slug", ("kind", "format"), "state", "guests"]},
        ),
        (
            _("When"),
            {
                "fields": [
                    "time_zone",
                    ("starts_at", "ends_at"),
                    "answer_by",
                    "date_precision",
                ],
                "description": _("All times are local times in the event's time zone."),
            },
        ),
        (_("Where"), {"fields": ["city", "venue", "online_url"]}),
        (
            _("On the public page"),
            {"fields": [both("teaser"), both("description"), both("audience"), "source"]},
        ),
        (
            _("Invitation"),
            {
                "fields": [
                    both("invitation_subject"),
                    both("invitation_text"),
                    "contact_email",
                    "reminder_limit",
                ]
            },
        ),
        (_("Afterwards"), {"fields": [both("report")]}),
    ]

    def save_model(self, request: HttpRequest, obj: Event, form: EventForm, change: bool) -> None:
        if change and form.is_moved:
            obj.anchor_version += 1
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        after_edit(event=form.instance, by=request.user, is_new=not change, is_moved=form.is_moved)

    @admin.display(description=_("start (local time)"), ordering="starts_at")
    def local_start(self, event: Event) -> str:
        local = date_format(event.starts_at.astimezone(event.zone), "SHORT_DATETIME_FORMAT")
        return f"{local} ({event.time_zone})"

    @admin.display(description=_("country"), ordering="city__country")
    def country(self, event: Event) -> str:
        return event.city.country.name if event.city else ""

    @admin.display(description=_("region"), ordering="city__region")
    def region(self, event: Event) -> str:
        return event.city.region if event.city else ""

    @admin.display(description=_("guests"))
    def guests(self, event: Event) -> str:
        if event.pk is None:
            return str(_("After saving you can invite guests on the event's own pages."))
        address = reverse("events:guests", args=[event.slug])
        return format_html('<a href="{}">{}</a>', address, _("Guests and invitations"))
