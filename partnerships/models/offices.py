"""How people come to a role in a city's office, and to whom they leave it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mailing.links import new_public_id

from .places import City
from .posts import Membership, Position

#: How long an invitation to a colleague can be accepted.
INVITED_FOR = dt.timedelta(days=60)


def domains_of(email: str) -> set[str]:
    """The domain of an address and every one above it."""
    labels = email.rpartition("@")[2].lower().split(".")
    return {".".join(labels[start:]) for start in range(len(labels))}


class CityDomainQuerySet(models.QuerySet["CityDomain"]):
    def knows(self, city: City, email: str) -> bool:
        """Whether an address belongs to a domain of the city, or to one below it."""
        return self.filter(city=city, domain__in=domains_of(email)).exists()


class CityDomain(models.Model):
    """A municipal mail domain: who has an address there works for the city."""

    city = models.ForeignKey(
        City, verbose_name=_("city"), on_delete=models.CASCADE, related_name="domains"
    )
    domain = models.CharField(
        _("domain"),
        max_length=100,
        validators=[
            RegexValidator(
                r"^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}\Z",
                _("Write it in small letters and without “@” or “www”, for example darmstadt.de."),
            )
        ],
        help_text=_(
            "What stands after the “@”, for example darmstadt.de. Whoever confirms such an address "
            "may read and edit for the city at once. Never a public mail service."
        ),
    )

    objects = CityDomainQuerySet.as_manager()

    class Meta:
        verbose_name = _("municipal mail domain")
        verbose_name_plural = _("municipal mail domains")
        ordering = ["domain", "city"]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "domain"],
                name="city_domain_once",
                violation_error_message=_("The city has this domain already."),
            )
        ]

    def __str__(self) -> str:
        return self.domain


class RoleRequestQuerySet(models.QuerySet["RoleRequest"]):
    def open(self) -> RoleRequestQuerySet:
        """Those nobody has decided yet, the oldest first."""
        return self.filter(state=RoleRequest.State.OPEN).order_by("asked_at", "pk")

    def for_decision(self) -> RoleRequestQuerySet:
        """Open ones with all that is shown to those who decide."""
        return self.open().select_related("user", "city").prefetch_related("city__domains")

    def with_coordinator(self) -> RoleRequestQuerySet:
        """Add ``has_coordinator``: whether somebody in the city can decide."""
        coordinators = Membership.objects.coordinators().filter(city=models.OuterRef("city"))
        return self.annotate(has_coordinator=models.Exists(coordinators))


class RoleRequest(models.Model):
    """A person asked for a role in a city; a coordinator or staff decide, or the mail domain."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="role_requests",
    )
    city = models.ForeignKey(
        City, verbose_name=_("city"), on_delete=models.PROTECT, related_name="role_requests"
    )
    role = models.CharField(_("role"), max_length=12, choices=Membership.Role.choices)
    department = models.CharField(_("department"), max_length=120)
    reason = models.CharField(_("reason"), max_length=300)
    state = models.CharField(
        _("state"), max_length=9, choices=State.choices, default=State.OPEN, editable=False
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    answer = models.CharField(_("reason of the decision"), max_length=300, blank=True)

    objects = RoleRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a role")
        verbose_name_plural = _("requests for a role")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "city"], condition=Q(state="open"), name="role_request_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True)
                | (~Q(state="open") & Q(decided_at__isnull=False)),
                name="role_request_decided_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.city}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class OfficeInvitationQuerySet(models.QuerySet["OfficeInvitation"]):
    def open(self, at: dt.datetime) -> OfficeInvitationQuerySet:
        """Neither accepted nor taken back, and not too old."""
        return self.filter(
            accepted_at__isnull=True, ended_at__isnull=True, invited_at__gt=at - INVITED_FOR
        )


class OfficeInvitation(models.Model):
    """A colleague is invited to a role by address; accepting needs a code mailed there.

    The public id finds the page and opens nothing: whoever enters has proved the address.
    """

    city = models.ForeignKey(
        City, verbose_name=_("city"), on_delete=models.PROTECT, related_name="office_invitations"
    )
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=150, blank=True)
    role = models.CharField(_("role"), max_length=12, choices=Membership.Role.choices)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    invited_at = models.DateTimeField(_("invited"), default=timezone.now)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    ended_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = OfficeInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation to an office")
        verbose_name_plural = _("invitations to an office")
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "email"],
                condition=Q(accepted_at__isnull=True, ended_at__isnull=True),
                name="office_invitation_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}, {self.city}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

    @property
    def person(self) -> str:
        """As whoever invited wrote it."""
        return self.name or self.email

    def is_open(self, at: dt.datetime) -> bool:
        ended = self.accepted_at or self.ended_at
        return ended is None and self.invited_at > at - INVITED_FOR


class HandoverQuerySet(models.QuerySet["Handover"]):
    def waiting(self) -> HandoverQuerySet:
        """Those whose successor has not signed in yet."""
        found = self.filter(completed_at__isnull=True, invitation__isnull=False)
        return found.order_by("made_at", "pk")


class Handover(models.Model):
    """Somebody left an office and handed posts, cases and roles to a successor.

    ``department`` is what old links tell: never a person's name or address. The roles move when
    ``completed_at`` is set: at once for a colleague, at the first sign-in for a new address.
    """

    city = models.ForeignKey(
        City, verbose_name=_("city"), on_delete=models.PROTECT, related_name="handovers"
    )
    leaver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who leaves"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="handovers_made",
    )
    leaver_email = models.EmailField(_("former address"))
    successor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("successor"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="handovers_taken",
    )
    invitation = models.ForeignKey(
        OfficeInvitation,
        verbose_name=_("invitation of the successor"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="handovers",
    )
    department = models.CharField(_("department"), max_length=120)
    positions = models.ManyToManyField(
        Position, verbose_name=_("positions"), related_name="handovers", blank=True
    )
    cases = models.PositiveIntegerField(_("open cases"), default=0)
    last_day = models.DateField(_("last day"))
    made_at = models.DateTimeField(_("handed over"), default=timezone.now)
    completed_at = models.DateTimeField(_("roles moved"), null=True, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.department}, {self.city}"
