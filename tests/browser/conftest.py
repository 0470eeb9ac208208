"""A real Chromium in front of a real server; skipped, with the reason, where there is none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from accounts.models import User

from .checks import PATIENCE, watch

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
HERE = Path(__file__).parent
Visit = Callable[..., Page]
expect.set_options(timeout=PATIENCE)


def chromium() -> str:
    """The installed Chromium: ``CHROMIUM`` or the first on the path, "" for none."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if name and (found := shutil.which(name))), "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the browser tests: ``make test`` gives them a process of their own.

    Playwright keeps an event loop running in the main thread from its first test on, so Django
    must be told to allow the ORM there (see ``browser_type_launch_args``).
    """
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def base_url() -> str:
    """In place of pytest-base-url's, which pytest 9 warns about; ``visit`` knows the server."""
    return ""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = chromium()
    if not path:
        pytest.skip("no Chromium found: install chromium or point CHROMIUM to one")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return {**browser_type_launch_args, "executable_path": path, "args": FLAGS}


@pytest.fixture
def visit(new_context: Any, live_server: Any) -> Iterator[Visit]:
    """``visit("/events/", width=320, javascript=False)``: a fresh, watched page at an address.

    Each call is a browser of its own (no cookies) unless ``page`` passes one to go on with.
    """
    pages: list[Page] = []

    def visit(
        address: str, *, width: int = 1280, javascript: bool = True, page: Page | None = None
    ) -> Page:
        if page is None:
            size = {"width": width, "height": 900}
            page = new_context(viewport=size, java_script_enabled=javascript).new_page()
            page.set_default_timeout(PATIENCE)
            watch(page)
            pages.append(page)
        page.goto(live_server.url + address)
        return page

    yield visit
    for page in pages:
        page.context.close()


@pytest.fixture
def sign_in(visit: Visit) -> Visit:
    """``sign_in(user, width=320)``: a browser of its own in which this person is signed in."""

    def sign_in(user: User, **how: Any) -> Page:
        client = Client()
        client.force_login(user)
        tab = visit("/healthz", **how)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        tab.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": tab.url}]
        )
        return tab

    return sign_in
