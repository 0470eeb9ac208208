"""Outgoing mail to look at, and the addresses that get no invitations."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from journal.admin import ReadOnlyAdmin, StaffAdmin

from .models import BlockedAddress, Mail


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "to", "subject", "kind", "state", "sent_at"]
    list_display_links = ["subject"]
    list_filter = ["state", "kind", "language"]
    search_fields = ["to", "subject", "message_id"]
    date_hierarchy = "created_at"
    fieldsets = [
        (None, {"fields": ["to", "reply_to", "language", "subject", "text"]}),
        (
            _("Delivery"),
            {
                "fields": [
                    ("state", "reason"),
                    ("created_at", "next_attempt_at", "not_after"),
                    ("attempts", "crashes", "may_be_duplicate"),
                    ("handed_over_at", "sent_at"),
                    "server_answer",
                    "erased_at",
                ]
            },
        ),
        (_("Origin"), {"fields": ["kind", "campaign", "priority", "key", "message_id"]}),
    ]


class BlockedAddressForm(forms.ModelForm):
    def clean_email(self) -> str:
        """In lower case, so that a known address is recognised in any spelling."""
        return str(self.cleaned_data["email"]).lower()


@admin.register(BlockedAddress)
class BlockedAddressAdmin(StaffAdmin):
    form = BlockedAddressForm
    list_display = ["email", "reason", "since", "detail"]
    list_filter = ["reason"]
    search_fields = ["email", "detail"]
    date_hierarchy = "since"
    fields = ["email", "reason", "detail", "since"]
