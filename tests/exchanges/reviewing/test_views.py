"""The pages of reviewers and the staff's page of a case."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from exchanges.models import Application, FormalCheck, PanelNote, Review
from exchanges.reviewing.staff_blocks import BLOCKS
from exchanges.staff_page import Block, blocks
from mailing.models import Mail
from mailing.registry import Links, Stale, kind_of
from partnerships.models import CityDomain
from tests.exchanges.scenes import make_application, make_review, make_reviewer, make_submission
from tests.factories import make_membership, make_staff

from .stage import SECRET, in_days, make_case, make_done, make_open, signed_in

pytestmark = pytest.mark.django_db
State = Review.State


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def own(review: Review) -> str:
    return f"/en/reviews/{review.application.ref}/"


def staffs(case: Application, what: str = "") -> str:
    return f"/en/staff/exchanges/{case.ref}/{what}"


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make_staff())
    return client


def filled(case: Application, *values: str, **changes: str) -> dict[str, str]:
    names = [f"score-{one.pk}" for one in case.call.criteria.all()]
    newest = case.submissions.first()
    found = {"recommendation": "yes", "read": str(newest.pk), "seen_version": "1"}  # type: ignore[union-attr]
    return {**found, **dict(zip(names, values, strict=False)), **changes}


# reviewers ------------------------------------------------------------------------------


def test_the_list_hides_the_cities_until_the_declaration() -> None:
    person = make_reviewer()
    hidden = make_review(make_case(title="Hitze"), person, due_on=in_days(3))
    shown = make_open(make_case(title="Wasser"), person, due_on=in_days(9))
    html = page(signed_in(person), "/en/reviews/")
    assert html.index("Hitze") < html.index("Wasser")
    assert "2 cases wait for you." in html
    assert [party.city.name in html for party in hidden.application.parties.all()] == [False] * 2
    assert [party.city.name in html for party in shown.application.parties.all()] == [True] * 2


def test_what_waits_comes_before_what_is_done() -> None:
    person = make_reviewer()
    make_done(make_case(title="Wasser"), 3, 3, reviewer=person, due_on=in_days(1))
    make_open(make_case(title="Hitze"), person, due_on=in_days(9))
    make_open(make_case(title="Lärm"), person, due_on=in_days(3))
    html = page(signed_in(person), "/en/reviews/")
    assert html.index("Lärm") < html.index("Hitze") < html.index("Wasser")


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_seven_statements(number: int, django_assert_num_queries: Any) -> None:
    person = make_reviewer()
    for _ in range(number):
        make_open(make_case(), person)
    client = signed_in(person)
    with django_assert_num_queries(7):
        page(client, "/en/reviews/")


def test_a_reviewer_declares_scores_and_then_sees_the_others() -> None:
    case = make_case()
    make_done(case, 1, 1, for_panel="Anderer Meinung")
    review = make_review(case)
    client = signed_in(review.reviewer)
    assert SECRET not in page(client, own(review))
    client.post(f"{own(review)}declare/", {"choice": "none"})
    html = page(client, own(review))
    assert SECRET in html
    assert "Anderer Meinung" not in html
    sent = filled(case, "5", "abstain", seen_version="2", for_applicant="Weiter so")
    assert client.post(f"{own(review)}save/", sent).status_code == 302
    assert "Anderer Meinung" not in page(client, own(review))
    again = sent | {"seen_version": "3"}
    assert client.post(f"{own(review)}hand-in/", again).status_code == 302
    html = page(client, own(review))
    assert "Anderer Meinung" in html
    assert "Median 3.00, spread 4.00" in html
    assert client.post(f"{own(review)}discuss/", {"text": "Warum?"}).status_code == 302
    assert PanelNote.objects.get().by == review.reviewer


def test_nothing_is_chosen_for_the_reviewer() -> None:
    review = make_open(make_case())
    html = page(signed_in(review.reviewer), own(review))
    assert " checked" not in html
    html = page(signed_in(make_review(review.application).reviewer), own(review))
    assert " checked" not in html


def test_hints_name_no_city(client: Client) -> None:
    case = make_case()
    lead = case.parties.get(is_lead=True).city
    review = make_review(case, make_reviewer("rita@stadt-hamm.example"))
    CityDomain.objects.create(city=lead, domain="stadt-hamm.example")
    html = page(signed_in(review.reviewer), own(review))
    assert "Your mail address belongs to one of the cities." in html
    assert lead.name not in html


@pytest.mark.parametrize(
    ("sent", "field"),
    [({}, "choice"), ({"choice": "conflict"}, "reason"), ({"choice": "x"}, "choice")],
)
def test_a_declaration_that_lacks_something_is_said_beside_the_field(
    sent: dict[str, str], field: str
) -> None:
    review = make_review(make_case())
    html = signed_in(review.reviewer).post(f"{own(review)}declare/", sent).content.decode()
    assert f'id="id_{field}_error"' in html
    assert Review.objects.get().state == State.ASSIGNED


def test_a_declaration_sent_twice_says_so() -> None:
    review = make_review(make_case())
    client = signed_in(review.reviewer)
    for _ in range(2):
        found = client.post(f"{own(review)}declare/", {"choice": "none"}, follow=True)
    assert "You may not do this with this application." in found.content.decode()


@pytest.mark.parametrize("verb", ["save", "hand-in", "step-back", "discuss"])
def test_who_is_recused_or_has_not_declared_can_do_nothing(verb: str) -> None:
    case = make_case()
    for state in ("recused", "assigned"):
        review = make_review(case, state=state)
        sent = filled(case, "5", "5", text="x", reason="x")
        assert signed_in(review.reviewer).post(f"{own(review)}{verb}/", sent).status_code == 404


def test_the_case_of_one_s_own_city_does_not_exist() -> None:
    review = make_open(make_case(title="Hitze"))
    client = signed_in(review.reviewer)
    make_membership(review.reviewer, review.application.parties.all()[1].city, "reader")
    assert client.get(own(review)).status_code == 404
    assert client.post(f"{own(review)}save/", {}).status_code == 404
    html = page(client, "/en/reviews/")
    assert "Hitze" in html
    assert own(review) not in html


def test_a_foreign_case_and_a_former_reviewer_find_nothing() -> None:
    review, other = make_open(make_case()), make_open(make_case())
    client = signed_in(review.reviewer)
    assert client.get(own(other)).status_code == 404
    review.reviewer.reviewer.is_active = False
    review.reviewer.reviewer.save()
    assert client.get(own(review)).status_code == 404


def test_an_unfinished_review_is_refused_and_nothing_typed_is_lost() -> None:
    case = make_case()
    review = make_open(case)
    client = signed_in(review.reviewer)
    sent = filled(case, "5", for_panel="Mein langer Text", recommendation="")
    html = client.post(f"{own(review)}hand-in/", sent).content.decode()
    missing = case.call.criteria.all()[1]
    assert f'id="id_score-{missing.pk}_error"' in html
    assert "Mein langer Text</textarea>" in html
    assert Review.objects.get().state == State.OPEN


def test_a_second_window_is_shown_what_is_stored() -> None:
    case = make_case()
    review = make_open(case)
    client = signed_in(review.reviewer)
    client.post(f"{own(review)}save/", filled(case, "1", "2", for_panel="Zuerst"))
    html = client.post(f"{own(review)}save/", filled(case, "3", "2", for_panel="Dann"))
    text = html.content.decode()
    assert "Stored now: Zuerst" in text
    assert "Stored now: 1 – weak" in text
    assert "Dann</textarea>" in text
    assert 'name="seen_version" value="2"' in text


def test_a_newer_version_is_shown_before_handing_in() -> None:
    case = make_case()
    review = make_open(case)
    client = signed_in(review.reviewer)
    sent = filled(case, "3", "3")
    newer = make_submission(case)
    html = client.post(f"{own(review)}hand-in/", sent).content.decode()
    assert "handed in version 2 meanwhile" in html
    assert f'name="read" value="{newer.pk}"' in html
    assert client.post(f"{own(review)}hand-in/", sent | {"read": str(newer.pk)}).status_code == 302


@pytest.mark.parametrize(
    "sent",
    [
        {"recommendation": "x"},
        {"read": "9" * 30, "seen_version": "-1"},
        {"for_panel": "x" * 3001},
    ],
)
def test_broken_input_is_refused_in_words(sent: dict[str, str]) -> None:
    review = make_open(make_case())
    response = signed_in(review.reviewer).post(f"{own(review)}save/", sent)
    assert response.status_code == 200
    assert "Please check your entries" in response.content.decode()


# staff ----------------------------------------------------------------------------------


def test_staff_check_assign_settle_and_remind(staff: Client) -> None:
    case = make_case(state="checking")
    person = make_reviewer()
    sent = {"reviewers": [person.pk], "due_on": in_days(5).isoformat()}
    assert staff.post(staffs(case, "assign/"), sent)["Location"] == staffs(case)
    assert "error" in staff.post(staffs(case, "check/"), {"note": "Gut"}).content.decode()
    staff.post(staffs(case, "check/"), {"is_checked": "on", "note": "Alles da"})
    html = page(staff, staffs(case))
    assert "Alles da" in html
    assert SECRET in html
    review = Review.objects.get()
    Review.objects.update(conflict="Früher dort")
    assert "Früher dort" in page(staff, staffs(case))
    staff.post(staffs(case, f"reviewers/{review.pk}/settle/"), {"may_review": "yes"})
    review.refresh_from_db()
    assert review.state == State.OPEN
    found = staff.post(staffs(case, "remind/"), follow=True)
    assert "1 person is reminded." in found.content.decode()


def test_the_check_stands_beside_the_rules_and_asks_why_a_case_passes_without(
    staff: Client,
) -> None:
    case = make_case(state="checking")
    html = page(staff, staffs(case))
    assert html.index("Not signed yet: ") < html.index('name="is_checked"')
    sent = {"is_checked": "on", "note": ""}
    html = staff.post(staffs(case, "check/"), sent).content.decode()
    assert 'id="id_note_error"' in html
    assert " checked" in html
    assert FormalCheck.objects.count() == 0


def test_staff_read_what_was_missing_when_the_check_was_passed(staff: Client) -> None:
    case = make_case()
    case.formal_checks.create(failed=["youth", "a rule of yore"], note="Reist nach")
    html = page(staff, staffs(case))
    missing = html[html.index("Not met when it was passed:") :]
    assert missing.index("A youth delegate takes part") < missing.index("</ul>")
    assert "yore" not in html


def test_staff_are_told_who_cannot_be_assigned_and_why(staff: Client) -> None:
    case = make_case()
    lead = case.parties.get(is_lead=True).city
    make_reviewer()
    neighbour = make_reviewer("nah@panel.example", home_city=lead)
    html = page(staff, staffs(case))
    assert f"nah@panel.example: lives in {lead.name}" in html
    assert f'value="{neighbour.pk}"' not in html
    sent = {"reviewers": [neighbour.pk], "due_on": in_days(5).isoformat()}
    assert 'id="id_reviewers_error"' in staff.post(staffs(case, "assign/"), sent).content.decode()
    assert Review.objects.count() == 0


def test_staff_take_a_request_back_twice(staff: Client) -> None:
    case = make_case()
    review = make_review(case)
    for _ in range(2):
        address = staffs(case, f"reviewers/{review.pk}/take-back/")
        assert staff.post(address)["Location"] == staffs(case)
    assert Review.objects.count() == 0
    opened = make_open(case)
    found = staff.post(staffs(case, f"reviewers/{opened.pk}/take-back/"), follow=True)
    assert "has declared already" in found.content.decode()


def test_staff_discuss_where_scores_lie_apart(staff: Client) -> None:
    case = make_case()
    make_done(case, 1, 1)
    found = staff.post(staffs(case, "discuss/"), {"text": "Warum?"})
    assert "There is nothing to discuss" in found.content.decode()
    make_done(case, 4, 4)
    assert staff.post(staffs(case, "discuss/"), {"text": ""}).status_code == 200
    staff.post(staffs(case, "discuss/"), {"text": "Warum?"})
    assert "Warum?" in page(staff, staffs(case))


def test_staff_who_are_recused_see_the_title_and_do_nothing() -> None:
    user = make_staff()
    review = make_review(make_case(title="Hitze"), user, state="recused")
    client = signed_in(user)
    html = page(client, staffs(review.application))
    assert "Hitze" in html
    assert SECRET not in html
    assert client.post(staffs(review.application, "remind/")).status_code == 404


def test_staff_who_review_hand_in_their_own_first() -> None:
    user = make_staff()
    case = make_case()
    make_done(case, 3, 3, for_panel="Anderer Meinung")
    review = make_open(case, user)
    client = signed_in(user)
    assert "Anderer Meinung" not in page(client, staffs(case))
    Review.objects.filter(pk=review.pk).update(state=State.DONE)
    assert "Anderer Meinung" in page(client, staffs(case))


def test_a_draft_has_a_page_without_content(staff: Client) -> None:
    assert "Nothing has been handed in yet." in page(staff, staffs(make_application()))


def test_every_block_stands_once_on_the_page(staff: Client) -> None:
    found = [block.template for block in blocks()]
    assert set(found) >= {block.template for block in BLOCKS}
    assert len(found) == len(set(found))
    assert Block("x.html", 1, lambda application, user: {}).order == 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_statements_for_any_number_of_reviews(
    staff: Client, number: int, django_assert_num_queries: Any
) -> None:
    case = make_case()
    for _ in range(number):
        make_done(case, 3, 3)
    page(staff, staffs(case))
    with django_assert_num_queries(42):
        page(staff, staffs(case))


# mail -----------------------------------------------------------------------------------


def finished(review: Review, kind: str) -> Links | Stale:
    mail = Mail(kind=kind, language="de")
    about = kind_of(kind).about
    assert about is not None
    return kind_of(kind).finish(mail, about().filter(pk=review.pk).first())


@pytest.mark.parametrize("kind", ["exchanges.review_assigned", "exchanges.review_reminder"])
def test_a_request_leads_to_the_page_as_long_as_the_review_is_missing(kind: str) -> None:
    review = make_review(make_case())
    found = finished(review, kind)
    assert isinstance(found, Links)
    assert found.texts["page"].endswith(f"/reviews/{review.application.ref}/")
    Review.objects.filter(pk=review.pk).update(state="done", declared_at=review.assigned_at)
    assert finished(review, kind) == Stale("reviewed")
    Review.objects.all().delete()
    assert finished(review, kind) == Stale("gone")


def test_an_answer_about_a_conflict_leads_to_the_page() -> None:
    review = make_review(make_case(), state="recused")
    assert isinstance(finished(review, "exchanges.review_settled"), Links)
    Review.objects.all().delete()
    assert finished(review, "exchanges.review_settled") == Stale("gone")


@pytest.mark.parametrize(("language", "words"), [("de", "Gutachten"), ("en", "review")])
def test_mails_are_in_the_reviewer_s_language_and_name_no_city(
    staff: Client, language: str, words: str
) -> None:
    case = make_case()
    person: User = make_reviewer(language_of := f"{language}@panel.example")
    User.objects.filter(email=language_of).update(language=language)
    sent = {"reviewers": [person.pk], "due_on": in_days(5).isoformat()}
    staff.post(staffs(case, "assign/"), sent)
    mail = Mail.objects.get()
    assert words in mail.text
    assert [party.city.name in mail.text for party in case.parties.all()] == [False, False]
