"""What the journal says, by verb."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "exchanges.started": _("Application started"),
    "exchanges.discarded": _("Draft of the application %(ref)s deleted"),
    "exchanges.wrote_basics": _("Title, dates and place written"),
    "exchanges.wrote_purpose": _("Aim, topics and goals written"),
    "exchanges.wrote_need": _("What the city wants to learn written"),
    "exchanges.wrote_offer": _("What the city can show written"),
    "exchanges.wrote_people": _("Travellers and hosts written"),
    "exchanges.wrote_programme": _("Programme written"),
    "exchanges.wrote_budget": _("Budget written"),
    "exchanges.wrote_journey": _("Journey written"),
    "exchanges.wrote_follow_up": _("What comes afterwards written"),
    "exchanges.link_sent": _("Link sent to the partner city"),
    "exchanges.link_reminded": _("Partner city reminded of its link"),
    "exchanges.link_ended": _("Link of the partner city ended"),
    "exchanges.links_handed_over": _("Link handed over to a successor"),
}
