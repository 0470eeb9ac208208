"""Catalogues: departments, offices held, and organisations beside the cities."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

#: Of catalogue entries that came with the portal and are general knowledge.
CHECKED_HELP = _("Somebody who knows the country has checked it. If not, the glossary says so.")


class Organisation(models.Model):
    """An actor at any level: ministry, network, embassy, university, utility …"""

    class Level(models.TextChoices):
        MUNICIPAL = "municipal", _("municipal")
        STATE = "state", _("state (Land)")
        NATIONAL = "national", _("national")
        INTERNATIONAL = "international", _("international")
        EMBASSY = "embassy", _("embassy or consulate")
        NETWORK = "network", _("network")
        OTHER = "other", _("other")

    slug = models.SlugField(_("short name"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    level = models.CharField(_("level"), max_length=15, choices=Level.choices)
    country = CountryField(_("country"), blank=True)
    role = models.CharField(_("role"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A specialist office of a city administration, as a catalogue entry."""

    slug = models.SlugField(_("short name"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    decides = models.CharField(_("decides on"), max_length=250, blank=True)
    is_checked = models.BooleanField(_("checked"), default=False, help_text=CHECKED_HELP)

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name


class DepartmentAbroad(models.Model):
    """What a department is usually called in another country, and where its work lies there."""

    department = models.ForeignKey(
        Department, verbose_name=_("department"), on_delete=models.CASCADE, related_name="abroad"
    )
    country = CountryField(_("country"))
    name = models.CharField(
        _("usual names"), max_length=150, help_text=_("As they are written there.")
    )
    note = models.CharField(_("what is different"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("department abroad")
        verbose_name_plural = _("departments abroad")
        ordering = ["country", "department__slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "country"],
                name="department_abroad_once",
                violation_error_message=_("This country already has an entry."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.country.code})"


class Duty(models.Model):
    """What somebody has to do in every city; offices that share one are equals in it."""

    slug = models.SlugField(_("short name"), unique=True)
    name = models.CharField(
        _("name"), max_length=120, help_text=_("As said of a person: “Chairs the council”.")
    )
    explanation = models.CharField(_("explanation"), max_length=250, blank=True)
    rank = models.PositiveSmallIntegerField(
        _("order"), default=100, validators=[MinValueValidator(1)]
    )

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        ordering = ["rank", "slug"]

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """A political or administrative office that somebody holds in a country's cities.

    ``may_speak`` says what its holder may do by default at a mayors' roundtable, where only
    heads of cities and their equals speak; for ``STAFF_DECIDE`` staff settle it per invitation.
    """

    class Kind(models.TextChoices):
        HEAD_OF_CITY = "head of city", _("head of a city")
        HEAD_OF_DISTRICT = "head of district", _("head of a district")
        HEAD_OF_REGION = "head of region", _("head of a region")
        CEREMONIAL = "ceremonial", _("ceremonial head")
        DEPUTY = "deputy", _("deputy")
        COUNCIL = "council", _("council")
        ADMINISTRATION = "administration", _("administration")

    class MaySpeak(models.TextChoices):
        YES = "yes", _("may speak")
        NO = "no", _("listens")
        STAFF_DECIDE = "staff decide", _("staff decide")

    slug = models.SlugField(_("short name"), unique=True)
    country = CountryField(_("country"))
    title = models.CharField(_("title"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    may_speak = models.CharField(
        _("at a mayors' roundtable"), max_length=12, choices=MaySpeak.choices
    )
    salutation = models.CharField(
        _("salutation"),
        max_length=200,
        blank=True,
        help_text=_(
            "Pattern with {name}, for example “Dear Lord Mayor {name},”. "
            "Used when a holder has no salutation of their own."
        ),
    )
    note = models.CharField(_("explanation"), max_length=250, blank=True)
    duties = models.ManyToManyField(
        Duty,
        verbose_name=_("duties"),
        blank=True,
        related_name="offices",
        help_text=_("The glossary sets offices with the same duty side by side."),
    )
    decides = models.CharField(_("decides on"), max_length=250, blank=True)
    is_checked = models.BooleanField(_("checked"), default=False, help_text=CHECKED_HELP)
    rank = models.PositiveSmallIntegerField(
        _("order"), default=100, validators=[MinValueValidator(1)]
    )

    class Meta:
        verbose_name = _("office held")
        verbose_name_plural = _("offices held")
        ordering = ["country", "rank", "slug"]

    def __str__(self) -> str:
        return f"{self.title} ({self.country.code})"
