"""The pages about topics as offices and visitors get them, in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from partnerships.focus.operations import choose_goals, reopen
from partnerships.models import TopicChoice, TopicRound
from tests.factories import make_membership, make_partner_city, make_partnership, make_topic

from .scenes import Scene, make_scene, topics

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def darmstadt(client: Client, scene: Scene) -> Client:
    """Darmstadt's editor."""
    client.force_login(scene.editors[0])
    return client


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def send(client: Client, scene: Scene, *places: object, **more: object) -> Any:
    data: dict[str, object] = {"number": "1", "seen_version": "1", **more}
    data |= {f"place_{number}": str(value) for number, value in enumerate(places, 1)}
    return client.post(scene.address(0, "ranking/save/"), data)


def agree(scene: Scene) -> TopicRound:
    sponge, rivers, _, heat = topics()
    scene.submit(0, sponge, rivers)
    return scene.submit(1, heat, sponge)


def test_ranking_submitting_and_reading_the_result(darmstadt: Client, scene: Scene) -> None:
    sponge, rivers, _, heat = topics()
    answer = send(darmstadt, scene, sponge.pk, rivers.pk, submit="1")
    assert answer["Location"] == scene.address(0)
    assert "Das Ergebnis erscheint" in page(darmstadt, scene.address(0))
    scene.submit(1, heat, sponge)
    html = page(darmstadt, scene.address(0))
    assert "Darmstadt: Platz 1, San Antonio: Platz 2" in html
    assert 'Gewässer</a> <span class="muted">(Darmstadt)' in html
    assert 'Hitzevorsorge</a> <span class="muted">(San Antonio)' in html


def test_the_pages_of_a_partnership_lead_to_each_other(darmstadt: Client, scene: Scene) -> None:
    whole = scene.address(0).removesuffix("topics/")
    assert f'href="{whole}"' in page(darmstadt, scene.address(0))
    assert f'href="{scene.address(0)}"' in page(darmstadt, whole)


def test_saving_for_later_tells_nobody(darmstadt: Client, scene: Scene) -> None:
    sponge, *_ = topics()
    send(darmstadt, scene, sponge.pk)
    html = page(darmstadt, scene.address(0, "ranking/"))
    assert f'<option value="{sponge.pk}" selected>' in html
    darmstadt.force_login(scene.editors[1])
    assert "hat gewählt" not in page(darmstadt, scene.address(1))


def test_gaps_between_places_close(darmstadt: Client, scene: Scene) -> None:
    sponge, rivers, *_ = topics()
    send(darmstadt, scene, "", sponge.pk, "", rivers.pk, submit="1")
    ranked = TopicChoice.objects.order_by("rank").values_list("rank", "topic")
    assert list(ranked) == [(1, sponge.pk), (2, rivers.pk)]


def test_the_same_topic_twice_is_said_beside_the_second_place(
    darmstadt: Client, scene: Scene
) -> None:
    sponge, rivers, *_ = topics()
    html = send(darmstadt, scene, sponge.pk, rivers.pk, sponge.pk, submit="1").content.decode()
    assert 'href="#id_place_3">Platz 3: Dieses Thema steht bei Ihnen schon weiter oben.' in html
    assert f'<option value="{rivers.pk}" selected>' in html
    assert TopicRound.objects.count() == 0


@pytest.mark.parametrize("value", ["999999", "9" * 30, "-1", "abc", "x" * 5000])
def test_a_topic_that_does_not_exist_is_said_beside_its_place(
    darmstadt: Client, scene: Scene, value: str
) -> None:
    sponge, *_ = topics()
    html = send(darmstadt, scene, sponge.pk, value, submit="1").content.decode()
    assert 'href="#id_place_2"' in html
    assert f'<option value="{sponge.pk}" selected>' in html


def test_an_empty_list_is_not_submitted(darmstadt: Client, scene: Scene) -> None:
    topics()
    html = send(darmstadt, scene, submit="1").content.decode()
    assert 'href="#id_place_1">Platz 1: Bitte wählen Sie mindestens ein Thema.' in html


