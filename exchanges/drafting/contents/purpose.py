"""Aim, topics and goals: a text in the section, topics and up to three goals in their tables."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ...models import ApplicationGoal, Section
from ..pieces import Piece
from .base import Content, Values

MOST_GOALS = 3
MOST_TOPICS = 5
ROW = ("goal", "target", "why")


def read(piece: Piece) -> Values:
    application = piece.application
    values: Values = {
        "aim": (piece.section.content if piece.section else {}).get("aim", ""),
        "topics": sorted(topic.pk for topic in application.topics.all()),
    }
    for row, goal in enumerate(application.goals.all()):
        found = (goal.goal_id, goal.target_id, goal.why)
        values |= {f"goals-{row}-{name}": v for name, v in zip(ROW, found, strict=True)}
    return values


def write(piece: Piece, section: Section, values: Values) -> None:
    section.content = {"aim": values["aim"]} if values.get("aim") else {}
    application = piece.application
    application.topics.set(values.get("topics") or [])
    application.goals.all().delete()
    for row in range(MOST_GOALS):
        goal, target, why = (values.get(f"goals-{row}-{name}") for name in ROW)
        if goal:
            ApplicationGoal.objects.create(
                application=application, goal_id=goal, target_id=target, why=why or "", order=row
            )


CONTENT = Content(
    read,
    write,
    lambda piece: ("aim", "topics", "goals-"),
    {"aim": _("aim"), "topics": _("topics"), "goals-": _("goals")},
)
