"""Links by which partner cities work on an application without an account."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mailing.links import new_public_id
from partnerships.models import Position

from .applications import ApplicationParty

#: How long a link can be opened after it was sent.
OPEN_FOR = dt.timedelta(days=365)


class WorkLinkQuerySet(models.QuerySet["WorkLink"]):
    def open(self, at: dt.datetime) -> WorkLinkQuerySet:
        """Neither ended nor too old."""
        return self.filter(ended_at__isnull=True, sent_at__gt=at - OPEN_FOR)


class WorkLink(models.Model):
    """A mailed link by which a partner city works on its part, without an account.

    Built like a guest's (``mailing.links``): ``token_version`` ends all links sent so far.
    ``may_sign`` says that it went to somebody who may bind the city.
    """

    party = models.ForeignKey(
        ApplicationParty, verbose_name=_("city"), on_delete=models.CASCADE, related_name="links"
    )
    number = models.PositiveIntegerField(_("number"))
    position = models.ForeignKey(
        Position,
        verbose_name=_("position"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=150, blank=True)
    label = models.CharField(
        _("post or role"),
        max_length=150,
        blank=True,
        help_text=_("How the sending city reads it; empty for an address it typed itself."),
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    may_sign = models.BooleanField(_("may sign for the city"), default=False)
    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    token_version = models.PositiveIntegerField(_("version of the link"), default=1)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sent by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = WorkLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to an application")
        verbose_name_plural = _("links to applications")
        ordering = ["party", "number"]
        constraints = [
            models.UniqueConstraint(fields=["party", "number"], name="work_link_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.party}, {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

    @property
    def readable_until(self) -> dt.datetime:
        return self.sent_at + OPEN_FOR
