"""Budgets, and the rates and factors they are reckoned with: data with a source and a date."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from .applications import Application
from .calls import LARGEST_SUM
from .plans import Leg

_SUM: dict[str, Any] = {"max_digits": 9, "decimal_places": 2}
_POSITIVE = [MinValueValidator(0), MaxValueValidator(LARGEST_SUM)]
_PERCENT = [MaxValueValidator(100)]


class DailyRateQuerySet(models.QuerySet["DailyRate"]):
    def valid(self, country: str, city: str, on: dt.date) -> DailyRate | None:
        """The newest rate of a city, else of its country, in force on that day."""
        found = self.filter(country=country, city__in=["", city], valid_from__lte=on)
        return found.order_by("-city", "-valid_from").first()


class DailyRate(models.Model):
    """A per diem: what a day of travel in a country or city is worth for meals, in euros.

    ``partial_day`` is paid for days of arrival and departure; a meal that is provided takes its
    share (per cent of the full day) off. A new rate is a new row, so old budgets keep theirs.
    """

    country = CountryField(_("country"))
    city = models.CharField(
        _("city"), max_length=80, blank=True, help_text=_("Empty: the rest of the country.")
    )
    valid_from = models.DateField(_("valid from"))
    full_day = models.DecimalField(_("full day, in euros"), **_SUM, validators=_POSITIVE)
    partial_day = models.DecimalField(_("part of a day, in euros"), **_SUM, validators=_POSITIVE)
    breakfast = models.PositiveSmallIntegerField(
        _("breakfast, per cent"), default=20, validators=_PERCENT
    )
    lunch = models.PositiveSmallIntegerField(_("lunch, per cent"), default=40, validators=_PERCENT)
    dinner = models.PositiveSmallIntegerField(
        _("dinner, per cent"), default=40, validators=_PERCENT
    )
    source = models.CharField(_("source"), max_length=300)
    is_checked = models.BooleanField(_("checked by finance"), default=False)

    objects = DailyRateQuerySet.as_manager()

    class Meta:
        verbose_name = _("per diem")
        verbose_name_plural = _("per diems")
        ordering = ["country", "city", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "city", "valid_from"], name="daily_rate_once"
            )
        ]

    def __str__(self) -> str:
        place = f"{self.country.code} {self.city}".strip()
        return f"{place}, {self.valid_from:%Y-%m-%d}"


class TravelFactor(models.Model):
    """Greenhouse gases of a means of travel, in grams of CO2 equivalent a person and kilometre.

    For a video conference (``VIDEO``): grams a person and hour.
    """

    VIDEO = "video"
    MEANS = [*Leg.Means.choices, (VIDEO, _("video conference"))]

    means = models.CharField(_("means of travel"), max_length=12, choices=MEANS)
    valid_from = models.DateField(_("valid from"))
    grams = models.PositiveSmallIntegerField(
        _("grams a person and kilometre, or hour"), validators=[MaxValueValidator(2000)]
    )
    source = models.CharField(_("source"), max_length=300)
    is_checked = models.BooleanField(_("checked"), default=False)

    class Meta:
        verbose_name = _("CO2 factor")
        verbose_name_plural = _("CO2 factors")
        ordering = ["means", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["means", "valid_from"], name="travel_factor_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_means_display()}, {self.valid_from:%Y-%m-%d}"


class BudgetLine(models.Model):
    """One cost of the exchange, in euros: ``persons`` × ``units`` (nights, days, trips) × price.

    ``rate`` is the per diem it was reckoned with; the line keeps its own price, so a later rate
    changes nothing.
    """

    class Kind(models.TextChoices):
        TRAVEL = "travel", _("travel")
        NIGHTS = "nights", _("nights")
        PER_DIEM = "per_diem", _("per diem")
        INTERPRETATION = "interpretation", _("interpretation")
        OTHER = "other", _("other")

    application = models.ForeignKey(
        Application, verbose_name=_("application"), on_delete=models.CASCADE, related_name="lines"
    )
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices)
    text = models.CharField(_("what for"), max_length=150, blank=True)
    persons = models.PositiveSmallIntegerField(
        _("persons"), default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    units = models.PositiveSmallIntegerField(
        _("nights, days or times"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    price = models.DecimalField(_("price of one, in euros"), **_SUM, validators=_POSITIVE)
    rate = models.ForeignKey(
        DailyRate,
        verbose_name=_("per diem"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(price__gte=0), name="budget_price_positive"),
            models.CheckConstraint(
                condition=Q(persons__gte=1, units__gte=1), name="budget_counts_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.amount}"

    @property
    def amount(self) -> Decimal:
        """What the line costs, in euros."""
        return self.price * self.persons * self.units

    def exceeds(self, days: int) -> bool:
        """Whether it pays for more nights than a visit of so many days has; 0 days are unknown."""
        return self.kind == self.Kind.NIGHTS and days > 0 and self.units >= max(days, 2)
