"""How the cities of a partnership agree on topics: private rankings, then one focus."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.versions import VersionedModel
from sdg.models import Goal, Topic

from .links import Partnership, Party
from .places import City

#: Topics that a city may rank.
MOST_TOPICS = 5
#: Goals that a focus names, so that each of them means something.
MOST_GOALS = 3
#: Characters of the line that says why.
WHY_LENGTH = 200


class TopicRoundQuerySet(models.QuerySet["TopicRound"]):
    def revealed(self) -> TopicRoundQuerySet:
        """The newest first."""
        return self.filter(revealed_at__isnull=False).order_by("-number")

    def with_focus(self) -> TopicRoundQuerySet:
        """Revealed ones in which the cities had a topic in common; the first one holds."""
        return self.revealed().filter(focus__isnull=False).distinct()


class TopicRound(VersionedModel):
    """One time that the cities choose; open until the last city has submitted its ranking.

    The version counts changes of the goals, which every city of the partnership may edit.
    """

    partnership = models.ForeignKey(
        Partnership,
        verbose_name=_("partnership"),
        on_delete=models.CASCADE,
        related_name="topic_rounds",
    )
    number = models.PositiveSmallIntegerField(_("number"))
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    opened_for = models.ForeignKey(
        City,
        verbose_name=_("opened by"),
        on_delete=models.PROTECT,
        related_name="opened_topic_rounds",
    )
    revealed_at = models.DateTimeField(_("revealed"), null=True, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False, editable=False)

    objects = TopicRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round of choosing topics")
        verbose_name_plural = _("rounds of choosing topics")
        ordering = ["partnership", "number"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "number"], name="topic_round_once"),
            models.UniqueConstraint(
                fields=["partnership"],
                condition=Q(revealed_at__isnull=True),
                name="one_open_topic_round",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partnership}: {self.number}"


class TopicRanking(VersionedModel):
    """A city's own list in a round. Until the round is revealed nobody else sees what is in it."""

    round = models.ForeignKey(
        TopicRound, verbose_name=_("round"), on_delete=models.CASCADE, related_name="rankings"
    )
    party = models.ForeignKey(
        Party, verbose_name=_("city"), on_delete=models.CASCADE, related_name="topic_rankings"
    )
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)

    class Meta:
        verbose_name = _("ranking of topics")
        verbose_name_plural = _("rankings of topics")
        ordering = ["round", "party__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "party"], name="topic_ranking_once")
        ]

    def __str__(self) -> str:
        return f"{self.round}, {self.party}"


class TopicChoice(models.Model):
    """A topic in a city's list; 1 is the most important."""

    ranking = models.ForeignKey(
        TopicRanking, verbose_name=_("ranking"), on_delete=models.CASCADE, related_name="choices"
    )
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="choices"
    )
    rank = models.PositiveSmallIntegerField(
        _("rank"), validators=[MinValueValidator(1), MaxValueValidator(MOST_TOPICS)]
    )

    class Meta:
        verbose_name = _("chosen topic")
        verbose_name_plural = _("chosen topics")
        ordering = ["ranking", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["ranking", "topic"], name="topic_choice_once"),
            models.UniqueConstraint(fields=["ranking", "rank"], name="topic_rank_once"),
            models.CheckConstraint(
                condition=Q(rank__gte=1, rank__lte=MOST_TOPICS), name="topic_rank_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.topic}"


class FocusTopic(models.Model):
    """A topic that every city chose in a round; 1 comes first."""

    round = models.ForeignKey(
        TopicRound, verbose_name=_("round"), on_delete=models.CASCADE, related_name="focus"
    )
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="focus_links"
    )
    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        verbose_name = _("topic of the agreed focus")
        verbose_name_plural = _("topics of the agreed focus")
        ordering = ["round", "order"]
        constraints = [
            models.UniqueConstraint(fields=["round", "topic"], name="focus_topic_once"),
            models.UniqueConstraint(fields=["round", "order"], name="focus_order_once"),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.topic}"


class FocusGoal(models.Model):
    """A goal of the 2030 Agenda that an agreed focus serves, and in one line why."""

    round = models.ForeignKey(
        TopicRound, verbose_name=_("round"), on_delete=models.CASCADE, related_name="goals"
    )
    goal = models.ForeignKey(
        Goal, verbose_name=_("goal"), on_delete=models.CASCADE, related_name="focus_links"
    )
    why = models.CharField(_("why"), max_length=WHY_LENGTH)
    language = models.CharField(_("language"), max_length=2)

    class Meta:
        verbose_name = _("goal of the agreed focus")
        verbose_name_plural = _("goals of the agreed focus")
        ordering = ["round", "goal"]
        constraints = [
            models.UniqueConstraint(fields=["round", "goal"], name="focus_goal_once"),
            models.CheckConstraint(condition=~Q(why=""), name="focus_goal_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.goal}: {self.why}"
