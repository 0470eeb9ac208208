"""Atom feeds: new and confirmed partnerships, and what is new from the programme."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page

from events.models import Event
from exchanges.calls.facts import window
from exchanges.models import Call
from pages.models import NewsItem
from partnerships.models import Partnership

LENGTH = 50


class AtomFeed(Feed):
    """The language of a feed is the one of its address."""

    feed_type = Atom1Feed

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_guid(self, item: Any) -> str:
        """Stays when an address changes; the host keeps it apart from other portals' entries."""
        return f"urn:ude:{type(item).__name__.lower()}:{item.pk}:{get_language()}"


class PartnershipFeed(AtomFeed):
    """Partnerships by their last change: new ones, confirmed ones, corrected ones."""

    title = gettext_lazy("Urban Diplomacy Exchange: partnerships")
    subtitle = gettext_lazy("New, confirmed and changed entries of the registry")
    link = reverse_lazy("partnerships:directory")

    def feed_url(self) -> str:
        return reverse("partnership_feed")

    def items(self) -> Any:
        return Partnership.objects.public().order_by("-changed_at", "-pk")[:LENGTH]

    def item_description(self, item: Partnership) -> str:
        facts = {"kind": item.get_kind_display(), "state": item.get_state_display()}
        return _("Kind of link: %(kind)s. State: %(state)s.") % facts

    def item_pubdate(self, item: Partnership) -> dt.datetime:
        return item.created_at

    def item_updateddate(self, item: Partnership) -> dt.datetime:
        return item.changed_at


class News(NamedTuple):
    """A news item or an event in the feed."""

    row: NewsItem | Event
    text: str
    at: dt.datetime


class NewsFeed(AtomFeed):
    """News, and events since they were announced."""

    title = gettext_lazy("Urban Diplomacy Exchange: news and events")
    link = reverse_lazy("pages:news")

    def feed_url(self) -> str:
        return reverse("news_feed")

    def items(self) -> list[News]:
        """The newest of both; two queries."""
        news = NewsItem.objects.published(at=timezone.now())[:LENGTH]
        events = Event.objects.public().order_by("-created_at", "-pk")[:LENGTH]
        found = [News(item, item.teaser, item.published_at) for item in news]
        found += [News(event, event.teaser, event.created_at) for event in events]
        return sorted(found, key=lambda one: one.at, reverse=True)[:LENGTH]

    def item_title(self, item: News) -> str:
        return str(item.row.title)

    def item_guid(self, item: News) -> str:
        return super().item_guid(item.row)

    def item_link(self, item: News) -> str:
        return item.row.get_absolute_url()

    def item_description(self, item: News) -> str:
        return item.text

    def item_pubdate(self, item: News) -> dt.datetime:
        return item.at


class CallFeed(AtomFeed):
    """Calls for expert exchanges, from the day they open."""

    title = gettext_lazy("Urban Diplomacy Exchange: calls for expert exchanges")
    link = reverse_lazy("exchanges:calls")

    def feed_url(self) -> str:
        return reverse("call_feed")

    def items(self) -> Any:
        today = timezone.localdate()
        published = Call.objects.filter(state=Call.State.PUBLISHED, opens_on__lte=today)
        return published.order_by("-opens_on", "-pk")[:LENGTH]

    def item_description(self, item: Call) -> str:
        return f"{window(item)}. {item.teaser}".strip()

    def item_pubdate(self, item: Call) -> dt.datetime:
        return item.opens_at


def _answering_as_unchanged(feed: Feed) -> Any:
    @conditional_page
    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return feed(request, *args, **kwargs)

    return view


partnership_feed = _answering_as_unchanged(PartnershipFeed())
news_feed = _answering_as_unchanged(NewsFeed())
call_feed = _answering_as_unchanged(CallFeed())
