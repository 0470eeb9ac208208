"""What the cities of a partnership promised each other."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.versions import VersionedModel
from sdg.models import Topic

from .links import Partnership, Party
from .posts import Position


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def open(self) -> CommitmentQuerySet:
        """Promised and not done yet, the earliest first."""
        found = self.filter(state=Commitment.State.OPEN)
        return found.order_by(models.F("due_on").asc(nulls_last=True), "pk")

    def in_order(self) -> CommitmentQuerySet:
        """The open ones as above, then those closed last."""
        closed_last = models.F("closed_on").desc(nulls_first=True)
        return self.order_by(closed_last, models.F("due_on").asc(nulls_last=True), "pk")

    def with_names(self) -> CommitmentQuerySet:
        """With everything a line about a commitment names."""
        return self.select_related(
            "party__city", "position__office", "position__department", "topic"
        )


class Commitment(VersionedModel):
    """A promise of a post in one of the cities: what, on which topic, until when."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        DONE = "done", _("done")
        DROPPED = "dropped", _("given up")

    partnership = models.ForeignKey(
        Partnership,
        verbose_name=_("partnership"),
        on_delete=models.CASCADE,
        related_name="commitments",
    )
    party = models.ForeignKey(
        Party, verbose_name=_("city"), on_delete=models.CASCADE, related_name="commitments"
    )
    position = models.ForeignKey(
        Position,
        verbose_name=_("post"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="commitments",
    )
    topic = models.ForeignKey(
        Topic,
        verbose_name=_("topic"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="commitments",
    )
    text = models.CharField(_("what is promised"), max_length=300)
    due_on = models.DateField(_("until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.OPEN)
    note = models.CharField(_("note"), max_length=300, blank=True)
    made_on = models.DateField(_("promised on"), default=timezone.localdate)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    closed_on = models.DateField(_("done or given up on"), null=True, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False, editable=False)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["-made_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open", closed_on__isnull=True)
                | (~models.Q(state="open") & models.Q(closed_on__isnull=False)),
                name="commitment_closed_on",
            ),
            models.CheckConstraint(
                condition=models.Q(due_on__isnull=True) | models.Q(due_on__gte=models.F("made_on")),
                name="commitment_due_after_promise",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def is_late(self, on: dt.date) -> bool:
        return self.state == self.State.OPEN and self.due_on is not None and self.due_on < on
