"""Leaving: one form hands posts, cases and roles over, and old links tell where they went."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from accounts.models import User
from journal.models import Entry
from mailing.models import Mail
from partnerships.models import City, Handover, OfficeInvitation, Position
from partnerships.offices import cases
from partnerships.offices.cases import Cases, Successor
from partnerships.offices.door import Office
from partnerships.offices.forms import LeaveForm
from partnerships.offices.handed import handed_over, sentence
from partnerships.offices.operations import accept, hand_over, take_back
from tests.factories import make_city, make_department, make_membership, make_position

from .people import mailed, make_colleague, make_person, roles

pytestmark = pytest.mark.django_db
LAST_DAY = dt.date(2026, 12, 31)
FIRST_DAY = dt.date(2027, 1, 1)


@pytest.fixture
def city() -> City:
    return make_city("Köln")


@pytest.fixture
def leaver(city: City) -> User:
    return make_colleague(city, "coordinator", "ada@koeln.example", name="Ada Alt")


@pytest.fixture
def post(city: City) -> Position:
    return make_position(
        city, holder="Ada Alt", email="ada@koeln.example", department=make_department()
    )


def new(email: str = "neu@koeln.example") -> Successor:
    return Successor(email, "Nele Neu", "de")


def leave(city: City, leaver: User, to: Successor, *posts: Position) -> Handover:
    return hand_over(
        city=city,
        to=to,
        positions=posts,
        department="Amt für Internationales",
        last_day=LAST_DAY,
        by=leaver,
    )


def colleague(city: City, role: str = "editor") -> tuple[User, Successor]:
    user = make_colleague(city, role, "kim@koeln.example", name="Kim Kollegin")
    return user, Successor(user.email, user.name, user.language, user)


def holders(post: Position) -> list[tuple[str, dt.date | None, dt.date | None]]:
    return list(post.holders.order_by("pk").values_list("name", "since", "until"))


def test_a_colleague_takes_over_at_once(city: City, leaver: User, post: Position) -> None:
    user, to = colleague(city)
    make_membership(leaver, city, "signatory")
    handover = leave(city, leaver, to, post)
    assert (roles(leaver), roles(user)) == ([], ["coordinator", "editor"])
    assert (handover.successor, handover.completed_at is None) == (user, False)
    assert holders(post) == [("Ada Alt", None, LAST_DAY), ("Kim Kollegin", FIRST_DAY, None)]
    post.refresh_from_db()
    assert post.email == "kim@koeln.example"
    assert mailed() == [
        ("handed_to_you", "kim@koeln.example"),
        ("handed_by_you", "ada@koeln.example"),
    ]


def test_the_journal_names_who_moved_the_roles(city: City, leaver: User) -> None:
    user, to = colleague(city)
    leave(city, leaver, to)
    assert Entry.objects.get(verb="partnerships.roles_moved").by == leaver
    leave(city, user, new())
    successor = make_person("neu@koeln.example")
    accept(invitation=OfficeInvitation.objects.get(), by=successor)
    assert Entry.objects.filter(verb="partnerships.roles_moved", by=successor).count() == 1


def test_a_shared_mailbox_stays(city: City, leaver: User) -> None:
    post = make_position(city, holder="Ada Alt", email="amt@koeln.example")
    leave(city, leaver, new(), post)
    post.refresh_from_db()
    assert post.email == "amt@koeln.example"


def test_a_new_address_gets_the_roles_when_it_accepts(city: City, leaver: User, post) -> None:
    make_membership(leaver, city, "signatory")
    handover = leave(city, leaver, new(), post)
    assert roles(leaver) == ["coordinator", "signatory"]
    assert list(Handover.objects.waiting()) == [handover]
    assert "Umweltamt" in Mail.objects.get(to="neu@koeln.example").text
    user = make_person("neu@koeln.example")
    accept(invitation=OfficeInvitation.objects.get(), by=user)
    handover.refresh_from_db()
    assert (roles(leaver), roles(user)) == ([], ["coordinator"])
    assert (handover.successor, Handover.objects.waiting().count()) == (user, 0)


def test_each_reads_the_posts_in_their_own_language(city: City, post: Position) -> None:
    leaver = make_colleague(city, "editor", "ada@koeln.example", name="Ada", language="en")
    leave(city, leaver, new(), post)
    to_leaver, to_new = (Mail.objects.get(to=to).text for to in (leaver.email, new().email))
    assert "handed over to Nele Neu (Amt für Internationales)" in to_leaver
    assert "- Environment" in to_leaver
    assert "- Umweltamt" in to_new


def test_roles_that_differ_all_move(city: City) -> None:
    make_colleague(city)
    leaver = make_colleague(city, "signatory", "sig@koeln.example")
    make_membership(leaver, city, "editor")
    leave(city, leaver, new())
    user = make_person("neu@koeln.example")
    accept(invitation=OfficeInvitation.objects.get(), by=user)
    assert roles(user) == ["editor", "signatory"]


def test_taking_the_successors_invitation_back_leaves_the_roles(city: City, leaver: User) -> None:
    leave(city, leaver, new())
    take_back(invitation=OfficeInvitation.objects.get(), by=leaver)
    assert (roles(leaver), Handover.objects.waiting().count()) == (["coordinator"], 0)
    assert leave(city, leaver, new("andere@koeln.example")).completed_at is None


def refused(city: City, leaver: User, to: Successor, *posts: Position) -> Any:
    with pytest.raises(ValidationError) as failed:
        leave(city, leaver, to, *posts)
    return failed.value.code


def test_what_makes_no_sense_is_refused(city: City, leaver: User, post: Position) -> None:
    assert refused(city, leaver, new(leaver.email)) == "self"
    assert refused(city, make_person(), new()) == "no_role"
    post.holders.update(since=FIRST_DAY)
    assert refused(city, leaver, new(), post) == "since"
    leave(city, leaver, new())
    assert refused(city, leaver, new("andere@koeln.example")) == "waiting"
    assert OfficeInvitation.objects.count() == 1


def test_open_cases_of_other_rooms_move(city: City, leaver: User, monkeypatch) -> None:
    moved: list[Any] = []
    kind = Cases("Anfragen", lambda city, user: 2, lambda *found: moved.append(found) or 2)
    monkeypatch.setitem(cases._CASES, "test.cases", kind)
    assert cases.open_cases(city, leaver) == [("Anfragen", 2)]
    assert leave(city, leaver, new()).cases == 2
    assert moved == [(city, leaver, new())]
    assert "Offene Vorgänge: 2" in Mail.objects.get(to="neu@koeln.example").text


def test_cases_of_which_nobody_has_any_are_not_listed(city, leaver, monkeypatch) -> None:
    monkeypatch.setitem(cases._CASES, "test.cases", Cases("x", lambda *_: 0, lambda *_: 0))
    assert cases.open_cases(city, leaver) == []


def test_an_old_link_tells_the_department_and_no_person(city, leaver, post) -> None:
    before = timezone.now()
    leave(city, leaver, new(), post)
    for found in (
        handed_over(city, email="ADA@koeln.example", position=None, since=before),
        handed_over(city, email="x@koeln.example", position=post, since=before),
    ):
        told = sentence(found)
        assert "Amt für Internationales, Köln" in told
        assert "Nele" not in told
        assert "@" not in told
    after = timezone.now()
    assert handed_over(city, email=leaver.email, position=post, since=after) is None
    other = make_city("Bonn")
    assert handed_over(other, email=leaver.email, position=None, since=before) is None


# The page ---------------------------------------------------------------------------------


@pytest.fixture
def client(leaver: User) -> Client:
    client = Client()
    client.force_login(leaver)
    return client


def words(**extra: Any) -> dict[str, Any]:
    return {"department": "Amt 7", "last_day": f"{timezone.localdate()}", **extra}


def test_the_form_ticks_ones_own_posts(city: City, client: Client, post: Position) -> None:
    make_position(city, holder="Jemand anders")
    form = client.get(f"/office/{city.slug}/leave/").context["form"]
    assert form["positions"].initial == [str(post.pk)]
    assert form["successor"].initial == "new"


def test_one_form_hands_everything_over(city: City, client: Client, post: Position) -> None:
    user, _to = colleague(city)
    sent = words(successor=user.pk, positions=[post.pk])
    response = client.post(f"/en/office/{city.slug}/leave/", sent, follow=True)
    page = response.content.decode()
    assert "your roles have ended" in page
    assert "was handed over to: Amt 7, Köln" in page
    assert client.get(f"/office/{city.slug}/").status_code == 404


def test_a_colleagues_address_is_the_colleague(city: City, client: Client) -> None:
    user, _to = colleague(city)
    sent = words(successor="new", email="KIM@koeln.example", name="Kim")
    client.post(f"/office/{city.slug}/leave/", sent)
    assert (roles(user), OfficeInvitation.objects.count()) == (["coordinator", "editor"], 0)


def test_while_it_waits_the_page_says_so(city: City, client: Client) -> None:
    page = f"/en/office/{city.slug}/leave/"
    client.post(page, words(successor="new", email="neu@koeln.example", name="Nele Neu"))
    shown = client.get(page).content.decode()
    assert "You have handed over" in shown
    assert "Hand over and send" not in shown


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"successor": ""}, ["successor"]),
        ({"successor": "999"}, ["successor"]),
        ({"successor": "new"}, ["email", "name"]),
        ({"successor": "new", "email": "neu", "name": "N"}, ["email"]),
        ({"successor": "new", "email": "ada@koeln.example", "name": "N"}, ["successor"]),
        ({"last_day": "0001-01-01", "successor": ""}, ["last_day", "successor"]),
        ({"last_day": "9999-12-31", "successor": ""}, ["last_day", "successor"]),
        ({"last_day": "gestern", "successor": ""}, ["last_day", "successor"]),
    ],
)
def test_mistakes_stand_beside_their_field(city, client, wrong, fields) -> None:
    response = client.post(f"/office/{city.slug}/leave/", words(**wrong))
    found = sorted(response.context["form"].errors)
    assert found == fields


def test_a_post_of_another_city_cannot_be_handed_over(city, client, post) -> None:
    foreign = make_position(make_city("Bonn"))
    sent = words(successor="new", email="n@k.example", name="N", positions=[foreign.pk])
    response = client.post(f"/office/{city.slug}/leave/", sent)
    assert list(response.context["form"].errors) == ["positions"]


@pytest.mark.parametrize(
    ("role", "offered"), [("reader", ["own"]), ("signatory", ["own"]), ("editor", ["all", "own"])]
)
def test_only_editors_hand_over_posts_of_others(city: City, role: str, offered: list[str]) -> None:
    leaver = make_colleague(city, role, "ada@koeln.example")
    posts = {
        "own": make_position(city, title="Städtepartnerschaften", email="Ada@koeln.example"),
        "all": make_position(city, title="Oberbürgermeisterin", email="ob@koeln.example"),
    }
    office = Office(city, leaver, frozenset([role]))
    shown = {pk for pk, _label in LeaveForm(office=office).fields["positions"].choices}
    assert shown == {str(posts[name].pk) for name in offered}
