"""Handing in: stamps of the cities, frozen versions, questions of the staff."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .applications import Application, ApplicationParty
from .links import WorkLink


class SignOffQuerySet(models.QuerySet["SignOff"]):
    def standing(self) -> SignOffQuerySet:
        """Stamps that hold: nobody changed the city's part since."""
        return self.filter(cancelled_at__isnull=True)


class SignOff(models.Model):
    """A city's stamp on its part: by a signatory, or waived by staff with a reason.

    ``fingerprint`` is the hash of what the city signed (``exchanges.submitting.parts``); a later
    edit of its part cancels the stamp and says what changed.
    """

    party = models.ForeignKey(
        ApplicationParty, verbose_name=_("city"), on_delete=models.CASCADE, related_name="sign_offs"
    )
    at = models.DateTimeField(_("signed"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    link = models.ForeignKey(
        WorkLink,
        verbose_name=_("link"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    name = models.CharField(_("name"), max_length=150, blank=True)
    office = models.CharField(_("office held"), max_length=150, blank=True)
    fingerprint = models.CharField(max_length=64)
    is_waived = models.BooleanField(_("waived by staff"), default=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancelled_because = models.CharField(_("what changed"), max_length=300, blank=True)

    objects = SignOffQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["party"], condition=Q(cancelled_at__isnull=True), name="sign_off_once"
            ),
            models.CheckConstraint(
                condition=Q(is_waived=False) | ~Q(reason=""), name="waiver_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.at:%Y-%m-%d}"


class Submission(models.Model):
    """A numbered version as it was handed in; ``sha256`` is the hash of ``content``."""

    application = models.ForeignKey(
        Application,
        verbose_name=_("application"),
        on_delete=models.CASCADE,
        related_name="submissions",
    )
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(_("content"))
    sha256 = models.CharField(_("hash"), max_length=64)
    at = models.DateTimeField(_("submitted"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("submitted version")
        verbose_name_plural = _("submitted versions")
        ordering = ["application", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="submission_once")
        ]

    def __str__(self) -> str:
        return f"{self.application}, {self.number}"


class InformationRequest(models.Model):
    """Staff ask for more: the named sections open again until they are handed in anew."""

    application = models.ForeignKey(
        Application,
        verbose_name=_("application"),
        on_delete=models.CASCADE,
        related_name="questions",
    )
    sections = models.JSONField(_("sections that open again"), default=list)
    message = models.TextField(_("question"))
    due_on = models.DateField(_("answer by"))
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    returns_to = models.CharField(
        _("state it came from"), max_length=11, choices=Application.State.choices
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("request for information")
        verbose_name_plural = _("requests for information")
        ordering = ["application", "-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(answered_at__isnull=True),
                name="one_open_question",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.asked_at:%Y-%m-%d}"
