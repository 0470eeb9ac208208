"""Aim, topics, and up to three goals with one line of why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partnerships.choosing import topics_by_name
from sdg.models import Goal, Target

from ..contents.purpose import MOST_GOALS, MOST_TOPICS
from .base import Group, LongText, OneLine, PartForm
from .basics import choice


class PurposeForm(PartForm):
    aim = LongText(label=_("What the exchange shall achieve"))
    topics = forms.TypedMultipleChoiceField(
        label=_("Topics"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )

    def build(self) -> None:
        topics: Any = self.fields["topics"]
        topics.help_text = _("At most %(most)s.") % {"most": MOST_TOPICS}
        topics.choices = topics_by_name()
        goals = list(Goal.objects.first_things_first())
        self.targets = {target.pk: target for target in Target.objects.all()}
        by_goal = [
            (str(goal), [(t.pk, str(t)) for t in self.targets.values() if t.goal_id == goal.pk])
            for goal in goals
        ]
        for row in range(MOST_GOALS):
            self.fields[f"goals-{row}-goal"] = choice(_("Goal"), [(g.pk, str(g)) for g in goals])
            self.fields[f"goals-{row}-target"] = choice(_("Target"), by_goal)
            self.fields[f"goals-{row}-why"] = OneLine(label=_("Why, in one line"), max_length=200)

    def groups(self) -> list[Group]:
        rows = [
            Group(
                _("Goal %(number)s of the 2030 Agenda") % {"number": row + 1},
                [self[f"goals-{row}-{name}"] for name in ("goal", "target", "why")],
            )
            for row in range(MOST_GOALS)
        ]
        return [Group("", [self["aim"], self["topics"]]), *rows]

    def clean_topics(self) -> list[int]:
        chosen = sorted(self.cleaned_data["topics"])
        if len(chosen) > MOST_TOPICS:
            raise ValidationError(
                _("Please choose at most %(most)s topics."),
                code="too_many",
                params={"most": MOST_TOPICS},
            )
        return chosen

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        above: set[int] = set()
        for row in range(MOST_GOALS):
            goal, target, why = (cleaned.get(f"goals-{row}-{n}") for n in ("goal", "target", "why"))
            self._check_row(row, goal, target, why)
            if goal in above:
                self._refuse(row, "goal", _("You chose this goal above already."), "twice")
            elif goal:
                above.add(goal)
        return cleaned

    def _check_row(self, row: int, goal: int | None, target: int | None, why: Any) -> None:
        if not goal and (target or why):
            self._refuse(row, "goal", _("Please choose the goal, too."), "missing")
        elif target and self.targets[target].goal_id != goal:
            belongs = self.targets[target]
            told = _("Target %(code)s belongs to goal %(goal)s.")
            self._refuse(
                row, "target", told % {"code": belongs.code, "goal": belongs.goal_id}, "other"
            )

    def _refuse(self, row: int, name: str, sentence: Any, code: str) -> None:
        self.add_error(f"goals-{row}-{name}", ValidationError(sentence, code=code))
