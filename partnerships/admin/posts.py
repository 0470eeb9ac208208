"""Posts, their holders, and who signs in for a city."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_countries.filters import CountryFilter

from journal.admin import StaffAdmin, StaffInline, VersionedAdmin, both
from journal.versions import VersionedForm
from privacy import ledger

from ..models import CityDomain, Holder, Membership, Position
from .exported import ExportedTable


class PositionForm(VersionedForm):
    """A position stands in a city or in an organisation, and is called something."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        city, organisation = (self.cleaned_data.get(name) for name in ("city", "organisation"))
        if bool(city) == bool(organisation) and not {"city", "organisation"} & set(self.errors):
            refusal = forms.ValidationError(
                _("Choose either a city or an organisation."), code="place"
            )
            self.add_error("city", refusal)
        return cleaned


class HolderInline(StaffInline):
    model = Holder
    fields = ["name", "salutation", "since", "until"]


@admin.register(Position)
class PositionAdmin(ExportedTable, VersionedAdmin):
    form = PositionForm
    list_display = ["function", "place", "country", "region", "holder", "email", "is_active"]
    list_filter = [
        "is_active",
        ("city__country", CountryFilter),
        "city__region",
        "office__kind",
        "department",
        "language",
    ]
    list_select_related = ["city", "organisation", "office", "department"]
    search_fields = [
        "email",
        "title",
        "city__search_text",
        *(f"organisation__{name}" for name in both("name")),
        *(f"office__{name}" for name in both("title")),
        *(f"department__{name}" for name in both("name")),
        "holders__name",
    ]
    raw_id_fields = ["city"]
    inlines = [HolderInline]
    export_name = "positions"
    fieldsets = [
        (_("Where"), {"fields": ["city", "organisation"]}),
        (_("What"), {"fields": ["office", "department", "title"]}),
        (_("Mail"), {"fields": ["email", "language", "is_active", "note"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("holders")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == "city__id__exact" or super().lookup_allowed(lookup, value, request)

    @admin.display(description=_("function"), ordering="office__rank")
    def function(self, position: Position) -> str:
        return position.function

    @admin.display(description=_("city or organisation"), ordering="city__sort_key")
    def place(self, position: Position) -> str:
        return position.place

    @admin.display(description=_("country"), ordering="city__country")
    def country(self, position: Position) -> str:
        where = position.city or position.organisation
        return where.country.name if where else ""

    @admin.display(description=_("region"), ordering="city__region")
    def region(self, position: Position) -> str:
        return position.city.region if position.city else ""

    @admin.display(description=_("holder"))
    def holder(self, position: Position) -> str:
        return ", ".join(holder.name for holder in position.holders.all() if holder.is_current)


@admin.register(Membership)
class MembershipAdmin(ExportedTable, StaffAdmin):
    export_name = "memberships"
    list_display = ["user", "city", "country", "region", "role", "created_at"]
    list_filter = ["role", ("city__country", CountryFilter)]
    list_select_related = ["user", "city"]
    search_fields = ["user__email", "user__name", "city__search_text"]
    raw_id_fields = ["user", "city"]
    readonly_fields = ["created_at"]
    fields = ["user", "city", "role", "created_at"]

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        """A backup made before a role was changed must not give the former one back."""
        super().save_model(request, obj, form, change)
        if change and "role" in form.changed_data:
            ledger.note("partnerships.role_ended", id=obj.pk, role=form.initial["role"])

    @admin.display(description=_("country"), ordering="city__country")
    def country(self, membership: Membership) -> str:
        return membership.city.country.name

    @admin.display(description=_("region"), ordering="city__region")
    def region(self, membership: Membership) -> str:
        return membership.city.region


@admin.register(CityDomain)
class CityDomainAdmin(StaffAdmin):
    """Whoever confirms an address of such a domain may read and edit for the city at once."""

    list_display = ["domain", "city", "country"]
    list_filter = [("city__country", CountryFilter)]
    list_select_related = ["city"]
    search_fields = ["domain", "city__search_text"]
    raw_id_fields = ["city"]
    fields = ["city", "domain"]

    @admin.display(description=_("country"), ordering="city__country")
    def country(self, domain: CityDomain) -> str:
        return domain.city.country.name
