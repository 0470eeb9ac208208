"""What a call's page shows: its rules in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Call
from ..moments import place
from ..sums import euros

Fact = tuple[str, Any]


def window(call: Call) -> str:
    """When it is open, with the zone: the last day is a whole one."""
    opens = date_format(call.opens_on, "DATE_FORMAT")
    if call.closes_on is None:
        return _("from %(opens)s, without an end") % {"opens": opens}
    return _("%(opens)s to %(closes)s, midnight (%(zone)s)") % {
        "opens": opens,
        "closes": date_format(call.closes_on, "DATE_FORMAT"),
        "zone": place(call),
    }


def facts_of(call: Call) -> list[Fact]:
    """The rules, each with its words, in the order people ask for them."""
    return [*_who(call), *_visit(call), *_money(call), *_afterwards(call)]


def _who(call: Call) -> Iterator[Fact]:
    yield _("Open"), window(call)
    countries = ", ".join(str(country.name) for country in call.submitter_countries)
    yield _("Who submits"), _("a city (%(countries)s)") % {"countries": countries}
    yield _("Partner city"), _partner(call)
    least = call.min_departments
    departments = ngettext(
        "at least %(least)s specialist department of each city",
        "at least %(least)s specialist departments of each city",
        least,
    )
    yield _("Who takes part"), departments % {"least": least}
    if call.needs_youth:
        yield _("Youth"), _("At least one youth delegate travels along.")


def _partner(call: Call) -> str:
    if not call.needs_partner:
        return _("need not confirm")
    if call.allows_virtual:
        return _("confirms and signs; virtual exchanges are exempt")
    return _("confirms and signs")


def _visit(call: Call) -> Iterator[Fact]:
    span = {"from": call.travel_from, "until": call.travel_until}
    written = {name: date_format(day, "DATE_FORMAT") for name, day in span.items()}
    yield _("Visits"), _("%(from)s to %(until)s") % written
    yield (
        _("Length of a visit"),
        _("%(least)s to %(most)s days") % {"least": call.min_days, "most": call.max_days},
    )


def _money(call: Call) -> Iterator[Fact]:
    yield _("Funding"), call.get_funding_display()
    if call.most_per_trip is not None:
        yield _("At most for a trip"), euros(call.most_per_trip)
    if call.most_per_person is not None:
        yield _("At most for a person"), euros(call.most_per_person)


def _afterwards(call: Call) -> Iterator[Fact]:
    days = {"days": call.answer_within_days}
    yield _("Decision"), _("within %(days)s days after the complete application") % days
    yield _("Report"), _("within %(days)s days after the trip") % {"days": call.report_within_days}


def answer_by(call: Call, at: dt.datetime) -> dt.date:
    """When somebody who submits at that moment gets the decision at the latest."""
    today = at.astimezone(call.zone).date()
    return today + dt.timedelta(days=call.answer_within_days)