@pytest.mark.parametrize("hidden", [{"number": "x"}, {"number": "9" * 30}, {"seen_version": ""}])
def test_broken_hidden_fields_are_no_error_page(
    darmstadt: Client, scene: Scene, hidden: dict[str, str]
) -> None:
    sponge, *_ = topics()
    assert send(darmstadt, scene, sponge.pk, submit="1", **hidden).status_code == 200


def test_after_a_colleague_saved_both_lists_are_shown(darmstadt: Client, scene: Scene) -> None:
    sponge, rivers, *_ = topics()
    scene.save(0, sponge)
    html = send(darmstadt, scene, rivers.pk, submit="1").content.decode()
    assert "Jetzt gespeichert: Schwammstadt" in html
    assert f'<option value="{rivers.pk}" selected>' in html
    assert 'name="seen_version" value="2"' in html
    assert send(darmstadt, scene, rivers.pk, submit="1", seen_version="2").status_code == 302


def test_a_list_that_comes_after_the_result_is_kept_on_the_page(
    darmstadt: Client, scene: Scene
) -> None:
    sponge, rivers, *_ = topics()
    scene.submit(0, sponge)
    scene.submit(1, sponge)
    html = send(darmstadt, scene, rivers.pk, submit="1", seen_version="2").content.decode()
    assert "Inzwischen haben alle Städte ihre Liste abgegeben" in html


def test_reopening_leads_to_the_list_and_is_shown_to_both(darmstadt: Client, scene: Scene) -> None:
    agree(scene)
    assert darmstadt.get(scene.address(0, "ranking/"))["Location"] == scene.address(0)
    answer = darmstadt.post(scene.address(0, "reopen/"))
    assert answer["Location"] == scene.address(0, "ranking/")
    darmstadt.force_login(scene.editors[1])
    html = page(darmstadt, scene.address(1))
    assert "Eine der Städte hat die Themen wieder geöffnet" in html
    assert "Gemeinsamer Schwerpunkt" in html


def test_nothing_in_common_is_said_kindly_with_what_is_near(
    darmstadt: Client, scene: Scene
) -> None:
    sponge, rivers, *_ = topics()
    scene.submit(0, sponge)
    scene.submit(1, rivers)
    html = page(darmstadt, scene.address(0))
    assert "Noch nichts gemeinsam" in html
    assert "Schwammstadt (Darmstadt) – Gewässer (San Antonio): 6 Ziel 6; 13 Ziel 13" in html
    assert "Themen wieder öffnen" in html
    assert "Gemeinsamer Schwerpunkt</h2>" not in html


def test_earlier_results_stay_to_be_read(darmstadt: Client, scene: Scene) -> None:
    agree(scene)
    reopen(partnership=scene.partnership, city=scene.cities[1], by=scene.editors[1])
    _, _, youth, _ = topics()
    scene.submit(0, youth)
    scene.submit(1, youth)
    html = page(darmstadt, scene.address(0))
    assert "Bisherige Ergebnisse" in html
    assert "geöffnet von San Antonio" in html


def goals(client: Client, scene: Scene, **whys: str) -> Any:
    return client.post(scene.address(0, "goals/save/"), {"seen_version": "2", **whys})


def test_goals_with_their_reasons_stand_on_the_public_page(darmstadt: Client, scene: Scene) -> None:
    agree(scene)
    assert 'name="why_6"' in page(darmstadt, scene.address(0, "goals/"))
    answer = goals(darmstadt, scene, why_6="Trinkwasser sparen")
    assert answer["Location"] == scene.address(0)
    html = page(Client(), f"/en/partnerships/{scene.partnership.slug}/")
    assert "Agreed focus" in html
    assert '<span lang="de">Trinkwasser sparen</span>' in html
    assert "Interest of one side" in html
    assert "place 1" not in html
    assert "the office of a city" in html
    assert "programme staff" not in html


