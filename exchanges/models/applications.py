"""Applications: one case owned by the offices of all its cities."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.versions import VersionedModel
from partnerships.models import City, Commitment, Partnership
from sdg.models import Goal, Target, Topic

from .calls import Call


class ApplicationQuerySet(models.QuerySet["Application"]):
    def of_city(self, city: City) -> ApplicationQuerySet:
        """The cases a city's office works on."""
        return self.filter(parties__city=city)

    def handed_in(self) -> ApplicationQuerySet:
        """Everything staff and reviewers may see: not the drafts."""
        return self.exclude(submitted_at__isnull=True)


class Application(VersionedModel):
    """A joint application for an exchange. ``ref`` is its name in addresses, e.g. ``2026-007``.

    ``state`` moves only by ``exchanges.states.move``; who may do what when stands in
    ``exchanges.policies``. Dates are whole days; ``starts_on`` is the day of departure.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        CHECKING = "checking", _("formal check")
        INFORMATION = "information", _("information asked for")
        REVIEWING = "reviewing", _("under review")
        APPROVED = "approved", _("approved")
        CONDITIONS = "conditions", _("approved with conditions")
        RESERVE = "reserve", _("on the reserve list")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Format(models.TextChoices):
        IN_PERSON = "in_person", _("in person")
        VIRTUAL = "virtual", _("virtual")

    ref = models.SlugField(_("reference"), max_length=12, unique=True)
    call = models.ForeignKey(
        Call, verbose_name=_("call"), on_delete=models.PROTECT, related_name="applications"
    )
    partnership = models.ForeignKey(
        Partnership,
        verbose_name=_("partnership"),
        on_delete=models.PROTECT,
        related_name="applications",
    )
    state = models.CharField(_("state"), max_length=11, choices=State.choices, default=State.DRAFT)
    title = models.CharField(_("title"), max_length=200, blank=True)
    format = models.CharField(
        _("format"), max_length=9, choices=Format.choices, default=Format.IN_PERSON
    )
    destination = models.ForeignKey(
        City,
        verbose_name=_("city to be visited"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    topics = models.ManyToManyField(
        Topic, verbose_name=_("topics"), blank=True, related_name="applications"
    )
    commitment = models.ForeignKey(
        Commitment,
        verbose_name=_("commitment it follows from"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="applications",
    )
    own_share = models.DecimalField(
        _("own share of the cities, in euros"), max_digits=9, decimal_places=2, default=0
    )
    self_check = models.JSONField(_("answers of the self-check"), default=dict, blank=True)
    created_at = models.DateTimeField(_("started"), default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True, editable=False)
    extended_until = models.DateTimeField(_("deadline extended until"), null=True, blank=True)
    extended_because = models.CharField(_("reason"), max_length=300, blank=True)
    withdrawn_because = models.CharField(_("reason to withdraw"), max_length=300, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("handled by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="applications_handled",
    )
    answer_due_on = models.DateField(_("decision due"), null=True, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=models.F("starts_on")),
                name="application_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(own_share__gte=0), name="application_share_positive"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(submitted_at__isnull=False),
                name="application_submitted_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}".strip()

    @property
    def name(self) -> str:
        """What people call it: its title, else the partnership's."""
        return self.title or str(self.partnership)

    @property
    def is_virtual(self) -> bool:
        return self.format == self.Format.VIRTUAL

    @property
    def days(self) -> int:
        """Length of the visit in days, both included; 0 while a date is missing."""
        if not (self.starts_on and self.ends_on):
            return 0
        return (self.ends_on - self.starts_on).days + 1

    def deadline(self) -> dt.datetime | None:
        """Until when it can be submitted: the call's end, or the later one staff granted."""
        ends = [one for one in (self.call.closes_at, self.extended_until) if one]
        return max(ends) if ends and self.call.closes_at else None

    def accepts(self, at: dt.datetime) -> bool:
        """Whether a submission that arrives at that moment is in time."""
        extended = self.extended_until is not None and at < self.extended_until
        return extended or self.call.accepts(at)


class ApplicationParty(models.Model):
    """A city of the application; exactly one leads and submits."""

    application = models.ForeignKey(
        Application,
        verbose_name=_("application"),
        on_delete=models.CASCADE,
        related_name="parties",
    )
    city = models.ForeignKey(
        City, verbose_name=_("city"), on_delete=models.PROTECT, related_name="application_parties"
    )
    is_lead = models.BooleanField(_("submits"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("city of an application")
        verbose_name_plural = _("cities of an application")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "city"], name="application_city_once"),
            models.UniqueConstraint(
                fields=["application"], condition=Q(is_lead=True), name="application_one_lead"
            ),
        ]

    def __str__(self) -> str:
        return self.city.name


class Section(models.Model):
    """A part of the application that is edited and saved on its own.

    ``key`` names it in ``exchanges.sections.SECTIONS``; ``party`` is the city whose part it is,
    empty for a joint one. ``content`` holds its free texts by field; structured rows (travellers,
    budget …) have tables of their own, whose edits raise ``version``, too.
    """

    application = models.ForeignKey(
        Application,
        verbose_name=_("application"),
        on_delete=models.CASCADE,
        related_name="sections",
    )
    key = models.CharField(_("section"), max_length=15)
    party = models.ForeignKey(
        ApplicationParty,
        verbose_name=_("city"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="sections",
    )
    content = models.JSONField(_("texts"), default=dict, blank=True)
    version = models.PositiveIntegerField(_("version"), default=0)
    saved_at = models.DateTimeField(_("saved"), null=True, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    saved_name = models.CharField(_("saved by"), max_length=150, blank=True)
    saved_city = models.ForeignKey(
        City,
        verbose_name=_("city of who saved"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    saved_from = models.CharField(
        _("page that saved last"), max_length=16, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("section of an application")
        verbose_name_plural = _("sections of an application")
        ordering = ["application", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "key", "party"], name="section_once"),
            models.UniqueConstraint(
                fields=["application", "key"],
                condition=Q(party__isnull=True),
                name="joint_section_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.key}"


class ApplicationGoal(models.Model):
    """A goal of the 2030 Agenda, perhaps one of its targets, and one line of why."""

    application = models.ForeignKey(
        Application,
        verbose_name=_("application"),
        on_delete=models.CASCADE,
        related_name="goals",
    )
    goal = models.ForeignKey(
        Goal, verbose_name=_("goal"), on_delete=models.PROTECT, related_name="+"
    )
    target = models.ForeignKey(
        Target,
        verbose_name=_("target"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    why = models.CharField(_("why"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("goal of an application")
        verbose_name_plural = _("goals of an application")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "goal"], name="application_goal_once")
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.goal}"
