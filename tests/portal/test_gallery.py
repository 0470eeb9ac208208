"""The gallery of components: in demo mode, and nowhere else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client


@pytest.mark.parametrize("path", ["/gallery/", "/en/gallery/"])
def test_the_gallery_shows_every_component(client: Client, settings: Any, path: str) -> None:
    settings.DEMO = True
    html = client.get(path).content.decode()
    for part in ("kern-alert--danger", "kern-badge", "timeline", "pagination", "error-summary"):
        assert f'class="{part}' in html or f" {part}" in html, part
    assert len(set(re.findall(r"goal--\d+", html))) == 17


def test_the_gallery_asks_no_database(
    client: Client,
    settings: Any,
    db: None,
    django_assert_num_queries: Any,
) -> None:
    settings.DEMO = True
    with django_assert_num_queries(0):
        assert client.get("/gallery/").status_code == 200


def test_outside_demo_mode_there_is_no_gallery(client: Client, settings: Any) -> None:
    settings.DEMO = False
    assert client.get("/gallery/").status_code == 404


def test_ids_on_the_gallery_are_unique(client: Client, settings: Any) -> None:
    settings.DEMO = True
    ids = re.findall(r'\sid="([^"]+)"', client.get("/gallery/").content.decode())
    assert sorted(ids) == sorted(set(ids))
