"""Reviewing: who reviews, who may not, what each says."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.versions import VersionedModel
from partnerships.models import City

from .applications import Application
from .calls import Criterion
from .submissions import Submission

#: Scores go from 1 (weak) to 5 (strong).
WORST, BEST = 1, 5


class FormalCheck(models.Model):
    """Staff looked at a submitted version and passed it on to review.

    ``failed`` are the keys of the rules of eligibility that were not met, passed for the reason
    in ``note``.
    """

    application = models.ForeignKey(
        Application,
        verbose_name=_("application"),
        on_delete=models.CASCADE,
        related_name="formal_checks",
    )
    submission = models.ForeignKey(
        Submission,
        verbose_name=_("version read"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    failed = models.JSONField(_("rules not met"), default=list, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    at = models.DateTimeField(_("checked"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("checked by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("formal check")
        verbose_name_plural = _("formal checks")
        ordering = ["application", "-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.application}: {self.at:%Y-%m-%d}"


class Reviewer(models.Model):
    """Somebody who may be asked to review; staff or from outside."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="reviewer",
    )
    home_city = models.ForeignKey(
        City,
        verbose_name=_("home city"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("For hints at a conflict of interest."),
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("reviewer")
        verbose_name_plural = _("reviewers")
        ordering = ["user__name", "pk"]

    def __str__(self) -> str:
        return str(self.user)


class ReviewQuerySet(models.QuerySet["Review"]):
    def waiting(self) -> ReviewQuerySet:
        """Those still to be written by somebody who may."""
        return self.filter(state__in=[Review.State.ASSIGNED, Review.State.OPEN])


class Review(VersionedModel):
    """A reviewer's part in one application.

    First comes the declaration about conflicts of interest; before it, and for who is recused,
    the title is all there is to see.
    """

    class State(models.TextChoices):
        ASSIGNED = "assigned", _("to be declared")
        OPEN = "open", _("open")
        DONE = "done", _("done")
        RECUSED = "recused", _("recused")

    class Recommendation(models.TextChoices):
        YES = "yes", _("fund")
        MAYBE = "maybe", _("fund with changes")
        NO = "no", _("do not fund")

    application = models.ForeignKey(
        Application, verbose_name=_("application"), on_delete=models.CASCADE, related_name="reviews"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewer"),
        on_delete=models.PROTECT,
        related_name="reviews",
    )
    submission = models.ForeignKey(
        Submission,
        verbose_name=_("version read"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.ASSIGNED
    )
    conflict = models.CharField(_("conflict of interest"), max_length=300, blank=True)
    declared_at = models.DateTimeField(_("declared"), null=True, blank=True)
    recommendation = models.CharField(
        _("recommendation"), max_length=5, choices=Recommendation.choices, blank=True
    )
    abstains = models.BooleanField(_("abstains"), default=False)
    for_panel = models.TextField(_("comment for the panel"), max_length=3000, blank=True)
    for_applicant = models.TextField(_("comment for the applicant"), max_length=3000, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    assigned_at = models.DateTimeField(_("assigned"), default=timezone.now)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    done_at = models.DateTimeField(_("done on"), null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["application", "assigned_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "reviewer"], name="review_once"),
            models.CheckConstraint(
                condition=Q(state="assigned", declared_at__isnull=True)
                | (~Q(state="assigned") & Q(declared_at__isnull=False)),
                name="review_declared_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.reviewer}"

    @property
    def is_unsure(self) -> bool:
        """The reviewer could not tell whether there is a conflict; staff say so."""
        return self.state == self.State.ASSIGNED and bool(self.conflict)

    @property
    def is_done(self) -> bool:
        return self.state == self.State.DONE


class Score(models.Model):
    """What a reviewer gives for one criterion; no row, or an empty value, is an abstention."""

    review = models.ForeignKey(
        Review, verbose_name=_("review"), on_delete=models.CASCADE, related_name="scores"
    )
    criterion = models.ForeignKey(
        Criterion, verbose_name=_("criterion"), on_delete=models.PROTECT, related_name="+"
    )
    value = models.PositiveSmallIntegerField(
        _("score"),
        null=True,
        blank=True,
        validators=[MinValueValidator(WORST), MaxValueValidator(BEST)],
    )

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["review", "criterion__order"]
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="score_once"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__range=(WORST, BEST)),
                name="score_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.value or '–'}"


class PanelNote(models.Model):
    """A word in the panel's discussion; only where scores differ much."""

    application = models.ForeignKey(
        Application,
        verbose_name=_("application"),
        on_delete=models.CASCADE,
        related_name="panel_notes",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    text = models.TextField(_("text"), max_length=2000)
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("note of the panel")
        verbose_name_plural = _("notes of the panel")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.application}: {self.at:%Y-%m-%d}"
