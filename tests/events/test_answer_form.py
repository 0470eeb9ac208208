from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from events.forms.answer import AnswerForm, OptOutForm
from events.models import Invitation
from events.offers import for_personal_page, offers
from events.operations import answer
from tests.factories import make_event, make_invitation, make_pool

pytestmark = pytest.mark.django_db


def guest(*, room: int | None = 3, online: int | None = 3, **extra: object) -> Invitation:
    """An invitation as its page loads it; ``None`` means that there is no such pool."""
    event = make_event()
    for mode, capacity in (("room", room), ("online", online)):
        if capacity is not None:
            make_pool(event, "speak", mode, capacity)
    return loaded(make_invitation(event, **extra))


def loaded(invitation: Invitation) -> Invitation:
    return for_personal_page.first(invitation.public_id)


def form(invitation: Invitation, **data: object) -> AnswerForm:
    return AnswerForm(data, invitation=invitation)


def codes(bound: AnswerForm) -> dict[str, list[str]]:
    return {
        field: [error["code"] for error in errors]
        for field, errors in bound.errors.get_json_data().items()
    }


def labels(invitation: Invitation) -> list[str]:
    return [str(label) for _value, label in AnswerForm(invitation=invitation).offered]


def test_nothing_is_selected_before_the_first_answer() -> None:
    html = AnswerForm(invitation=guest()).as_p()
    assert html.count('type="radio"') == 3
    assert "checked" not in html


def test_who_answered_finds_the_answer_as_it_stands() -> None:
    invitation = guest()
    answer(
        invitation=invitation,
        choice="room",
        consented=True,
        answered_by_name="Kim Vorzimmer",
        message="Bitte Rampe",
    )
    form_now = AnswerForm(invitation=loaded(invitation))
    assert {name: form_now[name].initial for name in form_now.fields} == {
        "choice": "room",
        "for_another": True,
        "answered_by_name": "Kim Vorzimmer",
        "message": "Bitte Rampe",
        "consented": True,
    }


@pytest.mark.parametrize(
    ("room", "online", "choices"),
    [(3, 3, ["room", "online", "no"]), (3, None, ["room", "no"]), (None, 3, ["online", "no"])],
)
def test_only_choices_with_a_pool_are_offered(
    room: int | None, online: int | None, choices: list[str]
) -> None:
    invitation = guest(room=room, online=online)
    assert [offer.choice for offer in offers(invitation)] == choices


def test_pools_of_the_other_right_are_not_offered() -> None:
    assert [offer.choice for offer in offers(guest(right="listen"))] == ["no"]


def test_the_labels_say_how_many_seats_are_left() -> None:
    assert labels(guest(room=3, online=1)) == [
        "Ja, ich nehme vor Ort teil (noch 3 Plätze frei)",
        "Ja, ich nehme online teil (noch 1 Platz frei)",
        "Nein, ich kann nicht teilnehmen",
    ]


def test_the_labels_name_the_place_on_the_waiting_list() -> None:
    invitation = guest(room=1)
    for _ in range(3):
        answer(invitation=make_invitation(invitation.event), choice="room", consented=True)
    full = labels(loaded(invitation))[0]
    assert full == "Ja, ich nehme vor Ort teil (voll: Warteliste, Sie wären Nummer 3)"


def test_the_labels_speak_the_active_language() -> None:
    with translation.override("en"):
        assert labels(guest(room=1, online=0)) == [
            "Yes, I take part in the room (1 seat left)",
            "Yes, I take part online (full: waiting list, you would be number 1)",
            "No, I cannot take part",
        ]


@pytest.mark.parametrize(
    ("others", "seat"), [(0, "Ihr Platz ist bestätigt"), (1, "Sie stehen auf der Warteliste")]
)
def test_the_label_of_ones_own_answer_says_what_one_holds(others: int, seat: str) -> None:
    invitation = guest(room=1)
    for _ in range(others):
        answer(invitation=make_invitation(invitation.event), choice="room", consented=True)
    answer(invitation=invitation, choice="room", consented=True)
    assert labels(loaded(invitation))[0] == f"Ja, ich nehme vor Ort teil ({seat})"


def test_seats_kept_back_are_not_offered() -> None:
    invitation = guest(room=2)
    invitation.event.pools.filter(mode="room").update(held=2)
    assert offers(loaded(invitation))[0].free == 0


def test_a_yes_with_consent_is_valid_and_gives_the_arguments() -> None:
    bound = form(guest(), choice="online", message="Gern", consented="on")
    assert bound.is_valid()
    assert bound.answer() == {
        "choice": "online",
        "answered_by_name": "",
        "message": "Gern",
        "consented": True,
    }


@pytest.mark.parametrize("choice", ["room", "online"])
def test_a_yes_without_consent_is_refused_beside_the_tick(choice: str) -> None:
    assert codes(form(guest(), choice=choice)) == {"consented": ["consent"]}


def test_a_no_needs_no_consent() -> None:
    assert form(guest(), choice="no").is_valid()


def test_no_choice_is_refused_once_and_beside_the_choices() -> None:
    assert codes(form(guest())) == {"choice": ["required"]}


def test_what_is_no_answer_at_all_gets_a_clear_sentence() -> None:
    bound = form(guest(), choice="maybe", consented="on")
    assert bound.errors["choice"] == [
        "Diese Antwort gibt es hier nicht. Bitte wählen Sie eine der angezeigten Antworten."
    ]


def test_answering_for_somebody_needs_ones_own_name() -> None:
    bound = form(guest(), choice="no", for_another="on")
    assert codes(bound) == {"answered_by_name": ["aide_without_name"]}


def test_a_name_without_the_tick_is_kept() -> None:
    bound = form(guest(), choice="no", answered_by_name="Kim Vorzimmer")
    assert bound.is_valid()
    assert bound.answer()["answered_by_name"] == "Kim Vorzimmer"


def test_a_name_is_one_line() -> None:
    bound = form(guest(), choice="no", answered_by_name=" Kim\r\nBcc:  alle@stadt.example ")
    assert bound.is_valid()
    assert bound.answer()["answered_by_name"] == "Kim Bcc: alle@stadt.example"


@pytest.mark.parametrize(
    ("field", "length"), [("message", 2001), ("answered_by_name", 151), ("message", 10_000)]
)
def test_too_long_texts_are_refused_and_kept(field: str, length: int) -> None:
    bound = form(guest(), choice="no", **{field: "x" * length})
    assert codes(bound) == {field: ["max_length"]}
    assert bound[field].value() == "x" * length


@pytest.mark.parametrize(
    ("code", "field"), [("not_offered", "choice"), ("consent", "consented"), ("closed", "__all__")]
)
def test_a_refusal_of_the_operation_stands_beside_its_field(code: str, field: str) -> None:
    bound = form(guest(), choice="no")
    assert bound.is_valid()
    bound.refuse(ValidationError("Nein.", code=code))
    assert codes(bound) == {field: [code]}


def test_opting_out_needs_the_tick() -> None:
    assert OptOutForm({}).is_valid() is False
    assert OptOutForm({"confirmed": "on"}).is_valid() is True
