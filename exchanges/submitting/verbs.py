"""What the journal says, by verb."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "exchanges.signed": _("Signed for a city"),
    "exchanges.sign_off_waived": _("The team does without a city's sign-off"),
    "exchanges.submitted": _("Handed in, version %(number)s"),
    "exchanges.extended": _("Deadline extended"),
    "exchanges.asked": _("The team asks for information"),
    "exchanges.went_on": _("The team goes on without an answer"),
    "exchanges.withdrawn": _("Application withdrawn"),
    "exchanges.sign_off_cancelled": _("Sign-off of a city cancelled: its part changed"),
}
