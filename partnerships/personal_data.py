"""Personal data about posts and their holders."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from privacy import purge
from privacy.inventory import Personal
from privacy.periods import ANONYMOUS_DOMAIN, TWO_YEARS

from .models import Holder, Membership

_POST = Personal(
    purpose=_("To invite an office to events and to write to it about its partnership."),
    until=_("As long as the office is a contact of the programme."),
)
_HOLDER = Personal(
    purpose=_("To address the person who holds an office."),
    until=_("2 years after the person left the office."),
)
_MEMBER = Personal(
    purpose=_("To let colleagues of a city work on their city's cases."),
    until=_("Until the role ends, at the latest until the account is anonymised."),
)

PERSONAL = {
    **dict.fromkeys(["Position.email", "Position.title", "Position.note"], _POST),
    **dict.fromkeys(["Holder.name", "Holder.salutation", "Holder.since", "Holder.until"], _HOLDER),
    **dict.fromkeys(["Membership.user", "Membership.role", "Membership.created_at"], _MEMBER),
}
_PLACE = ("name", "country", "region", "latitude", "longitude", "population", "time_zone", "ags")
NOT_PERSONAL = {
    "City": (
        *_PLACE,
        "other_names",
        "slug",
        "population_source",
        "geo_source",
        "search_text",
        "sort_key",
        "version",
    ),
    "GazetteerPlace": (*_PLACE, "search_text"),
    "Organisation": ("slug", "name", "level", "country", "role", "source"),
    "Department": ("slug", "name"),
    "Office": ("slug", "country", "title", "kind", "may_speak", "salutation", "note", "rank"),
    "Position": (
        "city",
        "organisation",
        "department",
        "office",
        "language",
        "is_active",
        "is_demo",
        "version",
    ),
    "Holder": ("position",),
    "Membership": ("city",),
    "Partnership": (
        "slug",
        "kind",
        "state",
        "year_established",
        "year_is_uncertain",
        "note",
        "source",
        "in_directory",
        "title",
        "search_text",
        "sort_key",
        "sort_key_en",
        "partner_key",
        "partner_key_en",
        "sides",
        "facet_places",
        "facet_topics",
        "created_at",
        "version",
    ),
    "Party": ("partnership", "city", "order"),
    "PartnershipTopic": ("partnership", "topic", "source", "is_demo"),
}


def forget_former_holders(at: dt.datetime, dry_run: bool) -> int:
    """Who left an office two years ago."""
    due = Holder.objects.filter(until__lt=(at - TWO_YEARS).date())
    return due.count() if dry_run else due.delete()[0]


def end_memberships(at: dt.datetime, dry_run: bool) -> int:
    """Roles of accounts that belong to nobody any more."""
    due = Membership.objects.filter(user__email__endswith=ANONYMOUS_DOMAIN)
    return due.count() if dry_run else due.delete()[0]


purge.register("partnerships.holders", forget_former_holders)
purge.register("partnerships.memberships", end_memberships)
