"""Cities, and the gazetteer they are chosen from."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from accounts.validators import validate_time_zone
from journal.versions import VersionedModel

from ..folding import search_terms, search_text, sort_key
from .standing import MergeableModel, StandingManager

#: The country whose cities' partnerships the portal keeps; every other country is a partner's.
HOME_COUNTRY = "DE"


class CityQuerySet(models.QuerySet["City"]):
    def search(self, query: str) -> CityQuerySet:
        """Cities whose names, in any spelling, contain every word of the query."""
        found = self
        for term in search_terms(query):
            found = found.filter(search_text__contains=term)
        return found

    def at_place_of(self, city: City) -> City | None:
        """The stored city of the same name, country and region, for one that has no key yet.

        Ask ``City.every``: a merged one leads to the city it was merged into.
        """
        place = {"name_de": city.name_de, "country": city.country, "region": city.region}
        found = self.filter(**place).select_related("merged_into").first()
        return found.standing if found else None

    def with_partnerships(self) -> CityQuerySet:
        return self.filter(parties__partnership__in_directory=True).distinct()


CityManager = StandingManager.from_queryset(CityQuerySet)


class City(VersionedModel, MergeableModel):
    """A municipality that appears in the programme. Key: name, country, region."""

    name = models.CharField(_("name"), max_length=120)
    other_names = models.TextField(
        _("other spellings"),
        blank=True,
        help_text=_("One per line. The search finds the city by each of them."),
    )
    slug = models.SlugField(_("short name for the address"), max_length=80, unique=True)
    country = CountryField(_("country"))
    region = models.CharField(
        _("region"), max_length=80, help_text=_("German Land, US state or nation of the UK.")
    )
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Degrees, WGS 84."),
    )
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("Degrees, WGS 84."),
    )
    population = models.PositiveIntegerField(_("inhabitants"), null=True, blank=True)
    population_source = models.CharField(_("source of the figure"), max_length=150, blank=True)
    time_zone = models.CharField(
        _("time zone"),
        max_length=50,
        validators=[validate_time_zone],
        help_text=_("Name from the IANA list, for example Europe/Berlin."),
    )
    ags = models.CharField(
        _("AGS"),
        max_length=8,
        blank=True,
        help_text=_("Official municipality key; German cities only."),
    )
    geo_source = models.CharField(_("source of the coordinates"), max_length=100, blank=True)
    search_text = models.TextField(editable=False)
    sort_key = models.CharField(max_length=150, editable=False, db_index=True)

    objects = CityManager()
    every = CityQuerySet.as_manager()

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering = ["sort_key", "country"]
        constraints = [
            models.UniqueConstraint(
                fields=["name_de", "country", "region"],
                name="city_once",
                violation_error_message=_("This city is already in the list."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.country.code})"

    def get_absolute_url(self) -> str:
        return reverse("partnerships:city", args=[self.slug])

    @property
    def spellings(self) -> list[str]:
        return [line.strip() for line in self.other_names.splitlines() if line.strip()]

    def fold(self) -> None:
        """Set what search and sorting use; ``bulk_create`` callers do this themselves."""
        self.search_text = search_text([self.name_de, self.name_en or "", *self.spellings])
        self.sort_key = sort_key(self.name_de)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fold()
        super().save(*args, **kwargs)


class GazetteerPlace(models.Model):
    """A place over 15,000 inhabitants to choose from when a city registers (GeoNames, CC BY)."""

    name = models.CharField(_("name"), max_length=120)
    country = CountryField(_("country"))
    region = models.CharField(_("region"), max_length=80)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    population = models.PositiveIntegerField(_("inhabitants"), null=True)
    time_zone = models.CharField(_("time zone"), max_length=50)
    ags = models.CharField(_("AGS"), max_length=8, blank=True)
    search_text = models.TextField(editable=False)

    class Meta:
        verbose_name = _("place in the gazetteer")
        verbose_name_plural = _("gazetteer")
        ordering = ["name", "country", "region"]

    def __str__(self) -> str:
        return f"{self.name}, {self.region} ({self.country.code})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = search_text([self.name])
        super().save(*args, **kwargs)
