"""The handed-in reviews of one case side by side, for staff and for who handed in their own."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..models import Application, Criterion, PanelNote, Review
from . import scoring, standings
from .scoring import Standing

Cell = int | None


@dataclass(frozen=True)
class Line:
    """A review with its total and its score for each criterion, in their order."""

    review: Review
    total: Decimal | None
    scores: list[Cell]


@dataclass(frozen=True)
class Comparison:
    """Everything the panel has said about a case so far."""

    criteria: list[Criterion]
    lines: list[Line]
    standing: Standing
    notes: list[PanelNote]

    @property
    def median(self) -> Decimal | None:
        return scoring.rounded(self.standing.median)

    @property
    def spread(self) -> Decimal | None:
        return scoring.rounded(self.standing.spread)


def comparison(application: Application) -> Comparison:
    """Five statements for any number of reviews."""
    criteria = list(application.call.criteria.all())
    done = application.reviews.filter(state=Review.State.DONE)
    reviews = list(done.select_related("reviewer", "submission"))
    scores = standings.scores_of(review.pk for review in reviews)
    weights = {one.pk: one.weight for one in criteria}
    standing = scoring.standing([scores[review.pk] for review in reviews], weights)
    lines = [
        Line(review, scoring.rounded(total), [scores[review.pk].get(one.pk) for one in criteria])
        for review, total in zip(reviews, standing.totals, strict=True)
    ]
    notes = list(application.panel_notes.select_related("by"))
    return Comparison(criteria, lines, standing, notes)
