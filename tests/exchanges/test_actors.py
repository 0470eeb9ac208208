"""Who acts: what roles, links and reviews make of somebody."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from exchanges import actors, policies
from exchanges.policies import Action, Who
from partnerships.policies import May
from tests.factories import make_membership, make_staff, make_user

from .scenes import as_office, make_application, make_link, make_review

pytestmark = pytest.mark.django_db

ROLES = {
    "reader": {May.READ},
    "editor": {May.READ, May.EDIT},
    "signatory": {May.READ, May.SIGN},
    "coordinator": {May.READ, May.EDIT, May.SIGN},
}
LEAD = {May.READ: Who.LEAD_READ, May.EDIT: Who.LEAD_EDIT, May.SIGN: Who.LEAD_SIGN}
PARTNER = {May.READ: Who.PARTNER_READ, May.EDIT: Who.PARTNER_EDIT, May.SIGN: Who.PARTNER_SIGN}


@pytest.mark.parametrize("role", list(ROLES))
@pytest.mark.parametrize(("city", "named"), [(0, LEAD), (1, PARTNER)])
def test_a_role_in_a_city_is_what_it_says(role: str, city: int, named: dict[May, Who]) -> None:
    application = make_application()
    actor = as_office(application, role, city=city)
    assert actor.who == {named[may] for may in ROLES[role]}
    assert (actor.party, actor.city) == (
        application.parties.all()[city],
        application.parties.all()[city].city,
    )
    assert not actor.is_guest


def test_two_roles_add_up() -> None:
    assert policies.in_city(["editor", "signatory"], is_lead=True) == set(LEAD.values())


@pytest.mark.parametrize("may_sign", [True, False])
def test_a_link_edits_and_signs_only_when_it_may(may_sign: bool) -> None:
    link = make_link(make_application().parties.all()[1], may_sign=may_sign)
    actor = actors.of_link(link)
    assert (Who.PARTNER_SIGN in actor.who, actor.is_guest, actor.user) == (may_sign, True, None)
    assert {Who.PARTNER_READ, Who.PARTNER_EDIT} <= actor.who
    assert policies.link_may(May.SIGN, may_sign=may_sign) is may_sign
    assert not policies.link_may(May.COORDINATE, may_sign=may_sign)


@pytest.mark.parametrize(
    ("state", "who"),
    [
        ("assigned", Who.DECLARING),
        ("open", Who.REVIEWER),
        ("done", Who.REVIEWER),
        ("recused", Who.RECUSED),
    ],
)
def test_a_reviewer_is_what_they_declared(state: str, who: Who) -> None:
    actor = actors.of_reviewer(make_review(make_application(), state=state))
    assert (actor.who, actor.party, actor.city) == ({who}, None, None)


def test_staff_act_for_no_city() -> None:
    actor = actors.of_staff(make_staff(name="Team"))
    assert (actor.who, actor.name, actor.city) == ({Who.STAFF}, "Team", None)


def test_who_may_says_so_and_who_may_not_is_refused() -> None:
    application = make_application()
    signs = as_office(application, "signatory")
    reads = as_office(application, "reader")
    assert signs.may(Action.SIGN, application)
    assert not reads.may(Action.SIGN, application)
    with pytest.raises(ValidationError) as refusal:
        reads.check(Action.SIGN, application)
    assert refusal.value.code == "not_yours"


def test_a_person_of_no_city_has_no_role() -> None:
    application = make_application()
    user = make_user()
    make_membership(user, make_application().parties.all()[0].city)
    assert actors.of_office(user, application.parties.all()[0], frozenset()).who == frozenset()
