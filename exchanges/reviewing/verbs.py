"""What the journal says, by verb."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "exchanges.checked": _("Formal check passed; under review"),
    "exchanges.reviewer_assigned": _("Reviewer assigned"),
    "exchanges.reviewer_unassigned": _("Request to review taken back"),
    "exchanges.reviewer_reminded": _("Reviewer reminded"),
    "exchanges.conflict_declared": _("Declared about conflicts of interest"),
    "exchanges.conflict_settled": _("Decided whether the reviewer may review"),
    "exchanges.reviewer_stepped_back": _("Reviewer stepped back"),
    "exchanges.review_done": _("Review handed in"),
    "exchanges.review_changed": _("Handed-in review changed"),
    "exchanges.panel_discussed": _("Note of the panel written"),
}
