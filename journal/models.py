"""Who did what, when, on which object: append-only."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AppendOnly(TypeError):
    """Raised when code tries to rewrite the journal."""


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(
        self, thing: models.Model, *, besides: models.QuerySet[Any] | None = None
    ) -> EntryQuerySet:
        """Entries on ``thing`` itself and on what happened within it, newest first.

        ``besides`` are other rows of the same kind whose entries belong there, too.
        """
        kind = ContentType.objects.get_for_model(thing)
        found = models.Q(about_type=kind, about_id=thing.pk)
        found |= models.Q(within_type=kind, within_id=thing.pk)
        if besides is not None:
            keys = besides.order_by().values("pk")
            found |= models.Q(about_type=kind, about_id__in=keys)
            found |= models.Q(within_type=kind, within_id__in=keys)
        return self.filter(found).select_related("by")

    def update(self, **kwargs: Any) -> int:
        raise AppendOnly("journal entries are never changed")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnly("journal entries are only removed by the purge")

    def expire(self, *, before: Any) -> int:
        """Remove entries older than their retention; used by the purge alone."""
        return self.filter(at__lt=before)._raw_delete(self.db)


class Entry(models.Model):
    """One change: written in the same transaction as the change itself.

    ``facts`` holds counts, keys and choices, never names or addresses.
    """

    class Actor(models.TextChoices):
        PERSON = "person", _("signed-in person")
        GUEST = "guest", _("guest by link")
        SYSTEM = "system", _("portal")

    at = models.DateTimeField(_("time"), default=timezone.now)
    actor = models.CharField(_("kind of actor"), max_length=10, choices=Actor.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    verb = models.CharField(_("what happened"), max_length=60)
    about_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    about_id = models.BigIntegerField()
    about = GenericForeignKey("about_type", "about_id")
    within_type = models.ForeignKey(
        ContentType, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    within_id = models.BigIntegerField(null=True, blank=True)
    within = GenericForeignKey("within_type", "within_id")
    facts = models.JSONField(_("facts"), default=dict, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["about_type", "about_id"], name="journal_about"),
            models.Index(fields=["within_type", "within_id"], name="journal_within"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("journal entries are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnly("journal entries are only removed by the purge")

    @property
    def sentence(self) -> str:
        """What happened, in the reader's language."""
        from .verbs import sentence

        return sentence(self.verb, self.facts)
