"""The map: the list's filters, arcs between cities, and words for what is drawn."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from partnerships import directory
from partnerships.directory_query import Query
from partnerships.finding import drawing, map_page
from partnerships.finding.drawing import Dot, Drawing, arc, draw
from partnerships.finding.matching import matching
from partnerships.finding.sections import BY_NAME
from partnerships.models import City, Partnership
from partnerships.operations import renamed
from tests.factories import make_city, make_partner_city, make_partnership, make_topic

pytestmark = pytest.mark.django_db


def make_place(name: str, longitude: float, latitude: float, **extra: Any) -> City:
    return make_city(name, longitude=longitude, latitude=latitude, **extra)


@pytest.fixture
def three() -> None:
    """Hamburg with London and Chicago, Köln with Kyōto; London's link has a topic."""
    hamburg = make_place("Hamburg", 10, 53.6, population=1_900_000)
    sponge = make_topic("Schwammstadt", other_names="Starkregen")
    london = make_place("London", -0.1, 51.5, country="GB", region="England")
    make_partnership(hamburg, london, topics=(sponge,))
    make_partnership(hamburg, make_place("Chicago", -87.6, 41.9, country="US"), kind="project")
    make_partnership(make_place("Köln", 7, 50.9), make_place("Kyōto", 135.8, 35, country="JP"))


def drawn(section: str = "", **params: str) -> Drawing:
    known = directory.catalogue()
    found = matching(Query.from_address(params), known)
    return draw(found, section=BY_NAME.get(section))


def test_each_partnership_is_an_arc_between_its_cities(three: None) -> None:
    found = drawn("world")
    assert (found.shown, found.arcs, found.cities, found.left_out) == (3, 3, 5, 0)
    assert [layer.path.count("Q") for layer in found.arc_layers] == [3]
    assert [layer.path.count("h0") for layer in found.partner_dots] == [3]
    assert [(layer.width, layer.path.count("h0")) for layer in found.home_dots] == [(1, 1), (2, 1)]


@pytest.mark.parametrize(
    ("params", "section"),
    [({"country": "GB"}, "europe"), ({"country": "US"}, "atlantic"), ({"country": "JP"}, "world")],
)
def test_the_smallest_section_that_shows_them_is_taken(
    three: None, params: dict[str, str], section: str
) -> None:
    assert drawn(**params).section.name == section


def test_what_lies_outside_is_counted_not_drawn(three: None) -> None:
    found = drawn("europe")
    assert (found.shown, found.left_out, found.arcs) == (1, 2, 1)


def test_a_city_without_coordinates_is_counted_not_drawn(three: None) -> None:
    City.objects.filter(slug="london").update(latitude=None)
    assert (drawn("world").shown, drawn("world").left_out) == (2, 1)


def test_a_trilateral_partnership_links_all_three() -> None:
    make_partnership(
        make_place("Hamm", 7.8, 51.7),
        make_place("Wolfsburg", 10.8, 52.4),
        make_place("Chattanooga", -85.3, 35, country="US"),
    )
    assert (drawn().shown, drawn().arcs) == (1, 3)


@pytest.mark.parametrize(
    "params",
    [
        {"q": "hamburg"},
        {"q": "Starkregen"},
        {"q": "hamburg starkregen"},
        {"country": "US"},
        {"land": "Nordrhein-Westfalen"},
        {"topic": "schwammstadt"},
        {"goal": "11"},
        {"kind": "project"},
        {"goal": "99"},
        {"topic": "nothing", "country": "GB"},
        {},
    ],
)
def test_the_map_finds_what_the_list_finds(three: None, params: dict[str, str]) -> None:
    make_partnership(in_directory=False)
    query = Query.from_address(params)
    on_the_list = {row.slug for row in directory.search(query).page}
    found = matching(query, directory.catalogue())
    assert {partnership.slug for partnership in found} == on_the_list


def test_many_arcs_are_gathered_to_thicker_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "MOST_ARCS", 4)
    for step in range(6):
        home = make_place(f"Dorf {step}", 10 + step / 50, 50, population=step)
        make_partnership(home, make_place(f"Town {step}", step / 50, 52, country="GB"))
    found = drawn("europe")
    assert (found.is_gathered, found.arcs <= 4, found.not_drawn, found.cities) == (
        True,
        True,
        0,
        12,
    )
    assert max(layer.width for layer in found.arc_layers) > 1
    assert "Dorf 5" in {label.text for label in found.labels}


def test_what_no_cell_can_gather_is_left_out_and_counted(
    three: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "MOST_ARCS", 2)
    found = drawn("world")
    assert (found.arcs, found.not_drawn) == (2, 1)


def test_an_arc_rises_towards_the_top_whichever_way_it_goes() -> None:
    west, east = Dot(0, 100, "", 1, False, 0), Dot(100, 100, "", 1, True, 0)
    assert (arc(west, east), arc(east, west)) == ("M0 100Q50 76 100 100", "M100 100Q50 76 0 100")


def test_names_cover_no_other_name(three: None) -> None:
    section = BY_NAME["world"]
    dots = [Dot(500, 200 + step, f"Stadt {step}", 9 - step, True, 0) for step in range(5)]
    found = drawing.labels(dots, section)
    assert [label.text for label in found] == ["Stadt 0", "Stadt 1"]
    assert [label.anchor for label in found] == ["start", "end"]
    assert drawing.labels([Dot(999, 2, "Rand", 1, True, 0)], section) == ()


