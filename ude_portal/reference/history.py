"""Past events of the programme: when they were, what came of them, who took part."""

from __future__ import annotations

import calendar
import datetime as dt
from zoneinfo import ZoneInfo

from django.db.models.functions import Coalesce

from events.models import Delegation, Event
from pages.rendering import render_markdown
from partnerships.models import City, Partnership

from .catalogues import by_slug
from .rows import DATA, Count, bring_in, read

EVENT_FIELDS = (
    *("kind", "format", "title_de", "title_en", "teaser_de", "teaser_en", "starts_at", "ends_at"),
    *("date_precision", "time_zone", "city_id", "venue", "audience_de", "audience_en", "source"),
    *("report_de", "report_en", "report_html_de", "report_html_en"),
)


def load_history() -> list[Count]:
    cities = _cities()
    wanted = [event(row, cities) for row in read("events.csv")]
    events = bring_in(wanted, keys=by_slug, fields=EVENT_FIELDS)[1]
    return [events, load_participation()]


def event(row: dict[str, str], cities: dict[str, int]) -> Event:
    zone = ZoneInfo(row["time_zone"])
    made = Event(
        **{name: value for name, value in row.items() if name not in ("start", "end", "city")},
        starts_at=moment(row["start"], zone, last=False),
        ends_at=moment(row["end"], zone, last=True),
        city_id=cities[row["city"]] if row["city"] else None,
        state=Event.State.PUBLISHED,
    )
    for language in ("de", "en"):
        file = DATA / "reports" / f"{made.slug}.{language}.md"
        text = file.read_text(encoding="utf-8").strip() if file.exists() else ""
        setattr(made, f"report_{language}", text)
        setattr(made, f"report_html_{language}", render_markdown(text))
    return made


def moment(text: str, zone: ZoneInfo, *, last: bool) -> dt.datetime:
    """``2022-05``, ``2022-10-18`` or ``2023-02-22T11:00`` as a time in ``zone``.

    A month or a day stands for its first minute or, with ``last``, for its last one.
    """
    if "T" in text:
        return dt.datetime.fromisoformat(text).replace(tzinfo=zone)
    year, month, *day = (int(part) for part in text.split("-"))
    if last:
        days = day or [calendar.monthrange(year, month)[1]]
        return dt.datetime(year, month, days[0], 23, 59, tzinfo=zone)
    return dt.datetime(year, month, day[0] if day else 1, tzinfo=zone)


def load_participation() -> Count:
    """Delegations that a source states; a pair that is not in the directory is left out."""
    events = dict(Event.objects.values_list("slug", "pk"))
    stored = set(Delegation.objects.values_list("event_id", "partnership_id"))
    missing, kept, cities = [], 0, _cities()
    for row in read("participation.csv"):
        event_id, partnership_id = events[row["event"]], _partnership(row, cities)
        if partnership_id is None or (event_id, partnership_id) in stored:
            kept += partnership_id is not None
            continue
        missing.append(
            Delegation(event_id=event_id, partnership_id=partnership_id, evidence=row["evidence"])
        )
    Delegation.objects.bulk_create(missing)
    label = str(Delegation._meta.verbose_name_plural)
    return Count(label, created=len(missing), kept=kept)


def _cities() -> dict[str, int]:
    """The key behind each address; the address of a merged city leads to the one that stands."""
    return dict(City.every.values_list("slug", Coalesce("merged_into", "pk")))


def _partnership(row: dict[str, str], cities: dict[str, int]) -> int | None:
    home, partner = (cities.get(row[name]) for name in ("home_city", "partner_city"))
    found = Partnership.objects.filter(parties__city=home)
    found = found.filter(parties__city=partner).order_by("pk")
    return found.values_list("pk", flat=True).first()
