"""Every page of a case exists in the office, and below the link unless it says otherwise."""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, URLPattern, reverse

from exchanges.routes import Route, link_urls, office_urls
from exchanges.urls import ROOMS
from partnerships.policies import May

ROUTES = [route for room in ROOMS for route in room.ROUTES]


def test_names_and_paths_are_unique() -> None:
    assert len({route.name for route in ROUTES}) == len(ROUTES)
    assert len({route.path for route in ROUTES}) == len(ROUTES)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_a_page_is_served_where_its_route_says(route: Route) -> None:
    words = [part for part in route.path.split("/") if part.startswith("<")]
    arguments = ["1" for _word in words]
    assert reverse(f"exchanges:{route.name}", args=["hamm", "2026-001", *arguments])
    name = f"exchange_link:{route.name}"
    if route.by_link:
        assert reverse(name, args=["A" * 22, *arguments]).startswith("/x/")
    else:
        with pytest.raises(NoReverseMatch):
            reverse(name, args=["A" * 22, *arguments])


def test_the_door_asks_for_what_the_route_says() -> None:
    route = Route("x/", lambda request, case: None, "x", May.SIGN)  # type: ignore[arg-type, return-value]
    (pattern,) = office_urls([route])
    assert isinstance(pattern, URLPattern)
    assert pattern.callback.asks_for is May.SIGN  # type: ignore[attr-defined]
    assert len(link_urls([route])) == 1
    assert link_urls([Route("x/", route.view, "x", May.SIGN, by_link=False)]) == []
