"""Doubled entries that were merged, with all it takes to take that back."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .links import Partnership
from .places import City

#: How long a merge can be taken back.
UNDO_WITHIN = dt.timedelta(days=30)


class Merge(models.Model):
    """Two entries that were one: which stays, which leads there, and what moved.

    ``moved`` lists for each relation the rows that were repointed, with a fingerprint of each, and
    the values that were changed besides. ``before`` holds the values of both entries that merging
    overwrote, ``after`` fingerprints of both and the last journal entry of the merge.
    """

    class Kind(models.TextChoices):
        CITY = "city", _("city")
        PARTNERSHIP = "partnership", _("partnership")

    kind = models.CharField(_("what was merged"), max_length=11, choices=Kind.choices)
    kept_city = models.ForeignKey(
        City,
        verbose_name=_("city that stays"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    merged_city = models.ForeignKey(
        City, verbose_name=_("merged city"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    kept_partnership = models.ForeignKey(
        Partnership,
        verbose_name=_("partnership that stays"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    merged_partnership = models.ForeignKey(
        Partnership,
        verbose_name=_("merged partnership"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("merged on"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("merged by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    moved = models.JSONField(_("what moved"), default=list)
    before = models.JSONField(_("values before"), default=dict)
    after = models.JSONField(_("fingerprints after"), default=dict)
    undone_at = models.DateTimeField(_("taken back on"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken back by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind="city",
                    kept_city__isnull=False,
                    merged_city__isnull=False,
                    kept_partnership__isnull=True,
                    merged_partnership__isnull=True,
                )
                | Q(
                    kind="partnership",
                    kept_city__isnull=True,
                    merged_city__isnull=True,
                    kept_partnership__isnull=False,
                    merged_partnership__isnull=False,
                ),
                name="merge_of_one_kind",
            ),
            models.UniqueConstraint(
                fields=["merged_city"],
                condition=Q(undone_at__isnull=True),
                name="city_merged_once",
            ),
            models.UniqueConstraint(
                fields=["merged_partnership"],
                condition=Q(undone_at__isnull=True),
                name="partnership_merged_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged} → {self.kept}"

    @property
    def kept(self) -> City | Partnership:
        """The entry that stays."""
        return self.kept_city or self.kept_partnership  # type: ignore[return-value]

    @property
    def merged(self) -> City | Partnership:
        """The entry that leads there."""
        return self.merged_city or self.merged_partnership  # type: ignore[return-value]

    @property
    def count(self) -> int:
        """How many rows moved."""
        return sum(len(one["rows"]) for one in self.moved)

    @property
    def undo_until(self) -> dt.datetime:
        return self.at + UNDO_WITHIN
