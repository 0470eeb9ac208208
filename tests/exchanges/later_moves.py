"""Actions after an application was handed in, each as one call; see ``moves``."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from exchanges.actors import Actor
from exchanges.deciding import operations as deciding
from exchanges.deciding.operations.drafting import Verdict, Wording
from exchanges.models import Complaint, Condition, Outcome, Review
from exchanges.pipeline import operations as desk
from exchanges.policies import Action
from exchanges.reviewing import operations as reviewing
from exchanges.reviewing.operations.declaring import Choice
from tests.factories import make_staff

from .scenes import make_decision, make_reviewer


def _draft_decision(scene: Any, by: Actor) -> Any:
    verdict = Verdict(Outcome.RESERVE, reason=Wording("Später.", "Later."))
    return lambda: deciding.draft_decision(
        application=scene.application, verdict=verdict, seen_version=None, by=by
    )


def _release(scene: Any, by: Actor) -> Any:
    decision = make_decision(scene.application, outcome="reserve", amount=0, reason_de="Später")
    return lambda: deciding.release(decision=decision, seen_version=decision.version, by=by)


def _tick(scene: Any, by: Actor) -> Any:
    condition = Condition.objects.create(decision=_decided(scene), text_de="Bericht")
    return lambda: deciding.tick(condition=condition, note="", by=by)


def _complain(scene: Any, by: Actor) -> Any:
    decision = _decided(scene)
    return lambda: deciding.complain(decision=decision, text="Nein", by=by)


def _answer_complaint(scene: Any, by: Actor) -> Any:
    complaint = Complaint.objects.create(decision=_decided(scene), party=scene.lead, text="Nein")
    return lambda: deciding.answer_complaint(complaint=complaint, answer="Doch", by=by)


def _decided(scene: Any) -> Any:
    return make_decision(scene.application, outcome="conditions", released_at=timezone.now())


def _transfer(scene: Any, by: Actor) -> Any:
    to = make_staff()
    return lambda: desk.transfer(application=scene.application, to=to, reason="", by=by)


def _start_review(scene: Any, by: Actor) -> Any:
    return lambda: reviewing.start_review(application=scene.application, note="Passt", by=by)


def _assign(scene: Any, by: Actor) -> Any:
    people, due_on = [make_reviewer()], timezone.localdate() + dt.timedelta(days=3)
    return lambda: reviewing.assign(
        application=scene.application, reviewers=people, due_on=due_on, by=by
    )


def _review_of(scene: Any, by: Actor) -> Review:
    """The actor's own review; somebody's where they have none."""
    own = scene.application.reviews.filter(reviewer=by.user).first() if by.user else None
    return own or Review.objects.get(pk=scene.review.pk)


def _declare(scene: Any, by: Actor) -> Any:
    review = _review_of(scene, by)
    return lambda: reviewing.declare(review=review, choice=Choice.NONE, reason="", by=by)


def _step_back(scene: Any, by: Actor) -> Any:
    review = _review_of(scene, by)
    return lambda: reviewing.step_back(review=review, reason="Bekannt", by=by)


def _review(scene: Any, by: Actor) -> Any:
    review = _review_of(scene, by)
    review.for_panel = "Gut"
    return lambda: reviewing.save_draft(review=review, scores={}, read=None, by=by)


LATER = {
    Action.DRAFT_DECISION: _draft_decision,
    Action.RELEASE: _release,
    Action.TICK: _tick,
    Action.COMPLAIN: _complain,
    Action.ANSWER_COMPLAINT: _answer_complaint,
    Action.TRANSFER: _transfer,
    Action.START_REVIEW: _start_review,
    Action.ASSIGN: _assign,
    Action.DECLARE: _declare,
    Action.STEP_BACK: _step_back,
    Action.REVIEW: _review,
}
