"""What an application plans: who travels, who hosts, what happens on which half-day."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnerships.models import City, Department, Position

from .applications import Application, ApplicationParty


class _Post(models.Model):
    """A post or department of a city that takes part; never a person's name."""

    application = models.ForeignKey(
        Application, verbose_name=_("application"), on_delete=models.CASCADE
    )
    party = models.ForeignKey(ApplicationParty, verbose_name=_("city"), on_delete=models.CASCADE)
    position = models.ForeignKey(
        Position,
        verbose_name=_("post"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    function = models.CharField(_("function"), max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.label}, {self.party}"

    @property
    def label(self) -> str:
        """What it is called, in the reader's language."""
        if self.function:
            return self.function
        named = self.position.function if self.position else ""
        return named or (self.department.name if self.department else "")


class Traveller(_Post):
    """Somebody who travels, by post and department."""

    is_youth = models.BooleanField(_("youth delegate"), default=False)

    class Meta(_Post.Meta):
        verbose_name = _("traveller")
        verbose_name_plural = _("travellers")
        default_related_name = "travellers"
        constraints = [
            models.UniqueConstraint(
                fields=["application", "position"],
                name="traveller_once",
                violation_error_message=_("This post travels already."),
            )
        ]


class Host(_Post):
    """Somebody who receives the visitors."""

    class Meta(_Post.Meta):
        verbose_name = _("host")
        verbose_name_plural = _("hosts")
        default_related_name = "hosts"
        constraints = [
            models.UniqueConstraint(
                fields=["application", "position"],
                name="host_once",
                violation_error_message=_("This post hosts already."),
            )
        ]


class ProgrammeSlot(models.Model):
    """What happens on a half-day of the visit."""

    class Half(models.TextChoices):
        MORNING = "am", _("morning")
        AFTERNOON = "pm", _("afternoon")

    application = models.ForeignKey(
        Application, verbose_name=_("application"), on_delete=models.CASCADE, related_name="slots"
    )
    day = models.PositiveSmallIntegerField(
        _("day of the visit"), validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    half = models.CharField(_("half-day"), max_length=2, choices=Half.choices)
    text = models.CharField(_("what happens"), max_length=300)
    host = models.ForeignKey(
        Host,
        verbose_name=_("host"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="slots",
    )

    class Meta:
        verbose_name = _("half-day of a programme")
        verbose_name_plural = _("half-days of a programme")
        ordering = ["day", "half", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "day", "half"], name="half_day_once")
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.day} {self.half}"


class Leg(models.Model):
    """A part of the journey, for the estimate of its CO2."""

    class Means(models.TextChoices):
        SHORT_FLIGHT = "short_flight", _("flight within a continent")
        LONG_FLIGHT = "long_flight", _("flight between continents")
        TRAIN = "train", _("train")
        COACH = "coach", _("coach")
        CAR = "car", _("car")

    application = models.ForeignKey(
        Application, verbose_name=_("application"), on_delete=models.CASCADE, related_name="legs"
    )
    origin = models.ForeignKey(
        City, verbose_name=_("from"), on_delete=models.PROTECT, related_name="+"
    )
    destination = models.ForeignKey(
        City, verbose_name=_("to"), on_delete=models.PROTECT, related_name="+"
    )
    means = models.CharField(_("by"), max_length=12, choices=Means.choices)
    persons = models.PositiveSmallIntegerField(
        _("persons"), default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    is_return = models.BooleanField(_("there and back"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("part of the journey")
        verbose_name_plural = _("parts of the journey")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(origin=models.F("destination")), name="leg_goes_somewhere"
            )
        ]

    def __str__(self) -> str:
        return f"{self.origin} – {self.destination}"
