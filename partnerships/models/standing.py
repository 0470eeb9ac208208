"""Rows that may turn out to be doubled: the one that was merged stays, hidden, and leads on."""

from __future__ import annotations

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class StandingManager(models.Manager[Any]):
    """Rows that stand for themselves; ``every`` has the merged ones, too."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(merged_into__isnull=True)


class MergeableModel(models.Model):
    """A row that may be merged into another; whoever asks for it is led there.

    ``merged_into`` always names a row that stands: merging that one moves it, too. The model
    declares ``objects`` (a ``StandingManager``) first, then ``every``.
    """

    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        abstract = True

    @property
    def standing(self) -> Self:
        """The row itself, or the one it was merged into."""
        return self.merged_into or self  # type: ignore[return-value]

    def clean(self) -> None:
        """The address of a merged row stays taken, since it leads on."""
        super().clean()
        every: Any = type(self)._base_manager
        taken = every.filter(slug=self.slug, merged_into__isnull=False)  # type: ignore[attr-defined]
        if taken.exclude(pk=self.pk).exists():
            raise ValidationError(
                _("This short name leads on to another entry, because two were merged."),
                code="merged",
            )
