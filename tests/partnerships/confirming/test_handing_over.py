"""Somebody leaves: the question goes to the successor, and the old link says where it went."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from partnerships.confirming import tokens
from partnerships.models import ConfirmationRequest
from partnerships.offices.cases import Successor, open_cases
from partnerships.offices.operations import hand_over

from .stage import Stage, kinds_to, make_stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    made = make_stage()
    made.claim(to=made.them.email)
    return made


def leave(stage: Stage) -> None:
    hand_over(
        city=stage.abroad,
        to=Successor("nova@sanantonio.example", "Nova Reyes", "en"),
        positions=[],
        department="International Relations",
        last_day=dt.date(2027, 1, 31),
        by=stage.them,
    )


def test_the_form_counts_questions_that_wait_for_the_leaver(stage: Stage) -> None:
    ((label, count),) = open_cases(stage.abroad, stage.them)
    assert (str(label), count) == ("Fragen zu Partnerschaften, die auf Antwort warten", 1)
    assert open_cases(stage.home, stage.us) == []


def test_the_question_goes_to_the_successor(stage: Stage) -> None:
    leave(stage)
    request = stage.request()
    assert (request.email, request.round) == ("nova@sanantonio.example", 2)
    assert "partnerships.confirm" in kinds_to("nova@sanantonio.example")
    assert open_cases(stage.abroad, stage.them) == []


def test_the_old_link_says_where_it_went_and_names_nobody(stage: Stage) -> None:
    old = f"/p/{tokens.token_for(stage.request())}/"
    leave(stage)
    response = Client().get(old)
    html = response.content.decode()
    assert response.status_code == 410
    assert "International Relations, San Antonio" in html
    assert "this was handed over to" in html
    assert "nova" not in html.lower()


def test_a_link_that_was_only_replaced_says_nothing(stage: Stage) -> None:
    old = stage.request()
    ConfirmationRequest.objects.filter(pk=old.pk).update(replaced_at=old.asked_at)
    assert Client().get(f"/p/{tokens.token_for(old)}/").status_code == 404
