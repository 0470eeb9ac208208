"""Until all cities have submitted, no page tells what one of them ranked.

Topics have public names, so no word gives a ranking away. Instead every page is read twice, with
two different lists behind it: whoever finds a difference has learnt something.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from journal.models import Entry
from mailing.models import Mail
from partnerships.focus.operations import reopen, save_ranking, submit_ranking
from partnerships.models import City, TopicChoice, TopicRanking
from tests.cast import PARTNER, STAFF, STRANGER, SUPERUSER, World, make_world
from tests.factories import (
    make_city,
    make_international_office,
    make_membership,
    make_topic,
    make_user,
)
from tests.url_samples import address, names

pytestmark = pytest.mark.django_db

ROOMS = ("office:", "partnerships:", "mailing:", "home", "goal", "topic", "admin:journal_entry_c")
#: Other in every answer, and meaningless.
NOISE = re.compile(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"')


@pytest.fixture
def world() -> World:
    """Köln has ranked sponge city anew; Indianapolis, its partner, has not submitted."""
    world = make_world()
    for city in (world.city, world.partner_city):
        make_international_office(city)
    coordinator = world.people["coordinator"]
    partnership = world.agreeing
    reopen(partnership=partnership, city=world.city, by=coordinator)
    choose(world, submit_ranking, world.city, "schwammstadt")
    return world


def choose(world: World, act: Callable[..., Any], city: City, slug: str) -> None:
    act(
        partnership=world.agreeing,
        city=city,
        number=2,
        topics=[make_topic(slug=slug).pk],
        seen_version=1,
        by=world.people["coordinator"],
    )


def swap_behind_the_scenes(city: City, slug: str) -> None:
    """As if the city had chosen another topic at the same moment."""
    ranked = TopicChoice.objects.filter(ranking__party__city=city, ranking__round__number=2)
    assert ranked.update(topic=make_topic("Jugend", slug=slug)) == 1


def seen_by(world: World, client: Client) -> dict[str, str]:
    """Every page that may say something, in the partner's own office where it is an office's."""
    there = dataclasses.replace(world, city=world.partner_city)
    chosen = [name for name in names() if name.startswith(ROOMS)]
    return {
        name: NOISE.sub("", client.get(address(name, there)).content.decode())
        for name in chosen
        if not name.startswith("mailing:mailbox")
    }


def different(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return [name for name in before if before[name] != after[name]]


@pytest.mark.parametrize("role", [STRANGER, PARTNER, STAFF, SUPERUSER])
def test_no_page_depends_on_what_another_city_ranked(world: World, role: str) -> None:
    make_topic("Jugend", slug="jugend")
    with time_machine.travel("2027-03-17T12:00:00Z", tick=False):
        before = seen_by(world, world.client(role))
        swap_behind_the_scenes(world.city, "jugend")
        assert different(before, seen_by(world, world.client(role))) == []


def test_a_page_that_tells_is_noticed(world: World) -> None:
    """Negative control: the same comparison, once Köln's own people look and once it is over."""
    make_topic("Jugend", slug="jugend")
    with time_machine.travel("2027-03-17T12:00:00Z", tick=False):
        own = address("office:topics", world)
        client = world.client("editor")
        before = {own: NOISE.sub("", client.get(own).content.decode())}
        swap_behind_the_scenes(world.city, "jugend")
        after = {own: NOISE.sub("", client.get(own).content.decode())}
        assert different(before, after) == [own]
        choose(world, submit_ranking, world.partner_city, "schwammstadt")
        revealed = seen_by(world, world.client(PARTNER))
        swap_behind_the_scenes(world.city, "schwammstadt")
        assert "office:topics" in different(revealed, seen_by(world, world.client(PARTNER)))


def test_another_city_only_learns_that_somebody_has_chosen(world: World) -> None:
    there = dataclasses.replace(world, city=world.partner_city)
    page = world.client(PARTNER).get(address("office:topics", there)).content.decode()
    assert re.search(r"<dt>Köln</dt><dd>hat gewählt</dd>", page)
    assert "Nur Ihr eigenes Büro" not in page


def test_a_saved_list_of_another_city_shows_nowhere(world: World) -> None:
    """Not even that it was begun."""
    with time_machine.travel("2027-03-17T12:00:00Z", tick=False):
        there = world.client("editor")
        own = address("office:topics", world)
        before = NOISE.sub("", there.get(own).content.decode())
        choose(world, save_ranking, world.partner_city, "schwammstadt")
        assert NOISE.sub("", there.get(own).content.decode()) == before


def test_neither_journal_nor_mail_names_a_topic(world: World) -> None:
    about = Entry.objects.get(verb="partnerships.topics_submitted")
    assert (about.facts, about.within) == ({}, None)
    theirs = TopicRanking.objects.get(round__number=2, party__city=world.partner_city)
    told = Mail.objects.filter(kind="partnerships.topics_turn")
    assert [mail.about for mail in told] == [theirs, theirs]  # a post and a coordinator
    assert not any("Schwammstadt" in mail.subject + mail.text + mail.html for mail in told)


def test_for_a_third_city_the_topics_do_not_exist(world: World) -> None:
    bonn, user = make_city("Bonn"), make_user()
    make_membership(user, bonn, "coordinator")
    client = Client()
    client.force_login(user)
    for city in (bonn, world.city):
        place = f"/office/{city.slug}/partnerships/{world.agreeing.slug}/topics/"
        for page in ("", "ranking/", "goals/"):
            assert client.get(f"{place}{page}").status_code == 404
        for page in ("ranking/save/", "reopen/", "goals/save/"):
            assert client.post(f"{place}{page}", {"submit": "1"}).status_code == 404
