"""Partnerships between two or more cities."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.versions import VersionedModel
from sdg.models import Topic

from ..folding import search_terms
from .bodies import Office, Organisation
from .places import City
from .standing import MergeableModel, StandingManager


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def public(self) -> PartnershipQuerySet:
        """What the directory shows."""
        return self.filter(in_directory=True)

    def visible_to(self, user: Any) -> PartnershipQuerySet:
        """Staff see hidden entries, too."""
        return self.all() if user.is_authenticated and user.is_staff else self.public()

    def of_office(self, city: City) -> PartnershipQuerySet:
        """What a city's office works on: all of its own, drafts of others excepted."""
        mine = models.Q(state=Partnership.State.DRAFT, started_by=city)
        return self.filter(
            mine | ~models.Q(state=Partnership.State.DRAFT), parties__city=city
        ).distinct()

    def search(self, query: str) -> PartnershipQuerySet:
        """Partnerships whose cities' names, in any spelling, contain every word of the query."""
        found = self
        for term in search_terms(query):
            found = found.filter(search_text__contains=term)
        return found


PartnershipManager = StandingManager.from_queryset(PartnershipQuerySet)


class Partnership(VersionedModel, MergeableModel):
    """A link between cities, by the vocabulary of the RGRE (German section of the CEMR).

    ``title`` and all below it follow from parties and topics; ``operations.refresh`` writes
    them, and ``partnerships.derived`` says what they hold.
    """

    class Kind(models.TextChoices):
        PARTNERSHIP = "partnership", _("partnership")
        FRIENDSHIP = "friendship", _("friendship")
        CONTACT = "contact", _("contact")
        PROJECT = "project", _("project partnership")

    #: What each kind means, for readers.
    KINDS_EXPLAINED = {
        Kind.PARTNERSHIP: _("A formal agreement between the cities without an end date."),
        Kind.FRIENDSHIP: _("An agreement that is limited in time or in what it covers."),
        Kind.CONTACT: _("A connection without a formal agreement."),
        Kind.PROJECT: _("The cities work together on a project."),
    }

    class State(models.TextChoices):
        LISTED = "listed", _("listed")
        DRAFT = "draft", _("draft")
        AWAITING_PARTNER = "awaiting", _("awaiting the partner")
        ACTIVE = "active", _("active")
        NEEDS_RECONFIRMATION = "reconfirm", _("needs re-confirmation")
        DORMANT = "dormant", _("dormant")
        ENDED = "ended", _("ended")

    slug = models.SlugField(_("short name for the address"), max_length=120, unique=True)
    kind = models.CharField(
        _("kind"), max_length=12, choices=Kind.choices, default=Kind.PARTNERSHIP
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.LISTED)
    year_established = models.PositiveSmallIntegerField(
        _("since"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2100)],
        help_text=_("Year; leave empty when it is not known."),
    )
    year_is_uncertain = models.BooleanField(_("year is uncertain"), default=False)
    agreed_on = models.DateField(
        _("date of the agreement"),
        null=True,
        blank=True,
        help_text=_("When the agreement was signed; leave empty when there is none."),
    )
    signatories = models.ManyToManyField(
        Office,
        verbose_name=_("signed by (offices held)"),
        blank=True,
        related_name="+",
        help_text=_("The offices that signed the agreement, not the persons."),
    )
    organisations = models.ManyToManyField(
        Organisation,
        verbose_name=_("organisations involved"),
        blank=True,
        related_name="partnerships",
    )
    started_by = models.ForeignKey(
        City,
        verbose_name=_("registered by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    confirmed_on = models.DateField(_("confirmed by all cities"), null=True, blank=True)
    asked_on = models.DateField(_("last yearly check"), null=True, blank=True)
    cities = models.ManyToManyField(
        City, through="Party", related_name="partnerships", verbose_name=_("cities")
    )
    topics = models.ManyToManyField(
        Topic, through="PartnershipTopic", related_name="partnerships", verbose_name=_("topics")
    )
    note = models.TextField(_("public note"), blank=True)
    source = models.CharField(
        _("source"), max_length=300, blank=True, help_text=_("Where the entry comes from.")
    )
    in_directory = models.BooleanField(
        _("shown in the directory"), default=True, help_text=_("Untick to hide the entry.")
    )
    title = models.CharField(_("title"), max_length=250, editable=False)
    search_text = models.TextField(editable=False)
    sort_key = models.CharField(max_length=300, editable=False, db_index=True)
    sort_key_en = models.CharField(max_length=300, editable=False)
    partner_key = models.CharField(max_length=300, editable=False)
    partner_key_en = models.CharField(max_length=300, editable=False)
    sides = models.TextField(editable=False)
    facet_places = models.TextField(editable=False)
    facet_topics = models.TextField(editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("last change"), auto_now=True)

    objects = PartnershipManager()
    every = PartnershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.title or self.slug

    def get_absolute_url(self) -> str:
        return reverse("partnerships:partnership", args=[self.slug])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Every edit is a change, also one that names its fields."""
        fields = kwargs.get("update_fields")
        if fields is not None:
            kwargs["update_fields"] = {*fields, "changed_at"}
        super().save(*args, **kwargs)

    @property
    def kind_explained(self) -> str:
        return str(self.KINDS_EXPLAINED[self.Kind(self.kind)])

    @property
    def is_listed(self) -> bool:
        """From a public source and confirmed by nobody."""
        return self.state == self.State.LISTED


class Party(models.Model):
    """A city's part in a partnership."""

    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.CASCADE, related_name="parties"
    )
    city = models.ForeignKey(
        City, verbose_name=_("city"), on_delete=models.PROTECT, related_name="parties"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_office = models.CharField(_("confirmed by (office held)"), max_length=150, blank=True)
    declined_at = models.DateTimeField(_("not confirmed"), null=True, blank=True)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "city"],
                name="party_once",
                violation_error_message=_("This city already belongs to the partnership."),
            )
        ]

    def __str__(self) -> str:
        return self.city.name


class PartnershipTopic(models.Model):
    """A topic the cities of a partnership work on."""

    partnership = models.ForeignKey(
        Partnership,
        verbose_name=_("partnership"),
        on_delete=models.CASCADE,
        related_name="topic_links",
    )
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="partnership_links"
    )
    source = models.CharField(_("source"), max_length=200, blank=True)
    is_demo = models.BooleanField(
        _("demo data"),
        default=False,
        help_text=_("Invented for the demo programme; shown as such."),
    )

    class Meta:
        verbose_name = _("topic of a partnership")
        verbose_name_plural = _("topics of the partnership")
        ordering = ["topic__slug"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "topic"], name="partnership_topic_once")
        ]

    def __str__(self) -> str:
        return f"{self.partnership}: {self.topic}"
