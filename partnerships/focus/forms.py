"""Ranking topics and choosing goals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sdg.models import Goal, Topic

from ..folding import sort_key
from ..models import MOST_GOALS, MOST_TOPICS, WHY_LENGTH, TopicRound
from .boards import OpenRound

PLACES = tuple(f"place_{number}" for number in range(1, MOST_TOPICS + 1))


class RankingForm(forms.Form):
    """Up to five topics, one select for each place; gaps close by themselves.

    Hidden fields carry what the person saw: the round, and the version of the list.
    """

    number = forms.IntegerField(min_value=1, max_value=32_000, widget=forms.HiddenInput)
    seen_version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, open_round: OpenRound, topics: Iterable[Topic], **kwargs: Any):
        initial: dict[str, Any] = {"number": open_round.number, "seen_version": open_round.version}
        initial |= dict(zip(PLACES, (topic.pk for topic in open_round.own), strict=False))
        super().__init__(*args, initial={**initial, **kwargs.pop("initial", {})}, **kwargs)
        by_name = sorted(topics, key=lambda topic: sort_key(topic.name))
        self.names = {topic.pk: topic.name for topic in by_name}
        choices = [("", "–"), *self.names.items()]
        for number, name in enumerate(PLACES, 1):
            self.fields[name] = forms.TypedChoiceField(
                label=_("Place %(number)s") % {"number": number},
                choices=choices,
                coerce=int,
                required=False,
                empty_value=None,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        above: set[int] = set()
        for name in PLACES:
            topic = cleaned.get(name)
            if topic in above:
                self.add_error(
                    name, ValidationError(_("You placed this topic higher already."), code="twice")
                )
            elif topic:
                above.add(topic)
        return cleaned

    @property
    def topics(self) -> list[int]:
        """Primary keys in the order of the places."""
        found = [self.cleaned_data.get(name) for name in PLACES]
        return [topic for topic in found if topic]

    def refuse(self, refusal: ValidationError, stored: OpenRound | None) -> None:
        """Show why it was refused; after a conflict, beside each place what is stored now."""
        self.add_error(PLACES[0] if refusal.code == "empty" else None, refusal)
        if refusal.code != "conflict" or stored is None:
            return
        for name, topic in zip(PLACES, _padded([topic.pk for topic in stored.own]), strict=True):
            if self.cleaned_data.get(name) != topic:
                now = self.names.get(topic or 0, "–")
                self.add_error(name, _("Stored now: %s") % (now,))
        self.data = {**self.data.dict(), "seen_version": str(stored.version)}


def _padded(topics: Sequence[int]) -> list[int | None]:
    return [*topics, *[None] * (MOST_TOPICS - len(topics))]


class GoalsForm(forms.Form):
    """A goal is chosen by saying in one line why."""

    seen_version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, round: TopicRound, goals: Iterable[Goal], **kwargs: Any) -> None:
        self.stored = {link.goal_id: link.why for link in round.goals.all()}
        self.goals = list(goals)
        initial: dict[str, Any] = {_field(number): why for number, why in self.stored.items()}
        super().__init__(*args, initial={**initial, "seen_version": round.version}, **kwargs)
        for goal in self.goals:
            self.fields[_field(goal.pk)] = forms.CharField(
                label=str(goal), required=False, max_length=WHY_LENGTH
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = [goal for goal in self.goals if cleaned.get(_field(goal.pk))]
        for goal in chosen[MOST_GOALS:]:
            refusal = _("Please choose at most %(most)s goals.") % {"most": MOST_GOALS}
            self.add_error(_field(goal.pk), ValidationError(refusal, code="too_many"))
        return cleaned

    @property
    def whys(self) -> dict[int, str]:
        return {goal.pk: self.cleaned_data.get(_field(goal.pk), "") for goal in self.goals}

    def refuse(self, refusal: ValidationError, stored: TopicRound) -> None:
        """Show why it was refused; after a conflict, beside each goal what is stored now."""
        self.add_error(None, refusal)
        if refusal.code != "conflict":
            return
        now = {link.goal_id: link.why for link in stored.goals.all()}
        for goal in self.goals:
            if self.cleaned_data.get(_field(goal.pk), "") != now.get(goal.pk, ""):
                why = now.get(goal.pk, "–")
                self.add_error(_field(goal.pk), _("Stored now: %s") % (why,))
        self.data = {**self.data.dict(), "seen_version": str(stored.version)}


def _field(number: int) -> str:
    return f"why_{number}"
