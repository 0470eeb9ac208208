"""What an event's public page shows, as plain values: whoever sees the same shares its markup."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language

from journal.prepared import Prepared

from .agenda import Item, agenda_of
from .models import Delegation, Event, EventFile
from .when import place_of, when


class Link(NamedTuple):
    """A name that leads somewhere; ``source`` says who says so, where that matters."""

    url: str
    name: str
    source: str = ""


class EventFacts(NamedTuple):
    """The page in the reader's language; empty texts are not shown."""

    title: str
    state: str
    state_label: str
    is_demo: bool
    teaser: str
    when: str
    venue: str
    city: Link | None
    kind: str
    format: str
    audience: str
    calendar_url: str
    description_html: str
    time_zone: str
    items: tuple[Item, ...]
    report_html: str
    taking_part: tuple[Link, ...]
    files: tuple[Link, ...]
    source: str


def facts_of(event: Event, at: dt.datetime) -> EventFacts:
    """An event of ``public_event`` or ``any_event`` at a moment; three queries."""
    city = event.city
    saveable = event.state == Event.State.PUBLISHED and event.starts_at > at
    known = event.format != Event.Format.UNKNOWN
    return EventFacts(
        title=event.title,
        state=event.state,
        state_label=event.get_state_display(),
        is_demo=event.is_demo,
        teaser=event.teaser,
        when=str(when(event, event.time_zone, place=place_of(event))),
        venue=event.venue,
        city=Link(city.get_absolute_url(), city.name) if city else None,
        kind=capfirst(event.get_kind_display()),
        format=capfirst(event.get_format_display()) if known else "",
        audience=event.audience,
        calendar_url=reverse("events:ics", args=[event.slug]) if saveable else "",
        description_html=event.description_html,
        time_zone=event.time_zone,
        items=agenda_of(event),
        report_html=event.report_html,
        taking_part=_taking_part(event),
        files=_files(event),
        source=event.source,
    )


#: By slug; ``any_event`` finds drafts as well.
public_event = Prepared(lambda slug: _by_slug(Event.objects.public(), slug), str)
any_event = Prepared(lambda slug: _by_slug(Event.objects.all(), slug), str)


def _by_slug(events: QuerySet[Event], slug: str) -> QuerySet[Event]:
    return events.filter(slug=slug).select_related("city").order_by("pk")


def _taking_part(event: Event) -> tuple[Link, ...]:
    """Partnerships that somebody says took part, where the directory shows them."""
    address = reverse("partnerships:partnership", args=["-"])
    return tuple(
        Link(address.replace("/-/", f"/{slug}/"), title or spare or slug, evidence)
        for slug, title, spare, evidence in _delegations_of(event.pk)
    )


def _files(event: Event) -> tuple[Link, ...]:
    return tuple(
        Link(reverse("events:file", args=[event.slug, pk]), title or spare)
        for pk, title, spare in _files_of(event.pk)
    )


def _delegations(event: int) -> QuerySet[Delegation, Any]:
    rows = Delegation.objects.filter(event=event, partnership__in_directory=True)
    names = _in_both_languages("partnership__title")
    return rows.exclude(evidence="").values_list("partnership__slug", *names, "evidence")


def _event_files(event: int) -> QuerySet[EventFile, Any]:
    files = EventFile.objects.rewrite(False).filter(event=event)
    return files.values_list("pk", *_in_both_languages("title"))


_delegations_of = Prepared(_delegations, int)
_files_of = Prepared(_event_files, int)


def _in_both_languages(name: str) -> tuple[str, str]:
    """The reader's language first."""
    return (f"{name}_en", f"{name}_de") if get_language() == "en" else (f"{name}_de", f"{name}_en")
