"""The addresses of the staff's pages, below ``events/``."""

from __future__ import annotations

from django.urls import path

from . import changes, delegations, exports, guest_actions, guests, inviting, previews, reminders

GUEST = "<slug:slug>/guests/<slug:public_id>/"

urlpatterns = [
    path("<slug:slug>/guests/", guests.guests, name="guests"),
    path(GUEST, guests.guest, name="guest"),
    path(f"{GUEST}answer/", guest_actions.guest_answer, name="guest_answer"),
    path(f"{GUEST}withdraw/", guest_actions.guest_withdraw, name="guest_withdraw"),
    path(f"{GUEST}resend/", guest_actions.guest_resend, name="guest_resend"),
    path(f"{GUEST}address/", guest_actions.guest_address, name="guest_address"),
    path(f"{GUEST}right/", guest_actions.guest_right, name="guest_right"),
    path("<slug:slug>/invite/", inviting.invite_page, name="invite"),
    path("<slug:slug>/invite/send/", inviting.invite_send, name="invite_send"),
    path("<slug:slug>/invite/stop/", inviting.invite_stop, name="invite_stop"),
    path("<slug:slug>/invite/continue/", inviting.invite_continue, name="invite_continue"),
    path("<slug:slug>/invite/preview/", previews.invite_preview, name="invite_preview"),
    path(
        "<slug:slug>/invite/preview/html/",
        previews.invite_preview_html,
        name="invite_preview_html",
    ),
    path("<slug:slug>/invite/test/", previews.invite_test, name="invite_test"),
    path("<slug:slug>/delegations/", delegations.delegations, name="delegations"),
    path("<slug:slug>/reminders/", reminders.reminders, name="reminders"),
    path("<slug:slug>/announce/", changes.announce, name="announce"),
    path("<slug:slug>/cancel/", changes.cancel, name="cancel"),
    path("<slug:slug>/export/", exports.export, name="export"),
    path("<slug:slug>/export/file/", exports.export_file, name="export_file"),
]
