"""What the journal says, by verb."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "exchanges.decision_drafted": _("Decision drafted"),
    "exchanges.decision_discarded": _("Draft of the decision thrown away"),
    "exchanges.decided": _("Decision released, letters written"),
    "exchanges.condition_met": _("Condition %(condition)s is met"),
    "exchanges.condition_open": _("Condition %(condition)s is open again"),
    "exchanges.complained": _("A city objects to the decision"),
    "exchanges.complaint_answered": _("Complaint answered"),
}
