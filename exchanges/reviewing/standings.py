"""Reviews with their scores, read from the database for the arithmetic of ``scoring``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ..models import Application, Criterion, Review, Score
from . import scoring
from .scoring import Standing


def weights_of(call: int) -> dict[int, int]:
    """Weight by the key of the call's criterion."""
    return dict(Criterion.objects.filter(call=call).order_by().values_list("pk", "weight"))


def scores_of(reviews: Iterable[int]) -> dict[int, dict[int, int | None]]:
    """Scores by criterion, by review; both given by their keys. One statement."""
    found: dict[int, dict[int, int | None]] = defaultdict(dict)
    rows = Score.objects.filter(review__in=reviews).order_by()
    for review, criterion, value in rows.values_list("review", "criterion", "value"):
        found[review][criterion] = value
    return found


def of_case(application: Application) -> Standing:
    """What the handed-in reviews of a case say together, in the order they were asked for."""
    done = Review.objects.filter(application=application, state=Review.State.DONE)
    pks = list(done.values_list("pk", flat=True))
    scores = scores_of(pks)
    return scoring.standing([scores[pk] for pk in pks], weights_of(application.call_id))
