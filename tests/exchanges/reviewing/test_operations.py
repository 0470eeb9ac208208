"""Checking, assigning, declaring, writing and discussing: what is done and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from exchanges import actors
from exchanges.models import Application, FormalCheck, PanelNote, Review, Score
from exchanges.reviewing import operations
from exchanges.reviewing.operations import Choice
from journal.models import Entry
from mailing.models import Mail
from tests.exchanges.scenes import (
    as_office,
    as_staff,
    make_review,
    make_reviewer,
    make_submission,
    stamped,
)
from tests.factories import make_membership, make_staff

from .stage import by, in_days, make_case, make_done, make_open, scores

pytestmark = pytest.mark.django_db
State = Application.State


def refused(operation: Callable[..., Any], **arguments: Any) -> str:
    with pytest.raises(ValidationError) as refusal:
        operation(**arguments)
    return str(refusal.value.code)


def verbs() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


# the formal check -----------------------------------------------------------------------


def test_passing_the_check_starts_the_review_and_tells_the_assigned() -> None:
    case = make_case(state="checking")
    review = make_review(case, due_on=in_days(9))
    check = operations.start_review(application=case, note=" Passt. ", by=as_staff())
    case.refresh_from_db()
    assert (case.state, check.note, check.submission) == (
        State.REVIEWING,
        "Passt.",
        case.submissions.get(),
    )
    mail = Mail.objects.get()
    assert (mail.kind, mail.to) == ("exchanges.review_assigned", review.reviewer.email)
    assert case.title in mail.text
    assert verbs() == ["exchanges.checked"]


def test_a_check_is_passed_once_and_by_staff_alone() -> None:
    case = make_case(state="checking")
    actor = as_office(case)
    assert refused(operations.start_review, application=case, note="", by=actor) == "not_yours"
    operations.start_review(application=case, note="Passt.", by=as_staff())
    again = refused(operations.start_review, application=case, note="Passt.", by=as_staff())
    assert again == "not_now"
    assert FormalCheck.objects.count() == 1


def test_a_check_keeps_what_the_call_asks_for_and_did_not_get() -> None:
    case = make_case(state="checking")
    Application.objects.update(title="")
    check = operations.start_review(application=case, note="Titel folgt.", by=as_staff())
    assert check.failed == ["title", "lead_signed", "partner_signed"]


def test_what_is_missing_passes_only_with_a_reason() -> None:
    case = make_case(state="checking")
    arguments = {"application": case, "by": as_staff()}
    assert refused(operations.start_review, note="  ", **arguments) == "note"
    case.refresh_from_db()
    assert (case.state, FormalCheck.objects.count()) == (State.CHECKING, 0)
    check = operations.start_review(application=stamped(case), note="", by=as_staff())
    assert (check.failed, check.note) == ([], "")


# whom staff ask -------------------------------------------------------------------------


def assign(case: Application, *people: Any, days: int = 7) -> list[Review]:
    return operations.assign(
        application=case, reviewers=people, due_on=in_days(days), by=as_staff()
    )


def test_people_are_asked_once_and_told_at_once_under_review() -> None:
    case = make_case()
    one, other = make_reviewer(), make_reviewer()
    assert [review.reviewer for review in assign(case, one)] == [one]
    assert [review.reviewer for review in assign(case, one, other)] == [other]
    assert list(Mail.objects.values_list("to", flat=True).order_by("pk")) == [
        one.email,
        other.email,
    ]
    assert verbs() == ["exchanges.reviewer_assigned"] * 2


def test_before_the_check_nobody_is_told() -> None:
    assign(make_case(state="checking"), make_reviewer())
    assert (Review.objects.count(), Mail.objects.count()) == (1, 0)


def test_nobody_reviews_the_case_of_their_own_city() -> None:
    case = make_case()
    person, neighbour = make_reviewer(), make_reviewer(home_city=case.parties.all()[1].city)
    make_membership(person, case.parties.first().city, "reader")  # type: ignore[union-attr]
    for one in (person, neighbour):
        arguments = {"reviewers": [make_reviewer(), one], "due_on": in_days(3), "by": as_staff()}
        assert refused(operations.assign, application=case, **arguments) == "own_city"
    assert Review.objects.count() == 0


@pytest.mark.parametrize(
    ("people", "days", "code"),
    [
        (lambda: [], 1, "nobody"),
        (lambda: [make_reviewer()], -1, "past"),
        (lambda: [make_staff()], 1, "no_reviewer"),
        (lambda: [make_reviewer(is_active=False)], 1, "no_reviewer"),
    ],
)
def test_what_makes_no_assignment_is_refused(people: Any, days: int, code: str) -> None:
    arguments = {"reviewers": people(), "due_on": in_days(days), "by": as_staff()}
    assert refused(operations.assign, application=make_case(), **arguments) == code


def test_a_request_is_taken_back_before_the_declaration_only() -> None:
    case = make_case()
    (review,) = assign(case, make_reviewer())
    opened = make_open(case)
    operations.unassign(review=review, by=as_staff())
    operations.unassign(review=review, by=as_staff())
    assert Mail.objects.get().state == Mail.State.CANCELLED
    assert refused(operations.unassign, review=opened, by=as_staff()) == "declared"
    assert list(Review.objects.all()) == [opened]


def test_reminders_go_to_whose_review_is_missing_once_a_day() -> None:
    case = make_case()
    missing = [make_review(case), make_open(case)]
    make_done(case, 3, 3)
    make_review(case, state="recused")
    assert operations.remind(application=case, by=as_staff()) == 2
    assert operations.remind(application=case, by=as_staff()) == 0
    assert set(Mail.objects.values_list("to", flat=True)) == {m.reviewer.email for m in missing}
    assert verbs() == ["exchanges.reviewer_reminded"] * 2
    case.state = State.CHECKING
    case.save()
    assert operations.remind(application=case, by=as_staff()) == 0


# conflicts of interest ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "reason", "state"),
    [
        (Choice.NONE, "", Review.State.OPEN),
        (Choice.CONFLICT, "Freundschaft", Review.State.RECUSED),
        (Choice.UNSURE, "Früher dort", Review.State.ASSIGNED),
    ],
)
def test_a_declaration_says_what_follows(choice: Choice, reason: str, state: str) -> None:
    review = make_review(make_case())
    found = operations.declare(review=review, choice=choice, reason=reason, by=by(review))
    assert (found.state, found.conflict) == (state, reason)
    assert (found.declared_at is None) == (state == Review.State.ASSIGNED)
    assert verbs() == ["exchanges.conflict_declared"]


@pytest.mark.parametrize("choice", [Choice.CONFLICT, Choice.UNSURE])
def test_who_has_a_conflict_says_why(choice: Choice) -> None:
    review = make_review(make_case())
    arguments = {"review": review, "choice": choice, "reason": "  ", "by": by(review)}
    assert refused(operations.declare, **arguments) == "reason"


def test_a_declaration_is_made_once_by_oneself_and_under_review() -> None:
    case = make_case()
    review, other = make_review(case), make_review(case)
    none = {"choice": Choice.NONE, "reason": ""}
    assert refused(operations.declare, review=review, by=by(other), **none) == "not_yours"
    operations.declare(review=review, by=by(review), **none)
    assert refused(operations.declare, review=review, by=by(review), **none) == "not_yours"
    waiting = make_review(make_case(state="checking"))
    assert refused(operations.declare, review=waiting, by=by(waiting), **none) == "not_now"


def test_who_came_to_the_city_meanwhile_can_only_declare_a_conflict() -> None:
    case = make_case()
    review = make_review(case)
    make_membership(review.reviewer, case.parties.first().city)  # type: ignore[union-attr]
    none = {"review": review, "choice": Choice.NONE, "reason": "", "by": by(review)}
    assert refused(operations.declare, **none) == "own_city"
    operations.declare(**{**none, "choice": Choice.CONFLICT, "reason": "Neue Stelle"})


@pytest.mark.parametrize(("may_review", "state"), [(True, "open"), (False, "recused")])
def test_staff_settle_what_somebody_is_unsure_of(may_review: bool, state: str) -> None:
    review = make_review(make_case(), conflict="Früher dort")
    none = {"review": review, "choice": Choice.NONE, "reason": "", "by": by(review)}
    assert refused(operations.declare, **none) == "waits"
    found = operations.settle(review=review, may_review=may_review, by=as_staff())
    assert found.state == state
    assert Mail.objects.get().kind == "exchanges.review_settled"
    again = {"review": review, "may_review": may_review, "by": as_staff()}
    assert refused(operations.settle, **again) == "not_unsure"


def test_staff_do_not_settle_their_own_conflict() -> None:
    staff = make_staff()
    review = make_review(make_case(), staff, conflict="Früher dort")
    arguments = {"review": review, "may_review": True, "by": actors.of_staff(staff)}
    assert refused(operations.settle, **arguments) == "yourself"


@pytest.mark.parametrize("state", ["open", "done"])
def test_a_conflict_noticed_later_ends_the_review(state: str) -> None:
    review = make_review(make_case(), state=state)
    assert refused(operations.step_back, review=review, reason=" ", by=by(review)) == "reason"
    found = operations.step_back(review=review, reason="Schwager", by=by(review))
    assert (found.state, found.conflict) == (Review.State.RECUSED, "Schwager")
    assert refused(operations.step_back, review=review, reason="x", by=by(review)) == "not_yours"


# the panel ------------------------------------------------------------------------------


def test_a_case_far_apart_is_discussed_by_who_is_done_and_by_staff() -> None:
    case = make_case()
    done = make_done(case, 1, 3)
    make_done(case, 3, 3)
    for actor in (by(done), as_staff()):
        operations.discuss(application=case, text=" Warum? ", by=actor)
        operations.discuss(application=case, text="Warum?", by=actor)
    assert list(PanelNote.objects.values_list("text", flat=True)) == ["Warum?"] * 2


def test_close_scores_are_not_discussed() -> None:
    case = make_case()
    make_done(case, 2, 3)
    make_done(case, 3, 4)
    arguments = {"application": case, "text": "Warum?", "by": as_staff()}
    assert refused(operations.discuss, **arguments) == "close_together"


def test_who_is_not_done_does_not_discuss_staff_included() -> None:
    case = make_case()
    make_done(case, 1, 3)
    make_done(case, 3, 3)
    opened, staff = make_open(case), make_staff()
    make_open(case, staff)
    for actor in (by(opened), actors.of_staff(staff)):
        arguments = {"application": case, "text": "Warum?", "by": actor}
        assert refused(operations.discuss, **arguments) == "own_first"
    assert refused(operations.discuss, application=case, text=" ", by=as_staff()) == "empty"


# writing --------------------------------------------------------------------------------


def write(operation: Any, review: Review, *values: int | None, **changes: Any) -> Review:
    stored = Review.objects.select_related("application").get(pk=review.pk)
    for name, value in changes.items():
        setattr(stored, name, value)
    read = stored.application.submissions.first()
    return operation(
        review=stored, scores=scores(stored.application, *values), read=read.pk, by=by(review)
    )


def test_a_draft_may_lack_anything_and_is_changed_at_will() -> None:
    review = make_open(make_case())
    write(operations.save_draft, review, 4, for_panel="Gut")
    write(operations.save_draft, review, 2, None)
    review.refresh_from_db()
    assert (review.state, review.for_panel) == (Review.State.OPEN, "Gut")
    assert list(review.scores.values_list("value", flat=True)) == [2, None]
    assert verbs() == []


def test_a_review_is_handed_in_for_the_version_that_was_read_and_changed_later() -> None:
    case = make_case()
    review = make_open(case)
    write(operations.hand_in, review, 4, None, recommendation="yes")
    review.refresh_from_db()
    assert (review.state, review.submission) == (Review.State.DONE, case.submissions.get())
    first = review.done_at
    write(operations.hand_in, review, 5, 5)
    review.refresh_from_db()
    assert review.done_at == first
    assert verbs() == ["exchanges.review_done", "exchanges.review_changed"]
    again = {"scores": {}, "read": None, "by": by(review)}
    assert refused(operations.save_draft, review=review, **again) == "handed_in"


@pytest.mark.parametrize(
    ("values", "changes", "code"),
    [
        ((4,), {"recommendation": "yes"}, "scores"),
        ((4, 4), {}, "recommendation"),
    ],
)
def test_an_unfinished_review_is_not_handed_in(
    values: tuple[int, ...], changes: dict[str, str], code: str
) -> None:
    review = make_open(make_case())
    with pytest.raises(ValidationError) as refusal:
        write(operations.hand_in, review, *values, **changes)
    assert refusal.value.code == code
    assert Score.objects.count() == 0


def test_who_abstains_altogether_gives_no_score() -> None:
    review = make_open(make_case())
    write(operations.hand_in, review, 4, abstains=True)
    assert (Score.objects.count(), Review.objects.get().state) == (0, Review.State.DONE)


def test_a_version_handed_in_meanwhile_is_read_first() -> None:
    case = make_case()
    review = make_open(case)
    old = case.submissions.get()
    make_submission(case)
    review.recommendation = "yes"
    arguments = {"review": review, "scores": scores(case, 3, 3), "read": old.pk, "by": by(review)}
    assert refused(operations.hand_in, **arguments) == "newer_version"


def test_two_windows_do_not_overwrite_each_other() -> None:
    review = make_open(make_case())
    write(operations.save_draft, review, 4)
    arguments = {"review": review, "scores": {}, "read": None, "by": by(review)}
    assert refused(operations.save_draft, **arguments) == "conflict"


@pytest.mark.parametrize("state", [State.APPROVED, State.DECLINED, State.CHECKING])
def test_nothing_is_written_after_the_decision(state: str) -> None:
    case = make_case()
    review = make_done(case, 3, 3)
    Application.objects.filter(pk=case.pk).update(state=state)
    arguments = {"scores": {}, "read": None, "by": by(review)}
    assert refused(operations.hand_in, review=review, **arguments) == "not_now"


def test_who_is_recused_writes_nothing() -> None:
    review = make_review(make_case(), state="recused")
    arguments = {"review": review, "scores": {}, "read": None, "by": by(review)}
    assert refused(operations.save_draft, **arguments) == "not_yours"
    assert refused(operations.hand_in, **arguments) == "not_yours"


def test_what_was_taken_back_is_gone() -> None:
    review = make_review(make_case())
    actor = by(review)
    Review.objects.filter(pk=review.pk).delete()
    arguments = {"review": review, "choice": Choice.NONE, "reason": "", "by": actor}
    assert refused(operations.declare, **arguments) == "gone"
    assert refused(operations.settle, review=review, may_review=True, by=as_staff()) == "gone"
