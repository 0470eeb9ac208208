"""An event's agenda in templates."""

from __future__ import annotations

from django import template

from .. import agenda

register = template.Library()

#: ``{% by_day items zone as days %}``, for items of ``agenda.agenda_of``.
register.simple_tag(agenda.by_day, name="by_day")
