"""What the mails about topics say, and when they are not needed any more."""

from __future__ import annotations

import re

import pytest

from mailing.models import Mail
from mailing.registry import Links, Stale, kind_of
from mailing.subjects import Subjects
from partnerships.focus.operations import reopen
from partnerships.models import TopicRound
from partnerships.office_mail import recipients
from tests.factories import make_city, make_international_office, make_membership, make_user

from .scenes import Scene, make_scene, topics

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def finish(mail: Mail) -> Links | Stale:
    return kind_of(mail.kind).finish(mail, Subjects([mail]).of(mail))


def mail_to(city: str, kind: str) -> Mail:
    return Mail.objects.filter(to=f"office@{city}.example", kind=f"partnerships.{kind}").latest(
        "pk"
    )


def test_whose_turn_it_is_learns_who_has_chosen(scene: Scene) -> None:
    sponge, *_ = topics()
    scene.submit(1, sponge)
    mail = mail_to("darmstadt", "topics_turn")
    assert mail.subject == "San Antonio hat Themen gewählt – jetzt sind Sie dran"
    assert "die Darmstadt wichtig sind" in mail.text
    links = finish(mail)
    slug = scene.partnership.slug
    path = f"/office/darmstadt/partnerships/{slug}/topics/"
    assert isinstance(links, Links)
    assert links.texts["page"].endswith(path)


def test_the_link_leads_to_the_page_in_the_recipient_s_language(scene: Scene) -> None:
    sponge, *_ = topics()
    scene.submit(0, sponge)
    links = finish(mail_to("san-antonio", "topics_turn"))
    assert isinstance(links, Links)
    assert "/en/office/san-antonio/" in links.texts["page"]


def test_who_has_submitted_meanwhile_is_not_told_to(scene: Scene) -> None:
    sponge, *_ = topics()
    scene.submit(0, sponge)
    mail = mail_to("san-antonio", "topics_turn")
    scene.submit(1, sponge)
    assert finish(mail) == Stale("answered")


def test_mails_about_rounds_that_are_gone_are_not_sent(scene: Scene) -> None:
    sponge, *_ = topics()
    scene.submit(0, sponge)
    scene.submit(1, sponge)
    TopicRound.objects.all().delete()
    assert finish(mail_to("san-antonio", "topics_turn")) == Stale("gone")
    assert finish(mail_to("darmstadt", "topics_revealed")) == Stale("gone")


def test_the_result_is_told_in_the_common_order_in_each_language(scene: Scene) -> None:
    sponge, rivers, *_ = topics()
    scene.submit(0, sponge, rivers)
    scene.submit(1, rivers, sponge)
    german, english = (mail_to(c, "topics_revealed") for c in ("darmstadt", "san-antonio"))
    assert german.subject == "Ihr gemeinsamer Schwerpunkt: Darmstadt – San Antonio"
    assert "- Schwammstadt\n- Gewässer" in german.text
    assert english.subject == "Your common focus: Darmstadt – San Antonio"
    assert "- Sponge city\n- Rivers" in english.text


def test_nothing_in_common_is_told_kindly(scene: Scene) -> None:
    sponge, rivers, *_ = topics()
    scene.submit(0, sponge)
    scene.submit(1, rivers)
    mail = mail_to("san-antonio", "topics_revealed")
    assert mail.subject == "Your topics are still apart: Darmstadt – San Antonio"
    assert "a good reason to talk" in mail.text


def test_a_second_round_says_what_holds_until_then(scene: Scene) -> None:
    sponge, *_ = topics()
    scene.submit(0, sponge)
    scene.submit(1, sponge)
    reopen(partnership=scene.partnership, city=scene.cities[0], by=scene.editors[0])
    scene.submit(0, sponge)
    mail = mail_to("san-antonio", "topics_turn")
    assert "Your common focus so far holds until you agree on a new one." in mail.text


def test_every_mail_says_why_it_came(scene: Scene) -> None:
    sponge, *_ = topics()
    scene.submit(0, sponge)
    scene.submit(1, sponge)
    for mail in Mail.objects.all():
        why = "Sie erhalten diese E-Mail" if mail.language == "de" else "You receive this message"
        assert len(re.findall(why, mail.text)) == 1


def test_an_office_is_its_post_and_its_coordinators_each_once() -> None:
    city, other = make_city("Hamm"), make_city("Bonn")
    coordinator = make_user("partner@hamm.example", language="en")
    for role in ("coordinator", "editor"):
        make_membership(coordinator, city, role)
    make_membership(make_user("weg@hamm.example", is_active=False), city, "coordinator")
    make_membership(make_user("leser@hamm.example"), city, "reader")
    make_international_office(city, email="Partner@hamm.example", language="de")
    make_international_office(city, email="amt@hamm.example")
    make_international_office(city, email="alt@hamm.example", is_active=False)
    make_international_office(city, email="")
    found = {(one.email, one.language) for one in recipients([city])}
    assert found == {("Partner@hamm.example", "de"), ("amt@hamm.example", "de")}
    assert recipients([other]) == []
