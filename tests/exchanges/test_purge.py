"""What applications lose in time, what stays, and what becomes of a reviewer's account."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from accounts.models import User
from exchanges.emptying import EMPTIED, empty_decided, settled_before
from exchanges.models import (
    Application,
    ApplicationGoal,
    Complaint,
    Condition,
    FormalCheck,
    Letter,
    PanelNote,
    Review,
    Reviewer,
    Score,
    Section,
    Submission,
)
from exchanges.personal_data import PERSONAL, forget_names, forget_reviewers, forget_reviews
from privacy import purge
from tests.factories import make_goal, make_staff, make_user

from .drafting.browsers import in_office
from .reviewing.stage import make_case, make_done
from .scenes import (
    complete,
    make_application,
    make_decision,
    make_question,
    make_review,
    make_reviewer,
    make_sign_off,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2031, 3, 17, 12, tzinfo=dt.UTC)
LEFT = pytest.mark.parametrize(("days", "left"), [(1826, True), (1827, False)])


def ago(days: int) -> dt.datetime:
    return NOW - dt.timedelta(days=days)


def decided(days: int) -> Application:
    """Something in every field that goes; decided so many days ago, started long before."""
    person = make_user()
    case = complete(make_application(state="checking", created_at=ago(5000)))
    make_question(case, asked_by=person)
    lead, partner = case.parties.all()
    case.hosts.update(function="Frau Muster")
    case.lines.update(text="Flug von Frau Muster")
    ApplicationGoal.objects.create(application=case, goal=make_goal(), why="Wegen Herrn Muster")
    make_sign_off(lead, cancelled_because="Titel", cancelled_at=ago(days))
    make_sign_off(partner, is_waived=True, reason="Krank")
    texts = {"reason_de": "Gut", "reason_en": "Good", "internal_reason": "Knapp"}
    by = {"drafted_by": person, "released_by": person, "released_at": ago(days)}
    decision = make_decision(case, outcome="conditions", **texts, **by)
    conditions = {"text_de": "Frau Muster fährt mit", "text_en": "She comes along"}
    Condition.objects.create(decision=decision, note="Ja", met_by=person, **conditions)
    Letter.objects.create(decision=decision, party=lead, language="de", subject="x", body="y")
    answer = {"answer": "Nein", "answered_at": ago(days), "answered_by": person}
    Complaint.objects.create(decision=decision, party=lead, text="Doch", by=person, **answer)
    values = {"extended_because": "Krank", "withdrawn_because": "Wahl", "handled_by": person}
    Application.objects.filter(pk=case.pk).update(state="conditions", **values)
    return case


def counts(case: Application) -> list[int]:
    """How many rows the case has in every table that is emptied."""
    return [
        table.objects.filter(**{way or "pk": case.pk}).count() for table, way, _fields in EMPTIED
    ]


def texts(case: Application) -> set[Any]:
    """All that stands in the fields that are emptied."""
    return {
        value
        for table, way, fields in EMPTIED
        for row in table.objects.filter(**{way or "pk": case.pk}).values_list(*fields)
        for value in row
    }


@LEFT
def test_words_and_posts_go_five_years_after_the_decision(days: int, left: bool) -> None:
    case = decided(days)
    before, rows = texts(case), counts(case)
    assert all(rows)
    due = empty_decided(NOW, dry_run=True)
    assert (due > 0, texts(case)) == (not left, before)
    assert empty_decided(NOW, dry_run=False) == due
    assert texts(case) == (before if left else {"", None, "–"})
    assert counts(case) == rows
    assert empty_decided(NOW, dry_run=False) == 0


def test_counts_and_states_of_an_emptied_case_stay() -> None:
    case = decided(1827)
    empty_decided(NOW, dry_run=False)
    case.refresh_from_db()
    assert (case.state, case.title) == ("conditions", "Schwammstadt lernen")
    decision = case.decisions.get()
    assert (decision.outcome, decision.amount) == ("conditions", 4_000)
    assert (case.lines.get().persons, case.travellers.count(), case.hosts.count()) == (2, 2, 1)
    assert Complaint.objects.get().answered_at == ago(1827)


def test_the_pages_of_an_emptied_case_open_and_its_letter_is_gone() -> None:
    case = decided(1827)
    client, address = in_office(case)
    letter = f"{address}letters/{Letter.objects.get().pk}/"
    assert letter in client.get(address).content.decode()
    assert client.get(letter).status_code == 200
    empty_decided(NOW, dry_run=False)
    page = client.get(address)
    assert (page.status_code, letter in page.content.decode()) == (200, False)
    assert client.get(letter).status_code == 404
    staff = Client()
    staff.force_login(make_staff())
    assert staff.get(f"/staff/exchanges/{case.ref}/").status_code == 200


def test_every_field_that_is_promised_to_go_with_the_decision_is_emptied() -> None:
    """The inventory's promise against the table."""
    promised = {
        name for name, entry in PERSONAL.items() if "5 years after the decision" in entry.until
    }
    emptied = {
        f"{table.__name__}.{field.removesuffix('_de').removesuffix('_en')}"
        for table, _way, fields in EMPTIED
        for field in fields
    }
    assert promised - emptied == set()


