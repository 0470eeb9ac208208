"""What the journal says about the people and posts of an office."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "partnerships.role_asked": _("Role in the office asked for"),
    "partnerships.role_granted": _("Role in the office granted"),
    "partnerships.role_refused": _("Role in the office refused"),
    "partnerships.role_withdrawn": _("Request for a role taken back"),
    "partnerships.role_changed": _("Role of a colleague changed"),
    "partnerships.role_ended": _("Role of a colleague ended"),
    "partnerships.colleague_invited": _("Colleague invited to the office"),
    "partnerships.invitation_taken_back": _("Invitation to the office taken back"),
    "partnerships.invitation_accepted": _("Invitation to the office accepted"),
    "partnerships.handed_over": _("Handed over to a successor, with %(posts)s posts"),
    "partnerships.roles_moved": _("Roles went to the successor"),
    "partnerships.post_added": _("Post added by the office"),
    "partnerships.post_edited": _("Post changed by the office"),
    "partnerships.post_ended": _("Post ended by the office"),
    "partnerships.holder_changed": _("New holder of a post"),
}