def sides(*dots: Dot) -> dict[str, str]:
    return {label.text: label.anchor for label in drawing.labels([*dots], BY_NAME["world"])}


def test_names_keep_a_distance_to_each_other() -> None:
    above, below = Dot(500, 200, "Oben", 9, True, 0), Dot(500, 222, "Unten", 8, True, 0)
    assert sides(above, below) == {"Oben": "start", "Unten": "end"}


def test_a_name_hides_as_few_dots_as_possible() -> None:
    one, beside = Dot(500, 200, "Ort", 9, True, 0), Dot(520, 202, "Nachbar", 1, True, 0)
    assert sides(one, beside) == {"Ort": "end", "Nachbar": "start"}


def test_names_are_the_readers() -> None:
    make_partnership(make_place("Köln", 7, 50.9, name_en="Cologne"), make_partner_city("Ort"))
    with translation.override("en"):
        assert "Cologne" in {label.text for label in drawn("europe").labels} | {
            label.text for label in drawn("world").labels
        }


def test_a_name_stands_away_from_the_lines_and_over_no_city_across_the_border() -> None:
    section = BY_NAME["europe"]
    home, abroad = Dot(600, 400, "Dorsten", 2, True, 9), Dot(300, 300, "Luton", 1, False, 9)
    sides = {label.text: label.anchor for label in drawing.labels([home, abroad], section)}
    assert sides == {"Dorsten": "start", "Luton": "end"}
    east = [Dot(300, 300, "Bonn", 1, True, 9), Dot(600, 400, "Kyoto", 1, False, 9)]
    sides = {label.text: label.anchor for label in drawing.labels(east, section)}
    assert sides == {"Bonn": "end", "Kyoto": "start"}
    close = [Dot(300, 300, "Aachen", 2, True, 9), Dot(330, 302, "B", 1, False, 9)]
    close.append(Dot(270, 302, "C", 1, False, 9))
    assert "Aachen" not in {label.text for label in drawing.labels(close, section)}


@pytest.mark.parametrize(("longitude", "label"), [(-15, "15° W"), (0, "0°"), (15, "15° O")])
def test_meridians_are_named(longitude: int, label: str) -> None:
    assert map_page.degrees(longitude) == label


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_the_map_takes_five_queries_and_three_when_nothing_has_changed(
    client: Client, rows: int, django_assert_num_queries: Any
) -> None:
    cache.clear()
    for _ in range(rows):
        make_partnership(topics=(make_topic(goals=(6, 11)),))
    with django_assert_num_queries(5):
        assert client.get("/partnerships/map/?goal=11").context["drawing"].shown == rows
    with django_assert_num_queries(3):
        assert client.get("/partnerships/map/?goal=11").context["drawing"].shown == rows


def test_a_kept_map_is_drawn_anew_after_every_change(three: None, client: Client) -> None:
    cache.clear()

    def shown() -> tuple[int, str]:
        context = client.get("/partnerships/map/?section=world").context
        return context["drawing"].shown, context["drawing"].labels[0].text

    assert shown() == (3, "Hamburg")
    hidden = Partnership.objects.order_by("pk").last()
    hidden.in_directory = False
    hidden.save()
    assert shown() == (2, "Hamburg")
    City.objects.filter(slug="hamburg").update(name_de="Hansestadt")
    renamed(city=City.objects.get(slug="hamburg"))
    assert shown() == (2, "Hansestadt")


def test_sections_and_languages_are_kept_apart(three: None, client: Client) -> None:
    paths = ("/partnerships/map/", "/partnerships/map/?section=europe", "/en/partnerships/map/")
    drawings = [client.get(path).context["drawing"] for path in (*paths, *paths)]
    assert drawings[:3] == drawings[3:]
    assert len({(one.section.name, str(one.section.label)) for one in drawings}) >= 2


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/partnerships/map/", ("3 Partnerschaften sind eingezeichnet", "Stadt in Deutschland")),
        ("/en/partnerships/map/?section=europe", ("1 partnership is drawn", "2 partnerships are")),
        ("/en/partnerships/map/?country=US", ("USA: 1 partnership.", "Partner country: USA")),
        ("/en/partnerships/map/?q=atlantis", ("No partnership is drawn.", "No partnership fits")),
        ("/en/partnerships/map/?section=moon", ("World", "Kyōto")),
    ],
)
def test_the_page_says_what_is_drawn_and_lists_it(
    three: None, client: Client, path: str, shown: tuple[str, ...]
) -> None:
    page = client.get(path).content.decode()
    assert [words for words in shown if words not in page] == []
    assert 'role="img" aria-labelledby="map-title map-text"' in page
    assert not re.search(r"\sstyle=", page)


def test_list_and_map_lead_to_each_other_with_the_same_filters(three: None, client: Client) -> None:
    on_the_list = client.get("/partnerships/?country=GB").content.decode()
    assert 'href="/partnerships/map/?country=GB"' in on_the_list
    on_the_map = client.get("/partnerships/map/?country=GB&section=world")
    page = on_the_map.content.decode()
    assert 'href="/partnerships/?country=GB"' in page
    assert "country=GB&amp;section=europe" in page
    assert 'action="/partnerships/map/"' in page
    assert on_the_map["HX-Push-Url"] == "/partnerships/map/?country=GB&section=world"
