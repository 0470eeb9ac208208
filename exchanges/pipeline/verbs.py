"""What the journal says, by verb."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "exchanges.transferred": _("Case handed to %(to)s"),
    "exchanges.reminded": _("Cities reminded, mails: %(count)s"),
}
