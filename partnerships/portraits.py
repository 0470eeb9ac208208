"""What the pages of a partnership and of a city show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from journal.models import Entry

from .confirming.differences import differences
from .directory_page import since
from .finding.profiles import coming, work_of
from .focus.results import focus_of
from .merging.history import history_of
from .models import HOME_COUNTRY, City, Partnership, Party
from .regions import country_name, region_name
from .sources import source_text

#: The programme's own clock, which cities abroad are compared with.
HOME_ZONE = ZoneInfo("Europe/Berlin")
TIMELINE_LENGTH = 20


@dataclass(frozen=True)
class PublicEntry:
    """A line of the timeline for everybody: persons of the staff are not named."""

    at: dt.datetime
    sentence: str
    by: Any


def of_partnership(partnership: Partnership, *, at: dt.datetime) -> dict[str, Any]:
    """The page of a partnership; ``at`` decides which events are over."""
    parties = list(partnership.parties.select_related("city"))
    cities = [party.city for party in parties]
    others = Partnership.objects.public().filter(parties__city__in=cities)
    focus = focus_of(partnership)
    return {
        "partnership": partnership,
        "focus": focus,
        "differences": differences(partnership),
        "cities": [(city, facts(city, at=at)) for city in cities],
        "confirmations": confirmations(parties),
        "source": source_text(partnership.source),
        "since": since(partnership.year_established, uncertain=partnership.year_is_uncertain)
        or _("not known"),
        "topics": partnership.topic_links.exclude(topic__in=focus.agreed_topics if focus else [])
        .select_related("topic")
        .prefetch_related("topic__goals"),
        "delegations": partnership.delegations.exclude(evidence="")
        .filter(event__state="published", event__ends_at__lt=at)
        .select_related("event__city")
        .order_by("-event__starts_at"),
        "coming": coming(partnership, cities, at=at),
        "timeline": timeline(history_of(partnership)[:TIMELINE_LENGTH], cities),
        "others": others.exclude(pk=partnership.pk).distinct(),
        "breadcrumb": [
            (_("Town twinnings"), reverse("partnerships:directory")),
            (partnership.title, ""),
        ],
    }


def confirmations(parties: Iterable[Party]) -> list[tuple[str, dt.datetime | None]]:
    """Each city's name and when it confirmed; empty while none has. Offices are not public."""
    found = [(party.city.name, party.confirmed_at) for party in parties]
    return found if any(at for _name, at in found) else []


def of_city(city: City, *, at: dt.datetime) -> dict[str, Any]:
    """The page of a city at a moment, which its local time is given for."""
    return {
        "city": city,
        "facts": facts(city, at=at),
        "partnerships": city.partnerships.public(),
        "events": city.events.public().select_related("city"),
        **work_of(city),
        "breadcrumb": [
            (_("Town twinnings"), reverse("partnerships:directory")),
            (city.name, ""),
        ],
    }


def facts(city: City, *, at: dt.datetime) -> list[tuple[str, str]]:
    """Labels and values, each with its source where it comes from somebody else's collection."""
    found = [(_("Country"), country_name(city.country.code))]
    if city.region:
        label = _("Land") if city.country.code == HOME_COUNTRY else _("Region")
        found.append((label, region_name(city.region)))
    if city.population:
        number = formats.number_format(city.population, force_grouping=True)
        found.append((_("Inhabitants"), _with_source(number, city.population_source)))
    found.append((_("Local time"), local_time(city, at)))
    if city.ags:
        found.append((_("Municipality key (AGS)"), _with_source(city.ags, "Destatis")))
    if city.latitude is not None and city.longitude is not None:
        where = coordinates(city.latitude, city.longitude)
        found.append((_("Coordinates"), _with_source(where, city.geo_source)))
    if city.spellings:
        found.append((_("Other spellings"), ", ".join(city.spellings)))
    return found


def local_time(city: City, at: dt.datetime) -> str:
    """``14:05 (Europe/London, 1 hour behind Berlin)``."""
    local = at.astimezone(ZoneInfo(city.time_zone))
    clock = formats.time_format(local, "TIME_FORMAT")
    ahead = (local.utcoffset() or dt.timedelta()) - (
        at.astimezone(HOME_ZONE).utcoffset() or dt.timedelta()
    )
    return f"{clock} ({city.time_zone}, {_difference(ahead)})"


def _difference(ahead: dt.timedelta) -> str:
    minutes = round(ahead.total_seconds() / 60)
    if not minutes:
        return _("as in Berlin")
    hours, rest = divmod(abs(minutes), 60)
    amount = formats.number_format(hours + rest / 60, use_l10n=True) if rest else str(hours)
    if minutes > 0:
        sentence = ngettext("%(n)s hour ahead of Berlin", "%(n)s hours ahead of Berlin", hours)
    else:
        sentence = ngettext("%(n)s hour behind Berlin", "%(n)s hours behind Berlin", hours)
    return sentence % {"n": amount}


def coordinates(latitude: float, longitude: float) -> str:
    """Degrees with two decimals, ``50.94° N, 6.96° E``."""
    north = pgettext("compass", "N") if latitude >= 0 else pgettext("compass", "S")
    east = pgettext("compass", "E") if longitude >= 0 else pgettext("compass", "W")
    degrees = [formats.number_format(round(abs(value), 2), 2) for value in (latitude, longitude)]
    return f"{degrees[0]}° {north}, {degrees[1]}° {east}"


def timeline(
    entries: Iterable[Entry], cities: Iterable[City] = (), *, with_reasons: bool = False
) -> list[PublicEntry]:
    """What happened, with the city it is about where that is one of ``cities``.

    Reasons that staff gave are for the offices alone.
    """
    names = {city.pk: city.name for city in cities}
    by = {
        Entry.Actor.PERSON: gettext_lazy("programme staff"),
        Entry.Actor.GUEST: gettext_lazy("a guest"),
        Entry.Actor.SYSTEM: gettext_lazy("the portal"),
    }
    office = gettext_lazy("the office of a city")
    return [
        PublicEntry(
            entry.at,
            _said(entry, names.get(entry.facts.get("city"), ""), with_reasons=with_reasons),
            office if entry.by and not entry.by.is_staff else by[Entry.Actor(entry.actor)],
        )
        for entry in entries
    ]


def _said(entry: Entry, city: str, *, with_reasons: bool) -> str:
    reason = entry.facts.get("reason", "") if with_reasons else ""
    sentence = f"{entry.sentence} ({city})" if city else entry.sentence
    return f"{sentence}: {reason}" if reason else sentence


def _with_source(value: str, source: str) -> str:
    return (
        _("%(value)s (source: %(source)s)") % {"value": value, "source": source_text(source)}
        if source
        else value
    )
