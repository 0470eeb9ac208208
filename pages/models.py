"""Texts that staff keep: pages and news, German and English."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.versions import VersionedModel

from .rendering import render_markdown


class Page(VersionedModel):
    """A page of the public site. Staff write Markdown; the HTML is rendered when it is saved."""

    class Place(models.TextChoices):
        ABOUT = "about", _("Under “About”")
        FOOTER = "footer", _("In the footer")
        NONE = "none", _("Nowhere (reached by links)")

    slug = models.SlugField(_("short name for the address"), unique=True)
    title = models.CharField(_("title"), max_length=150)
    lead = models.CharField(
        _("introduction"), max_length=400, blank=True, help_text=_("One or two sentences.")
    )
    body = models.TextField(
        _("text"),
        help_text=_(
            "Markdown: ## for headings, * for lists, [text](address) for links. "
            "[operator], [contact] and [address] are replaced by the operator's details."
        ),
    )
    body_html = models.TextField(editable=False)
    place = models.CharField(
        _("place in the menu"), max_length=10, choices=Place.choices, default=Place.NONE
    )
    position = models.PositiveSmallIntegerField(_("order"), default=100)
    is_published = models.BooleanField(_("published"), default=True)
    updated_at = models.DateTimeField(_("last change"), auto_now=True)

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["place", "position", "slug"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("pages:page", args=[self.slug])

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.body_html_de = render_markdown(self.body_de)
        self.body_html_en = render_markdown(self.body_en)
        super().save(*args, **kwargs)


class NewsItemQuerySet(models.QuerySet["NewsItem"]):
    def published(self, at: dt.datetime) -> NewsItemQuerySet:
        """What the public sees at that moment, the newest first."""
        return self.filter(is_published=True, published_at__lte=at)


class NewsItem(VersionedModel):
    """A short piece of news."""

    slug = models.SlugField(_("short name for the address"), unique=True)
    title = models.CharField(_("title"), max_length=150)
    teaser = models.CharField(_("teaser"), max_length=300)
    body = models.TextField(_("text"), help_text=_("Markdown."))
    body_html = models.TextField(editable=False)
    published_at = models.DateTimeField(
        _("published from"),
        default=timezone.now,
        help_text=_("A time in the future keeps it back."),
    )
    is_published = models.BooleanField(_("published"), default=True)

    objects = NewsItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")
        ordering = ["-published_at"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("pages:news_item", args=[self.slug])

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.body_html_de = render_markdown(self.body_de)
        self.body_html_en = render_markdown(self.body_en)
        super().save(*args, **kwargs)
