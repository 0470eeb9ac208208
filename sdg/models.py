"""The 2030 Agenda as reference data, and UDE's own layer of topics."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

#: Goals that matter most in city diplomacy; they come first in every list.
FIRST_GOALS = (11, 16, 17)


class GoalQuerySet(models.QuerySet["Goal"]):
    def first_things_first(self) -> GoalQuerySet:
        """Goals 11, 16 and 17 before the others."""
        first = models.Case(
            models.When(number__in=FIRST_GOALS, then=0),
            default=1,
            output_field=models.IntegerField(),
        )
        return self.order_by(first, "number")


class Goal(models.Model):
    """One of the 17 Sustainable Development Goals (UN General Assembly, A/RES/70/1)."""

    class Dimension(models.TextChoices):
        PEOPLE = "people", _("People")
        PLANET = "planet", _("Planet")
        PROSPERITY = "prosperity", _("Prosperity")
        PEACE = "peace", _("Peace")
        PARTNERSHIP = "partnership", _("Partnership")

    number = models.PositiveSmallIntegerField(
        _("number"),
        primary_key=True,
        validators=[MinValueValidator(1), MaxValueValidator(17)],
    )
    title = models.CharField(_("title"), max_length=100)
    colour = models.CharField(
        _("colour"), max_length=7, help_text=_("Official colour, as #RRGGBB.")
    )
    dimension = models.CharField(_("dimension"), max_length=12, choices=Dimension.choices)

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("goal", args=[self.number])


class Target(models.Model):
    """One of the 169 targets of the 2030 Agenda, with a short label of our own."""

    code = models.CharField(_("code"), max_length=5, unique=True)
    goal = models.ForeignKey(
        Goal, verbose_name=_("goal"), on_delete=models.CASCADE, related_name="targets"
    )
    label = models.CharField(_("short label"), max_length=200)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["goal", "sort_order"]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


class Topic(models.Model):
    """A focus cities can work on together, mapped to goals; UDE's own layer."""

    slug = models.SlugField(_("short name for the address"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    other_names = models.TextField(
        _("other spellings"),
        blank=True,
        help_text=_("One per line, German and English. The search finds the topic by each."),
    )
    description = models.CharField(_("description"), max_length=300, blank=True)
    goals = models.ManyToManyField(Goal, verbose_name=_("goals"), related_name="topics")

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.slug])

    @property
    def spellings(self) -> list[str]:
        """Further words for it, in any language."""
        return [line.strip() for line in self.other_names.splitlines() if line.strip()]
