"""Decisions, their letters and conditions, complaints, and the trip that follows."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.versions import VersionedModel
from partnerships.models import City

from .applications import Application, ApplicationParty
from .calls import LARGEST_SUM


class Outcome(models.TextChoices):
    APPROVED = "approved", _("approved")
    CONDITIONS = "conditions", _("approved with conditions")
    RESERVE = "reserve", _("reserve list")
    DECLINED = "declined", _("declined")


class LetterBlock(VersionedModel):
    """A paragraph that letters are made of, in both languages; staff edit it.

    ``{title}``, ``{ref}``, ``{amount}``, ``{cities}``, ``{report_by}`` are filled in.
    """

    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    outcome = models.CharField(
        _("for letters that say"),
        max_length=10,
        choices=Outcome.choices,
        blank=True,
        help_text=_("Empty: for every letter."),
    )
    text = models.TextField(_("text"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_default = models.BooleanField(_("chosen at first"), default=True)

    class Meta:
        verbose_name = _("paragraph of letters")
        verbose_name_plural = _("paragraphs of letters")
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return self.slug


class Decision(VersionedModel):
    """What was decided about an application; drafted first, final once released.

    Above the call's ``four_eyes_above`` somebody else than ``drafted_by`` releases it.
    """

    application = models.ForeignKey(
        Application,
        verbose_name=_("application"),
        on_delete=models.CASCADE,
        related_name="decisions",
    )
    number = models.PositiveSmallIntegerField(_("number"))
    outcome = models.CharField(_("decision"), max_length=10, choices=Outcome.choices)
    amount = models.DecimalField(
        _("sum granted, in euros"),
        max_digits=9,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(LARGEST_SUM)],
    )
    rank = models.PositiveSmallIntegerField(_("place on the reserve list"), null=True, blank=True)
    reason = models.TextField(_("reason for the applicant"), max_length=3000, blank=True)
    internal_reason = models.TextField(_("reason for the file"), max_length=3000, blank=True)
    blocks = models.ManyToManyField(LetterBlock, verbose_name=_("paragraphs"), blank=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("drafted by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    drafted_at = models.DateTimeField(_("drafted"), default=timezone.now)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("released by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    released_at = models.DateTimeField(_("released"), null=True, blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["application", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="decision_once"),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(released_at__isnull=True),
                name="one_decision_in_draft",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="decision_amount_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_outcome_display()}"

    @property
    def is_released(self) -> bool:
        return self.released_at is not None


class Condition(models.Model):
    """Something the cities do before or during the trip; ticked off one by one."""

    decision = models.ForeignKey(
        Decision, verbose_name=_("decision"), on_delete=models.CASCADE, related_name="conditions"
    )
    text = models.CharField(_("condition"), max_length=300)
    due_on = models.DateField(_("due"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    met_at = models.DateTimeField(_("met"), null=True, blank=True)
    met_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ticked off by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text


class LetterQuerySet(models.QuerySet["Letter"]):
    def kept(self) -> LetterQuerySet:
        """Those whose text is still there: it goes five years after the decision."""
        return self.exclude(body="")


class Letter(models.Model):
    """A decision as it was written to one city, in its language; nobody changes it afterwards."""

    decision = models.ForeignKey(
        Decision, verbose_name=_("decision"), on_delete=models.CASCADE, related_name="letters"
    )
    party = models.ForeignKey(
        ApplicationParty, verbose_name=_("city"), on_delete=models.CASCADE, related_name="letters"
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"), help_text=_("Markdown."))
    at = models.DateTimeField(_("written"), default=timezone.now)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["decision", "party__order"]
        constraints = [models.UniqueConstraint(fields=["decision", "party"], name="letter_once")]

    def __str__(self) -> str:
        return self.subject

    @property
    def day(self) -> dt.date:
        """The letter's date, in the call's time zone: the same wherever it is read."""
        return timezone.localdate(self.at, self.decision.application.call.zone)


class Complaint(models.Model):
    """A city objects to a decision; staff answer with a reason."""

    decision = models.ForeignKey(
        Decision, verbose_name=_("decision"), on_delete=models.CASCADE, related_name="complaints"
    )
    party = models.ForeignKey(
        ApplicationParty, verbose_name=_("city"), on_delete=models.CASCADE, related_name="+"
    )
    text = models.TextField(_("what you object to"), max_length=3000)
    at = models.DateTimeField(_("received"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    answer = models.TextField(_("answer"), max_length=3000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "party"], name="complaint_once"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answer=""), name="complaint_answered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision}: {self.party}"


class Trip(VersionedModel):
    """An approved exchange that takes place."""

    application = models.OneToOneField(
        Application, verbose_name=_("application"), on_delete=models.PROTECT, related_name="trip"
    )
    destination = models.ForeignKey(
        City,
        verbose_name=_("city visited"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    report_due_on = models.DateField(_("report due"))
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("trip")
        verbose_name_plural = _("trips")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="trip_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.starts_on:%Y-%m-%d}"
