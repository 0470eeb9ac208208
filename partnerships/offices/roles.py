"""The roles in an office, as people read them when they choose one."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ..models import Membership

_Role = Membership.Role

#: What a role is for, in the order in which most people need it.
ROLES = (
    (_Role.EDITOR, _("Editor: keeps partnerships, posts and topics up to date")),
    (_Role.COORDINATOR, _("Coordinator: does all of it, invites colleagues and hands over")),
    (_Role.SIGNATORY, _("Signatory: confirms partnerships for the city")),
    (_Role.READER, _("Reader: sees everything and changes nothing")),
)


def choices() -> list[tuple[str, Any]]:
    return [(role.value, text) for role, text in ROLES]
