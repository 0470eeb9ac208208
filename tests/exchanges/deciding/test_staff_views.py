"""The staff's pages on which a case is decided."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from exchanges.models import Application, Complaint, Condition, Decision, Letter
from tests.exchanges.scenes import as_staff, make_call, make_review
from tests.factories import make_staff

from .scenes import decided, draft, make_block, make_case

pytestmark = pytest.mark.django_db
FORM = {"outcome": "approved", "amount": "4000", "reason_de": "Gut.", "reason_en": "Good."}


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make_staff())
    return client


def at(application: Application, page: str = "decision/") -> str:
    return f"/en/staff/exchanges/{application.ref}/{page}"


def test_saving_a_draft_shows_how_both_letters_would_read(staff: Client) -> None:
    application, block = make_case(), make_block(text_en="Dear colleagues of {cities},")
    page = staff.post(at(application), {**FORM, "blocks": [block.pk]}, follow=True)
    assert [subject for _city, subject, _html in page.context["previews"]] == [
        f"Entscheidung über Ihren Antrag {application.ref}: {application.name}",
        f"Decision on your application {application.ref}: {application.name}",
    ]
    assert "Dear colleagues of" in page.content.decode()
    assert Decision.objects.get().amount == 4_000


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(staff: Client) -> None:
    application = make_case()
    data = {**FORM, "outcome": "declined", "amount": "", "reason_de": "", "reason_en": ""}
    page = staff.post(at(application), {**data, "internal_reason": "Median 2"})
    form = page.context["form"]
    assert form.errors == {"reason_de": ["Please give the applicant a reason."]}
    assert "Median 2" in page.content.decode()
    page = staff.post(at(application), {**FORM, "condition_1_due": "2027-05-03"})
    assert page.context["form"].errors == {"condition_1_de": ["Please write the condition."]}
    page = staff.post(at(application), {**FORM, "amount": "-5", "rank": "x"})
    assert set(page.context["form"].errors) == {"amount", "rank"}
    assert not Decision.objects.exists()


def test_a_colleague_s_draft_is_shown_as_a_conflict_and_saving_again_is_a_choice(
    staff: Client,
) -> None:
    application = make_case()
    stored = draft(application)
    page = staff.post(at(application), FORM)
    assert "A colleague changed this decision meanwhile" in page.content.decode()
    again = {**FORM, "seen_version": page.context["form"]["seen_version"].value()}
    assert staff.post(at(application), again).status_code == 302
    stored.refresh_from_db()
    assert stored.reason_de == "Gut."


def test_releasing_sends_what_was_read(staff: Client) -> None:
    application = make_case()
    decision = draft(application)
    staff.post(at(application, "decision/release/"), {"seen_version": decision.version - 1 or 99})
    assert not Letter.objects.exists()
    staff.post(at(application, "decision/release/"), {"seen_version": decision.version})
    assert Letter.objects.count() == 2
    for data in ({}, {"seen_version": "x"}):
        assert staff.post(at(application, "decision/release/"), data).status_code == 302


def test_a_draft_is_thrown_away(staff: Client) -> None:
    application = make_case()
    draft(application)
    for _ in range(2):
        assert staff.post(at(application, "decision/discard/")).status_code == 302
    assert not Decision.objects.exists()


def test_ticks_and_answers(staff: Client) -> None:
    application = decided("conditions")
    condition = Condition.objects.get()
    address = at(application, f"conditions/{condition.pk}/")
    for _twice in range(2):
        staff.post(address, {"state": "met", "note": "Brief"})
        condition.refresh_from_db()
        assert condition.met_at
    for _twice in range(2):
        staff.post(address, {"state": "open", "note": ""})
        condition.refresh_from_db()
        assert condition.met_at is None
    assert staff.post(address, {"state": "met", "note": "x" * 301}).status_code == 200
    assert staff.post(address, {"note": "Brief"}).status_code == 200
    complaint = Complaint.objects.create(
        decision=application.decisions.get(), party=application.parties.all()[0], text="Nein"
    )
    address = at(application, f"complaints/{complaint.pk}/")
    assert staff.post(address, {"answer": ""}).context["answering"].errors
    assert staff.post(address, {"answer": "Doch"}).status_code == 302
    complaint.refresh_from_db()
    assert complaint.answer == "Doch"


def test_rows_of_another_case_are_not_here(staff: Client) -> None:
    condition = decided("conditions").decisions.get().conditions.get()
    other = decided("conditions")
    assert staff.post(at(other, f"conditions/{condition.pk}/")).status_code == 404
    assert staff.post(at(other, "complaints/1/")).status_code == 404


def test_staff_who_are_recused_do_not_decide(client: Client) -> None:
    application, user = make_case(), make_staff()
    make_review(application, user, state="recused")
    client.force_login(user)
    assert client.get(at(application)).status_code == 404
    assert client.post(at(application), FORM).status_code == 404


def test_staff_who_are_recused_do_not_release_with_others(client: Client) -> None:
    call, user = make_call(), make_staff()
    theirs, other = (draft(make_case(call=call)) for _ in range(2))
    make_review(theirs.application, user, state="recused")
    client.force_login(user)
    page = f"/staff/calls/{call.slug}/decisions/"
    text = client.get(page).content.decode()
    assert (theirs.application.ref in text, other.application.ref in text) == (False, True)
    client.post(
        f"{page}release/", {"draft": [f"{one.pk}-{one.version}" for one in (theirs, other)]}
    )
    assert Decision.objects.get(released_at__isnull=False) == other


def test_the_batch_page_shows_the_dry_run_and_releases_what_is_ticked(staff: Client) -> None:
    call = make_call(budget=5_000, four_eyes_above=9_000)
    drafts = [draft(make_case(call=call)) for _ in range(2)]
    foreign = draft(make_case())
    page = f"/en/staff/calls/{call.slug}/decisions/"
    text = staff.get(page).content.decode()
    assert "These drafts grant more than is left." in text
    ticked = [f"{one.pk}-{one.version}" for one in (drafts[0], foreign)]
    broken = ["", "x", "1", "1-", f"{drafts[1].pk}-x", "9" * 40 + "-1", "²-1"]
    staff.post(f"{page}release/", {"draft": [*ticked, *broken]})
    released = Decision.objects.filter(released_at__isnull=False)
    assert list(released) == [drafts[0]]
    assert staff.post(f"{page}release/", {}).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_the_batch_page_takes_a_constant_number_of_queries(
    staff: Client, django_assert_num_queries: Any, count: int
) -> None:
    call = make_call()
    for _ in range(count):
        draft(make_case(call=call), by=as_staff())
    page = f"/en/staff/calls/{call.slug}/decisions/"
    staff.get(page)
    with django_assert_num_queries(7):
        staff.get(page)


def test_paragraphs_for_another_decision_are_left_out_of_the_letter(staff: Client) -> None:
    application = make_case()
    every, ours = make_block(), make_block("ours", outcome="approved", text_en="We are glad.")
    other = make_block("other", outcome="declined", text_en="We regret.")
    page = staff.get(at(application))
    assert page.context["form"].initial["blocks"] == [every, other, ours]
    assert "declined: We regret." in page.content.decode()
    page = staff.post(at(application), {**FORM, "blocks": [every.pk, ours.pk, other.pk]})
    assert set(Decision.objects.get().blocks.all()) == {every, ours}
    assert set(staff.get(at(application)).context["form"].initial["blocks"]) == {every, ours, other}


def test_conditions_are_folded_away_until_one_is_written(staff: Client) -> None:
    application = make_case()
    assert "<details" in staff.get(at(application)).content.decode()
    assert not staff.get(at(application)).context["form"].has_rows
    draft(application, "conditions")
    assert staff.get(at(application)).context["form"].has_rows
    assert '<details class="more" open>' in staff.get(at(application)).content.decode()


def test_a_sum_may_be_written_in_either_way(staff: Client) -> None:
    application = make_case()
    staff.post(at(application), {**FORM, "amount": "4.000,50"})
    assert str(Decision.objects.get().amount) == "4000.50"


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        ("1800", []),
        ("1801", ["more than the €1,800 that are asked for"]),
        ("2001", ["more than the €1,800 that are asked for", "€2,000 for a trip at most"]),
        ("", ["approves without granting a sum"]),
    ],
)
def test_what_may_be_overlooked_is_said_above_the_letters(
    staff: Client, amount: str, told: list[str]
) -> None:
    application = make_case(call=make_call(most_per_trip=2_000))
    page = staff.post(at(application), {**FORM, "amount": amount}, follow=True)
    assert len(page.context["warnings"]) == len(told)
    assert [sentence in page.content.decode() for sentence in told] == [True] * len(told)


def test_a_condition_is_not_due_on_a_day_that_is_over(staff: Client) -> None:
    data = {**FORM, "outcome": "conditions", "condition_0_de": "Bitte", "condition_0_due": ""}
    page = staff.post(at(make_case()), {**data, "condition_0_due": "2020-01-01"})
    assert list(page.context["form"].errors) == ["condition_0_due"]
    today = timezone.localdate().isoformat()
    assert staff.post(at(make_case()), {**data, "condition_0_due": today}).status_code == 302


def test_a_decided_case_offers_no_new_draft(staff: Client) -> None:
    application = decided()
    assert staff.get(at(application))["Location"] == at(application, "")


def test_a_stale_release_says_so_without_speaking_of_input(staff: Client) -> None:
    stored = draft(make_case())
    data = {"seen_version": stored.version + 1}
    page = staff.post(at(stored.application, "decision/release/"), data, follow=True)
    assert "Please read it once more." in page.content.decode()
    assert "Your input" not in page.content.decode()
