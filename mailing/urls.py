"""Addresses of the outbox (staff) and the mailbox (demo only)."""

from __future__ import annotations

from django.urls import path

from .views import mailbox, outbox

app_name = "mailing"
urlpatterns = [
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<int:pk>/", outbox.mail, name="mail"),
    path("outbox/<int:pk>/html/", outbox.mail_html, name="mail_html"),
    path("outbox/<int:pk>/retry/", outbox.retry, name="retry"),
    path("outbox/restored/release/", outbox.release, name="release"),
    path("outbox/restored/drop/", outbox.drop, name="drop"),
    path("mailbox/", mailbox.mailbox, name="mailbox"),
    path("mailbox/<slug:name>/", mailbox.mailbox_mail, name="mailbox_mail"),
    path("mailbox/<slug:name>/html/", mailbox.mailbox_html, name="mailbox_html"),
    path("mailbox/<slug:name>/invite.ics", mailbox.mailbox_calendar, name="mailbox_calendar"),
]
