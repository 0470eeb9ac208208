"""Reminder rules as data, and what became of each reminder."""

from __future__ import annotations

import datetime as dt

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .events import Event
from .invitations import Invitation


class ReminderRule(models.Model):
    """“To silent invitees, 7 days before the deadline, at 09:00 there, useful for 48 hours.”"""

    class To(models.TextChoices):
        SILENT = "silent", _("people who have not answered")
        COMING = "coming", _("people who come")

    class Anchor(models.TextChoices):
        DEADLINE = "deadline", _("before the deadline for answers")
        START = "start", _("before the start")

    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.CASCADE, related_name="reminder_rules"
    )
    to = models.CharField(_("to"), max_length=6, choices=To.choices)
    anchor = models.CharField(_("counted from"), max_length=8, choices=Anchor.choices)
    days_before = models.PositiveSmallIntegerField(
        _("days before"), validators=[MinValueValidator(0), MaxValueValidator(120)]
    )
    at_time = models.TimeField(
        _("time of day"), default=dt.time(9, 0), help_text=_("In the event's time zone.")
    )
    useful_for_hours = models.PositiveSmallIntegerField(
        _("useful for"),
        default=48,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
        help_text=_("Hours. If the portal could not send within them, it does not send at all."),
    )
    is_active = models.BooleanField(_("active"), default=True)
    settled_version = models.PositiveIntegerField(
        default=0, editable=False, help_text=_("Version of the dates whose window is over.")
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("reminder rule")
        verbose_name_plural = _("reminder rules")
        ordering = ["event", "anchor", "-days_before"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "to", "anchor", "days_before"],
                name="reminder_rule_once",
                violation_error_message=_("There is already such a rule."),
            )
        ]

    def __str__(self) -> str:
        pattern = ngettext("%(days)d day %(anchor)s", "%(days)d days %(anchor)s", self.days_before)
        days = pattern % {"days": self.days_before, "anchor": self.get_anchor_display()}
        return f"{self.get_to_display()}, {days}"


class Reminder(models.Model):
    """What became of one rule for one guest; unique per version of the event's dates."""

    class State(models.TextChoices):
        SENT = "sent", _("handed to the outbox")
        MISSED = "missed", _("missed")

    rule = models.ForeignKey(ReminderRule, on_delete=models.CASCADE, related_name="reminders")
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="reminders")
    anchor_version = models.PositiveIntegerField()
    due_at = models.DateTimeField(_("due"))
    state = models.CharField(_("state"), max_length=6, choices=State.choices)
    at = models.DateTimeField(_("recorded"), default=timezone.now)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "invitation", "anchor_version"], name="reminder_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.invitation}"
