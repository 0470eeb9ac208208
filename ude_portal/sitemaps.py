"""The public pages for search engines, in both languages."""

from __future__ import annotations

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils import timezone

from events.models import Event
from exchanges.models import Call
from pages.models import NewsItem, Page
from partnerships.models import City, Partnership
from sdg.models import Goal, Topic

Item = tuple[str, Any]  # URL name and its argument, None where it takes none


#: Pages without an argument.
STANDING = (
    *("home", "partnerships:directory", "partnerships:map", "partnerships:open_data"),
    *("partnerships:glossary", "events:events", "exchanges:calls", "goals", "pages:news"),
)


class PublicPages(Sitemap):
    """URL names and arguments rather than rows: thousands of addresses from eight queries."""

    i18n = True
    alternates = True
    x_default = True

    def items(self) -> list[Item]:
        found: list[Item] = [(name, None) for name in STANDING]
        for name, values in self._arguments():
            found += [(name, value) for value in values]
        return found

    def _arguments(self) -> list[tuple[str, Any]]:
        def slugs(rows: Any) -> Any:
            return rows.values_list("slug", flat=True).order_by("slug")

        return [
            ("goal", Goal.objects.values_list("number", flat=True)),
            ("topic", slugs(Topic.objects)),
            ("partnerships:partnership", slugs(Partnership.objects.public())),
            ("partnerships:city", slugs(City.objects.with_partnerships())),
            ("events:event", slugs(Event.objects.public())),
            ("exchanges:call", slugs(Call.objects.public())),
            ("pages:page", slugs(Page.objects.filter(is_published=True))),
            ("pages:news_item", slugs(NewsItem.objects.published(at=timezone.now()))),
        ]

    def location(self, item: Item) -> str:
        name, argument = item
        return reverse(name, args=[] if argument is None else [argument])


SITEMAPS = {"pages": PublicPages}