def test_too_many_goals_or_too_long_a_reason_is_said_beside_the_field(
    darmstadt: Client, scene: Scene
) -> None:
    wide = make_topic("Alles", goals=(1, 2, 3, 4))
    scene.submit(0, wide)
    scene.submit(1, wide)
    html = goals(darmstadt, scene, why_1="a", why_2="b", why_3="c", why_4="d").content.decode()
    assert 'href="#id_why_4"' in html
    assert 'value="a"' in html
    assert 'href="#id_why_1"' in goals(darmstadt, scene, why_1="x" * 3000).content.decode()


def test_goals_changed_by_the_other_city_are_shown_beside_ours(
    darmstadt: Client, scene: Scene
) -> None:
    round = agree(scene)
    round.refresh_from_db()
    arguments = {"seen_version": round.version, "by": scene.editors[1], "language": "en"}
    choose_goals(round=round, whys={6: "Drinking water"}, **arguments)
    html = goals(darmstadt, scene, why_6="Trinkwasser").content.decode()
    assert "Jetzt gespeichert: Drinking water" in html
    assert 'value="Trinkwasser"' in html
    assert goals(darmstadt, scene, why_6="Trinkwasser", seen_version="3").status_code == 302


def test_before_a_result_there_are_no_goals_to_choose(darmstadt: Client, scene: Scene) -> None:
    assert darmstadt.get(scene.address(0, "goals/"))["Location"] == scene.address(0)
    assert goals(darmstadt, scene, why_6="x")["Location"] == scene.address(0)


@pytest.mark.parametrize(
    ("state", "text"),
    [("listed", "noch steht keine ihrer Städte dahinter"), ("ended", "ist beendet")],
)
def test_where_nothing_can_be_agreed_the_page_says_why(
    client: Client, state: str, text: str
) -> None:
    scene = make_scene(state=state)
    client.force_login(scene.editors[0])
    assert text in page(client, scene.address(0))
    assert client.get(scene.address(0, "ranking/"))["Location"] == scene.address(0)
    assert client.post(scene.address(0, "reopen/"))["Location"] == scene.address(0)


def test_a_draft_does_not_exist_yet(client: Client) -> None:
    scene = make_scene(state="draft")
    client.force_login(scene.editors[0])
    assert client.get(scene.address(0)).status_code == 404


def test_a_reader_sees_the_list_and_cannot_change_it(client: Client, scene: Scene) -> None:
    sponge, *_ = topics()
    scene.save(0, sponge)
    scene.editors[0].memberships.update(role="reader")
    client.force_login(scene.editors[0])
    html = page(client, scene.address(0))
    assert "Schwammstadt" in html
    assert "ranking/" not in html
    assert client.get(scene.address(0, "ranking/")).status_code == 404


@pytest.mark.parametrize("others", [1, 3])
def test_the_list_of_partnerships_takes_a_constant_number_of_queries(
    darmstadt: Client, scene: Scene, others: int, django_assert_num_queries: Any
) -> None:
    agree(scene)
    for _ in range(others):
        more = make_partnership(scene.cities[0], make_partner_city(), state="active")
        make_membership(scene.editors[1], more.parties.last().city)
        reopen(partnership=more, city=scene.cities[0], by=scene.editors[0])
    with django_assert_num_queries(12):
        html = page(darmstadt, "/office/darmstadt/topics/")
    assert html.count("Sie sind an der Reihe.") == others
    assert "Gemeinsamer Schwerpunkt: Schwammstadt" in html


@pytest.mark.parametrize("rounds", [1, 3])
def test_the_page_of_topics_takes_a_constant_number_of_queries(
    darmstadt: Client, scene: Scene, rounds: int, django_assert_num_queries: Any
) -> None:
    agree(scene)
    for _ in range(rounds - 1):
        reopen(partnership=scene.partnership, city=scene.cities[0], by=scene.editors[0])
        agree(scene)
    with django_assert_num_queries(11):
        page(darmstadt, scene.address(0))
