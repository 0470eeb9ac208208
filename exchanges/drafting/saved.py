"""Who saved a part last and when, as a line people read."""

from __future__ import annotations

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from ..models import Section


def saved_line(section: Section | None) -> str:
    """“saved 10:42 by Martha, San Antonio” in the reader's zone; empty before the first time."""
    if section is None or section.saved_at is None:
        return ""
    at = timezone.localtime(section.saved_at)
    is_today = at.date() == timezone.localdate()
    facts = {
        "when": formats.date_format(at, "TIME_FORMAT" if is_today else "SHORT_DATETIME_FORMAT"),
        "name": section.saved_name,
        "city": section.saved_city.name if section.saved_city else "",
    }
    if section.saved_name and section.saved_city:
        return _("saved %(when)s by %(name)s, %(city)s") % facts
    if section.saved_city:
        return _("saved %(when)s in %(city)s") % facts
    return _("saved %(when)s") % facts
