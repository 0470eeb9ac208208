"""Accounts: made by staff; people sign in by a code or choose a password themselves."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from journal.admin import StaffAdmin

from . import operations, policies
from .models import User
from .operations import RIGHTS


@admin.register(User)
class UserAdmin(StaffAdmin):
    list_display = ["email", "name", "language", "is_staff", "is_active", "last_login"]
    list_filter = ["is_staff", "is_active", "language"]
    search_fields = ["email", "name"]
    ordering = ["email"]
    actions = ["remove_second_factor"]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (
            None,
            {
                "fields": ["email", "name", ("language", "time_zone")],
                "description": _(
                    "People sign in with a code that is mailed to them, or set a password of "
                    "their own."
                ),
            },
        ),
        (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser"]}),
        (_("Times"), {"fields": ["last_login", "date_joined"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        if policies.may_appoint_staff(request.user):
            return fields
        return [*fields, "is_staff", "is_superuser"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return policies.may_manage(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return False
        return policies.may_delete(request.user, obj)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return not lookup.startswith("password") and super().lookup_allowed(lookup, value, request)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        operations.forget_former_addresses(user=obj, by=request.user)
        if change and not all(
            getattr(obj, right) for right in RIGHTS if right in form.changed_data
        ):
            operations.note_rights_taken(user=obj)

    @admin.action(description=_("Remove the second factor (after a lost device)"))
    def remove_second_factor(self, request: HttpRequest, chosen: QuerySet[Model]) -> None:
        allowed = [user for user in chosen if policies.may_manage(request.user, user)]
        removed = [
            user for user in allowed if operations.remove_second_factor(user=user, by=request.user)
        ]
        message = _("Second factor removed for %(count)d accounts.") % {"count": len(removed)}
        messages.success(request, message)
