"""Calls for expert exchanges: the rules of a round as data."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from accounts.validators import validate_time_zone
from journal.versions import VersionedModel
from pages.rendering import render_markdown

#: Largest sum the portal handles, in euros.
LARGEST_SUM = 1_000_000
_SUM: dict[str, Any] = {"max_digits": 9, "decimal_places": 2}
_POSITIVE = [MinValueValidator(0), MaxValueValidator(LARGEST_SUM)]


class CallQuerySet(models.QuerySet["Call"]):
    def public(self) -> CallQuerySet:
        return self.exclude(state=Call.State.DRAFT)

    def visible_to(self, user: Any) -> CallQuerySet:
        """Everybody sees what is not a draft; staff see drafts, too."""
        return self.all() if user.is_authenticated and user.is_staff else self.public()


class Call(VersionedModel):
    """A round in which cities apply for an exchange; its rules are columns, never code.

    ``opens_on`` and ``closes_on`` are whole days in ``time_zone`` (IANA): the call opens at the
    first and closes after the last midnight. Without ``closes_on`` it is rolling.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        CANCELLED = "cancelled", _("cancelled")

    class Funding(models.TextChoices):
        ORGANISER = "organiser", _("the organiser books and pays")
        REIMBURSED = "reimbursed", _("the city pays and is reimbursed")
        GRANT = "grant", _("the city gets a grant and passes it on")

    slug = models.SlugField(_("short name for the address"), max_length=80, unique=True)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.DRAFT)
    title = models.CharField(_("title"), max_length=200)
    teaser = models.CharField(_("teaser"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True, help_text=_("Markdown."))
    text_html = models.TextField(editable=False)
    opens_on = models.DateField(_("open from"))
    closes_on = models.DateField(
        _("open until"), null=True, blank=True, help_text=_("Last day; empty for a rolling call.")
    )
    time_zone = models.CharField(
        _("time zone"), max_length=50, default="Europe/Berlin", validators=[validate_time_zone]
    )
    grace_minutes = models.PositiveSmallIntegerField(
        _("grace period in minutes"),
        default=0,
        validators=[MaxValueValidator(10_080)],
        help_text=_("Only staff see it: what arrives this long after the deadline still counts."),
    )
    submitter_countries = CountryField(_("countries that may submit"), multiple=True, default="DE")
    needs_partner = models.BooleanField(
        _("the partner city must confirm"),
        default=True,
        help_text=_("Virtual exchanges are exempt."),
    )
    allows_virtual = models.BooleanField(_("virtual exchanges are possible"), default=True)
    checks_trilateral = models.BooleanField(
        _("staff check applications of three and more cities"), default=True
    )
    min_departments = models.PositiveSmallIntegerField(
        _("specialist departments of each city, at least"),
        default=1,
        validators=[MaxValueValidator(10)],
    )
    needs_youth = models.BooleanField(_("at least one youth delegate"), default=False)
    funding = models.CharField(
        _("how the money flows"),
        max_length=10,
        choices=Funding.choices,
        default=Funding.REIMBURSED,
    )
    most_per_trip = models.DecimalField(
        _("most for a trip, in euros"), **_SUM, null=True, blank=True, validators=_POSITIVE
    )
    most_per_person = models.DecimalField(
        _("most for a person, in euros"), **_SUM, null=True, blank=True, validators=_POSITIVE
    )
    min_days = models.PositiveSmallIntegerField(
        _("days of a visit, at least"), default=1, validators=[MaxValueValidator(60)]
    )
    max_days = models.PositiveSmallIntegerField(
        _("days of a visit, at most"), default=5, validators=[MaxValueValidator(60)]
    )
    travel_from = models.DateField(_("visits from"))
    travel_until = models.DateField(_("visits until"))
    budget = models.DecimalField(_("budget, in euros"), **_SUM, validators=_POSITIVE)
    trips = models.PositiveSmallIntegerField(
        _("trips to be funded"), validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    answer_within_days = models.PositiveSmallIntegerField(_("decision within days"), default=28)
    report_within_days = models.PositiveSmallIntegerField(_("report within days"), default=42)
    four_eyes_above = models.DecimalField(
        _("two people release decisions above, in euros"), **_SUM, default=0, validators=_POSITIVE
    )
    is_demo = models.BooleanField(_("demo data"), default=False, editable=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__isnull=True)
                | models.Q(closes_on__gte=models.F("opens_on")),
                name="call_closes_after_it_opens",
                violation_error_message=_("The call closes before it opens."),
            ),
            models.CheckConstraint(
                condition=models.Q(travel_until__gte=models.F("travel_from")),
                name="call_travel_ends_after_it_begins",
                violation_error_message=_("The last possible visit lies before the first."),
            ),
            models.CheckConstraint(
                condition=models.Q(max_days__gte=models.F("min_days")),
                name="call_days_in_order",
                violation_error_message=_("The longest visit is shorter than the shortest."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("exchanges:call", args=[self.slug])

    def clean(self) -> None:
        if self.state == self.State.PUBLISHED and not (self.title_de and self.title_en):
            raise ValidationError(
                _("A published call needs its title in German and in English."), code="language"
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.text_html_de = render_markdown(self.text_de or "")
        self.text_html_en = render_markdown(self.text_en or "")
        super().save(*args, **kwargs)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def opens_at(self) -> dt.datetime:
        """Local midnight at which the first day begins."""
        return dt.datetime.combine(self.opens_on, dt.time(), self.zone)

    @property
    def closes_at(self) -> dt.datetime | None:
        """Local midnight after the last day; the first moment that is too late."""
        if self.closes_on is None:
            return None
        return dt.datetime.combine(self.closes_on + dt.timedelta(days=1), dt.time(), self.zone)

    def is_open(self, at: dt.datetime) -> bool:
        """Whether everybody may apply at that moment."""
        closes = self.closes_at
        published = self.state == self.State.PUBLISHED
        return published and self.opens_at <= at and (closes is None or at < closes)

    def accepts(self, at: dt.datetime) -> bool:
        """``is_open`` with the grace period only staff know of."""
        closes = self.closes_at
        late = at if closes is None else at - dt.timedelta(minutes=self.grace_minutes)
        return self.is_open(at) or (self.is_open(late) and late >= self.opens_at)


class Criterion(models.Model):
    """What reviewers score from 1 to 5, and how much it weighs."""

    call = models.ForeignKey(
        Call, verbose_name=_("call"), on_delete=models.CASCADE, related_name="criteria"
    )
    name = models.CharField(_("name"), max_length=120)
    hint = models.CharField(_("what to look at"), max_length=300, blank=True)
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=1, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name
