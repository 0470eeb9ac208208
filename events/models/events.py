"""Events: roundtables, conferences, networking meetings, working sessions."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.validators import validate_time_zone
from journal.versions import VersionedModel
from pages.rendering import render_markdown
from partnerships.models import City, Partnership


class EventQuerySet(models.QuerySet["Event"]):
    def public(self) -> EventQuerySet:
        return self.exclude(state=Event.State.DRAFT)

    def visible_to(self, user: Any) -> EventQuerySet:
        """Everybody sees what is not a draft; staff see drafts, too."""
        return self.all() if user.is_authenticated and user.is_staff else self.public()

    def upcoming(self, at: dt.datetime) -> EventQuerySet:
        return self.filter(ends_at__gte=at).order_by("starts_at")

    def past(self, at: dt.datetime) -> EventQuerySet:
        return self.filter(ends_at__lt=at).order_by("-starts_at")


class Event(VersionedModel):
    """A meeting of the programme.

    Times are stored in UTC; ``time_zone`` (IANA) is the zone they are announced in.
    ``anchor_version`` counts moves of start, deadline or zone and keys the reminders;
    ``announced_version`` is the one the guests' calendars show.
    """

    class Kind(models.TextChoices):
        ROUNDTABLE = "roundtable", _("mayors' roundtable")
        CONFERENCE = "conference", _("partnership conference")
        NETWORKING = "networking", _("networking meeting")
        WORKING = "working", _("working session")

    class Format(models.TextChoices):
        IN_PERSON = "in_person", _("in person")
        VIRTUAL = "virtual", _("virtual")
        HYBRID = "hybrid", _("hybrid")
        UNKNOWN = "unknown", _("not known")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        CANCELLED = "cancelled", _("cancelled")

    class Precision(models.TextChoices):
        MINUTE = "minute", _("exact time")
        DAY = "day", _("day")
        MONTH = "month", _("month")
        SEASON = "season", _("season")

    slug = models.SlugField(_("short name for the address"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    format = models.CharField(_("format"), max_length=10, choices=Format.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    title = models.CharField(_("title"), max_length=200)
    teaser = models.CharField(_("teaser"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True, help_text=_("Markdown."))
    description_html = models.TextField(editable=False)
    audience = models.CharField(_("for whom"), max_length=250, blank=True)

    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"))
    date_precision = models.CharField(
        _("how exact the date is"),
        max_length=6,
        choices=Precision.choices,
        default=Precision.MINUTE,
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=50,
        default="Europe/Berlin",
        validators=[validate_time_zone],
        help_text=_("Name from the IANA list, for example Europe/London. Times are local there."),
    )
    answer_by = models.DateTimeField(
        _("deadline for answers"), null=True, blank=True, help_text=_("In the event's time zone.")
    )

    city = models.ForeignKey(
        City,
        verbose_name=_("city"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
    )
    venue = models.CharField(
        _("venue"), max_length=250, blank=True, help_text=_("Name and address.")
    )
    online_url = models.URLField(
        _("link to the meeting"),
        blank=True,
        help_text=_("Shown on the personal page of those who come online, from the day before."),
    )

    invitation_subject = models.CharField(
        _("subject of the invitation"), max_length=150, blank=True
    )
    invitation_text = models.TextField(
        _("text of the invitation"),
        blank=True,
        help_text=_(
            "Plain text. Salutation, date, right to speak, link and reason are added to it."
        ),
    )
    contact_email = models.EmailField(
        _("mailbox for replies"),
        blank=True,
        help_text=_("Somebody reads it. Empty: the portal's own mailbox."),
    )
    reminder_limit = models.PositiveSmallIntegerField(
        _("reminders per person"),
        default=2,
        validators=[MaxValueValidator(5)],
        help_text=_("Nobody gets more reminders of this event than this."),
    )

    report = models.TextField(_("report"), blank=True, help_text=_("Markdown; after the event."))
    report_html = models.TextField(editable=False)
    source = models.CharField(_("source"), max_length=200, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False, editable=False)

    partnerships = models.ManyToManyField(
        Partnership, through="Delegation", related_name="events", verbose_name=_("partnerships")
    )
    anchor_version = models.PositiveIntegerField(default=1, editable=False)
    announced_version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gte=models.F("starts_at")),
                name="event_ends_after_start",
                violation_error_message=_("The event ends before it starts."),
            ),
            models.CheckConstraint(
                condition=models.Q(answer_by__isnull=True)
                | models.Q(answer_by__lte=models.F("starts_at")),
                name="event_deadline_before_start",
                violation_error_message=_("The deadline for answers lies after the start."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:event", args=[self.slug])

    def clean(self) -> None:
        errors: dict[str, Any] = {}
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            errors["ends_at"] = _("The event ends before it starts.")
        if self.answer_by and self.starts_at and self.answer_by > self.starts_at:
            errors["answer_by"] = _("The deadline for answers lies after the start.")
        if errors:
            raise ValidationError(errors)

    def save(self, *args: Any, **kwargs: Any) -> None:
        for language in ("de", "en"):
            for name in ("description", "report"):
                text = getattr(self, f"{name}_{language}")
                setattr(self, f"{name}_html_{language}", render_markdown(text))
        super().save(*args, **kwargs)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def closes_at(self) -> dt.datetime:
        """When answers close: the deadline, else the start."""
        return self.answer_by or self.starts_at

    def accepts_answers(self, at: dt.datetime) -> bool:
        return self.state == self.State.PUBLISHED and at <= self.closes_at


class Session(models.Model):
    """An item of the agenda."""

    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.CASCADE, related_name="sessions"
    )
    title = models.CharField(_("title"), max_length=200)
    description = models.CharField(_("description"), max_length=500, blank=True)
    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"))

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gte=models.F("starts_at")),
                name="session_ends_after_start",
                violation_error_message=_("The agenda item ends before it starts."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class EventFile(models.Model):
    """A public document of an event: programme, report, declaration."""

    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.CASCADE, related_name="files"
    )
    title = models.CharField(_("title"), max_length=150)
    file = models.FileField(_("file"), upload_to="events/%Y/")
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title
