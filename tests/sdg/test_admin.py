"""Goals, targets and topics in the administration."""

from __future__ import annotations

import pytest
from django.test import Client

from sdg.models import Goal, Target, Topic
from tests.admin_forms import errors_of, form_data, page
from tests.factories import make_goal, make_staff, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make_staff())
    return client


@pytest.mark.parametrize("model", [Goal, Target])
def test_what_the_united_nations_gave_is_neither_added_nor_deleted(
    staff: Client, model: type[Goal] | type[Target]
) -> None:
    assert staff.get(page("add", model)).status_code == 403
    goal = make_goal(11)
    assert staff.post(page("delete", goal), {"post": "yes"}).status_code == 403


def test_the_wording_of_a_goal_may_be_corrected_but_not_its_number(staff: Client) -> None:
    goal = make_goal(11)
    data = form_data(staff.get(page("change", goal)))
    staff.post(page("change", goal), {**data, "title_de": "Städte", "number": "3"})
    assert Goal.objects.get().title_de == "Städte"
    assert Goal.objects.get().number == 11


def test_a_topic_needs_a_goal_and_both_names(staff: Client) -> None:
    goal = make_goal(11)
    data = {"name_de": "Schwammstadt", "slug": "schwammstadt"}
    assert set(errors_of(staff.post(page("add", Topic), data))) == {"name_en", "goals"}
    full = {**data, "name_en": "Sponge city", "goals": [goal.pk]}
    assert staff.post(page("add", Topic), full).status_code == 302


def test_the_list_of_topics_names_their_goals(staff: Client) -> None:
    make_topic(goals=(6, 11))
    assert "6, 11" in staff.get(page("changelist", Topic)).content.decode()