def test_a_later_decision_counts_and_without_one_the_start() -> None:
    again = decided(3000)
    make_decision(again, outcome="declined", released_at=ago(100))
    old = make_application(created_at=ago(1827), state="withdrawn")
    make_application(created_at=ago(1826), state="withdrawn")
    assert list(settled_before(ago(1826))) == [old]


@LEFT
def test_saved_names_and_frozen_versions_go_five_years_after_the_start(
    days: int, left: bool
) -> None:
    case = make_case(created_at=ago(days))
    Section.objects.filter(application=case).update(saved_name="Anna")
    assert (forget_names(NOW, dry_run=True) > 0) is not left
    forget_names(NOW, dry_run=False)
    version = Submission.objects.get()
    assert (bool(version.content), version.number, len(version.sha256)) == (left, 1, 64)
    assert Section.objects.filter(saved_name="Anna").exists() is left
    assert forget_names(NOW, dry_run=False) == 0


@LEFT
def test_comments_of_reviews_and_the_panel_s_notes_go_and_scores_stay(
    days: int, left: bool
) -> None:
    case = make_case(created_at=ago(days))
    said = {"for_panel": "Gut", "for_applicant": "Weiter so", "conflict": "Nein"}
    review = make_done(case, 4, 5, assigned_by=make_user(), **said)
    PanelNote.objects.create(application=case, text="Warum?")
    FormalCheck.objects.create(application=case, failed=["title"], note="Folgt", by=make_user())
    assert forget_reviews(NOW, dry_run=True) == (0 if left else 3)
    assert forget_reviews(NOW, dry_run=False) == (0 if left else 3)
    review.refresh_from_db()
    assert [bool(getattr(review, name)) for name in said] == [left] * 3
    assert bool(review.assigned_by) is left
    assert (review.state, review.recommendation) == ("done", "yes")
    assert sorted(Score.objects.values_list("value", flat=True)) == [4, 5]
    assert PanelNote.objects.exists() is left
    check = FormalCheck.objects.get()
    assert (bool(check.note), bool(check.by), check.failed) == (left, left, ["title"])
    assert forget_reviews(NOW, dry_run=False) == 0


# accounts of reviewers ------------------------------------------------------------------


def test_a_former_reviewer_s_account_is_anonymised_and_the_review_stays() -> None:
    case = make_case()
    review = make_done(case, 4, 5, for_panel="Gut")
    former = review.reviewer
    User.objects.filter(pk=former.pk).update(last_login=timezone.now() - dt.timedelta(days=731))
    done = purge.run(at=timezone.now())
    assert (done["accounts.inactive"], done["exchanges.reviewers"]) == (1, 1)
    review.refresh_from_db()
    assert (review.reviewer_id, review.state, review.for_panel) == (former.pk, "done", "Gut")
    assert review.reviewer.is_anonymised
    assert not Reviewer.objects.exists()
    staff = Client()
    staff.force_login(make_staff())
    html = staff.get(f"/staff/exchanges/{case.ref}/").content.decode()
    assert former.email not in html
    assert "Gut" in html


def test_reviewers_with_an_account_stay_on_the_list() -> None:
    make_reviewer()
    assert forget_reviewers(NOW, dry_run=True) == forget_reviewers(NOW, dry_run=False) == 0
    assert Reviewer.objects.count() == 1


@pytest.mark.parametrize("is_listed", [True, False])
def test_who_is_asked_to_review_and_never_signed_in_keeps_the_account(is_listed: bool) -> None:
    """On the list, or taken off it again: the review that names them holds the account."""
    person = make_reviewer()
    make_review(make_case(), person)
    User.objects.filter(pk=person.pk).update(date_joined=timezone.now() - dt.timedelta(days=30))
    EmailAddress.objects.create(user=person, email=person.email, verified=False)
    if not is_listed:
        Reviewer.objects.all().delete()
    assert purge.run(at=timezone.now())["accounts.unconfirmed"] == 0
    assert Review.objects.get().reviewer == person
