"""To whom something was handed over, as an old link tells it: a department, never a person."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ..models import City, Handover, Position


def handed_over(
    city: City, *, email: str, position: Position | None, since: dt.datetime
) -> Handover | None:
    """The latest handover of a post or address since something was sent there."""
    mine = Q(leaver_email__iexact=email)
    if position is not None:
        mine |= Q(positions=position)
    return Handover.objects.filter(mine, city=city, made_at__gte=since).distinct().first()


def sentence(handover: Handover) -> str:
    """What somebody reads who opens an old link."""
    return _("On %(day)s this was handed over to: %(department)s, %(city)s.") % {
        "day": date_format(localtime(handover.made_at), "DATE_FORMAT"),
        "department": handover.department,
        "city": handover.city.name,
    }
