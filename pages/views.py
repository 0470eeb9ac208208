"""Public pages and news."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils import timezone
from django.views.generic import DetailView, TemplateView

from .models import NewsItem, Page
from .rendering import with_operator


class PageView(DetailView):
    """One page; the operator's details are filled in as it is shown."""

    template_name = "pages/page.html"

    def get_queryset(self) -> QuerySet[Page]:
        return Page.objects.filter(is_published=True)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        siblings = Page.objects.filter(is_published=True, place=self.object.place)
        return super().get_context_data(
            html=with_operator(self.object.body_html),
            siblings=siblings if self.object.place == Page.Place.ABOUT else siblings.none(),
            **kwargs,
        )


class NewsView(TemplateView):
    """All published news, the newest first, ten to a page."""

    template_name = "pages/news.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        news = NewsItem.objects.published(at=timezone.now())
        page: PaginatorPage = Paginator(news, 10).get_page(self.request.GET.get("page"))
        return super().get_context_data(page=page, **kwargs)


class NewsItemView(DetailView):
    template_name = "pages/news_item.html"

    def get_queryset(self) -> QuerySet[NewsItem]:
        return NewsItem.objects.published(at=timezone.now())
