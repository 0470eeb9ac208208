"""Posts, not persons: positions in a city, who holds them, and who signs in for a city."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.versions import VersionedModel

from .bodies import Department, Office, Organisation
from .places import City


class PositionQuerySet(models.QuerySet["Position"]):
    def active(self) -> PositionQuerySet:
        return self.filter(is_active=True)


class Position(VersionedModel):
    """A function in a city or organisation. Mail goes to the position; holders come and go."""

    city = models.ForeignKey(
        City,
        verbose_name=_("city"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="positions",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="positions",
        help_text=_("Instead of a city, for an embassy, a network and the like."),
    )
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="positions",
    )
    office = models.ForeignKey(
        Office,
        verbose_name=_("office held"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="positions",
    )
    title = models.CharField(
        _("function"),
        max_length=120,
        blank=True,
        help_text=_("Only where department and office do not say it."),
    )
    email = models.EmailField(
        _("e-mail address"),
        blank=True,
        help_text=_("A shared mailbox of the office is welcome."),
    )
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="de"
    )
    is_active = models.BooleanField(_("active"), default=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False, editable=False)

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["city__sort_key", "office__rank", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(city__isnull=False, organisation__isnull=True)
                | models.Q(city__isnull=True, organisation__isnull=False),
                name="position_in_city_or_organisation",
                violation_error_message=_("Choose either a city or an organisation."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.function}, {self.place}"

    @property
    def function(self) -> str:
        """What the post is, in the reader's language."""
        if self.title:
            return self.title
        named = self.office or self.department
        if isinstance(named, Office):
            return named.title
        return named.name if named else str(_("Contact"))

    @property
    def place(self) -> str:
        return (self.city.name if self.city else "") or str(self.organisation or "")


class HolderQuerySet(models.QuerySet["Holder"]):
    def current(self, on: date) -> HolderQuerySet:
        """Who holds their position on that day."""
        return self.filter(
            models.Q(since__isnull=True) | models.Q(since__lte=on),
            models.Q(until__isnull=True) | models.Q(until__gte=on),
        )


class Holder(models.Model):
    """A person in a position, from–to."""

    position = models.ForeignKey(
        Position, verbose_name=_("position"), on_delete=models.CASCADE, related_name="holders"
    )
    name = models.CharField(_("name"), max_length=150, help_text=_("As the person writes it."))
    salutation = models.CharField(
        _("salutation"),
        max_length=200,
        blank=True,
        help_text=_("The whole line, for example “Sehr geehrte Frau Dr. Beispiel,”."),
    )
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = HolderQuerySet.as_manager()

    class Meta:
        verbose_name = _("holder")
        verbose_name_plural = _("holders")
        ordering = ["-since", "-pk"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.since and self.until and self.until < self.since:
            raise ValidationError(
                {"until": _("The end lies before the beginning.")}, code="until_before_since"
            )

    @property
    def is_current(self) -> bool:
        today = timezone.localdate()
        return (not self.since or self.since <= today) and (not self.until or self.until >= today)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def coordinators(self) -> MembershipQuerySet:
        """Those who decide in their city: people who can still sign in."""
        return self.filter(role=Membership.Role.COORDINATOR, user__is_active=True)


class Membership(models.Model):
    """A signed-in person's role in a city's office."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("coordinator")
        SIGNATORY = "signatory", _("signatory")
        EDITOR = "editor", _("editor")
        READER = "reader", _("reader")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    city = models.ForeignKey(
        City, verbose_name=_("city"), on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    created_at = models.DateTimeField(_("since"), default=timezone.now)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["city", "user"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "city", "role"],
                name="membership_once",
                violation_error_message=_("This person already has this role in the city."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.city}"
